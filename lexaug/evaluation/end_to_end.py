"""The tag head that was trained with an adapter, as a system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import torch

from lexaug.evaluation.gold import Floats, Gold
from lexaug.evaluation.predictions import Prediction
from lexaug.synthesis.tagged import UPOS

_NEVER = -30.0
"""Log-probability of a tag that the head does not know."""


class Tagger(Protocol):
    """An adapted model with labels."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The tags of `tag_logits`, in order; none where there is no head."""
        ...

    def tag_logits(self, sentences: Sequence[Sequence[str]]) -> list[Floats] | None:
        """Score the tags of words: [words, labels] per sentence; None where there is no head."""
        ...


def end_to_end(tagger: Tagger, dev: Gold | None, test: Gold) -> Prediction | None:
    """Tag dev and test with the adapter's own head; None where it has none that knows a UPOS tag."""
    if not set(tagger.labels) & set(UPOS):
        return None
    return Prediction(_scores(tagger, test), _scores(tagger, dev) if dev else None, {"head": "end to end"})


def _scores(tagger: Tagger, gold: Gold) -> Floats:
    parts = tagger.tag_logits(gold.words)
    assert parts is not None
    logits = torch.log_softmax(torch.from_numpy(np.concatenate(parts)), dim=1).numpy()
    scores = np.full((len(logits), len(UPOS)), _NEVER, dtype=np.float32)
    for column, label in enumerate(tagger.labels):
        if label in UPOS:
            scores[:, UPOS.index(label)] = logits[:, column]
    return scores
