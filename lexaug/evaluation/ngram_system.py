"""The n-gram tagger as a system: its penalty chosen on dev like every other system's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from lexaug.evaluation.gold import Floats, Gold
from lexaug.evaluation.ngram_tagger import NgramSettings, NgramTagger, train_ngram_tagger
from lexaug.evaluation.predictions import Chosen, Prediction
from lexaug.synthesis.tagged import UPOS, TaggedSentence

SAMPLES = 2
"""Versions of each pseudo-sentence; more made no difference on North Sámi dev (docs/evaluation.md)."""
L2_GRID = (3e-5, 1e-4, 3e-4)


def tag_with_ngrams(
    pseudo: Sequence[TaggedSentence], dev: Gold | None, test: Gold, chosen: Chosen | None = None
) -> Prediction:
    """Train on pseudo-text and tag dev and test."""
    settings = NgramSettings()
    if chosen:
        taggers = [_train(pseudo, replace(settings, l2=cast(float, chosen["l2"])))]
    elif dev is None:
        taggers = [_train(pseudo, settings)]
    else:
        taggers = [_train(pseudo, replace(settings, l2=l2)) for l2 in L2_GRID]
    predictions = [_predict(tagger, dev, test) for tagger in taggers]
    return max(predictions, key=lambda made: dev.accuracy(made.dev) if dev and made.dev is not None else 0.0)


def _train(pseudo: Sequence[TaggedSentence], settings: NgramSettings) -> NgramTagger:
    return train_ngram_tagger(pseudo, UPOS, settings)


def _predict(tagger: NgramTagger, dev: Gold | None, test: Gold) -> Prediction:
    settings = tagger.settings
    chosen = {"l2": settings.l2, "radius": settings.radius, "samples": SAMPLES}
    return Prediction(_scores(tagger, test), _scores(tagger, dev) if dev else None, chosen)


def _scores(tagger: NgramTagger, gold: Gold) -> Floats:
    scores: Floats = np.concatenate(tagger.log_probabilities(gold.words))
    return scores
