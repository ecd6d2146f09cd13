"""Accuracy of analyses on gold words, with intervals by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from lexaug.morphology.english.analysis import Analysis

RESAMPLES = 2000
NAMES = ("UPOS", "lemma", "features", "UAS", "LAS")


@dataclass(frozen=True, slots=True)
class Accuracy:
    """A share in per cent with its 95% interval, over `n` words."""

    name: str
    value: float
    low: float
    high: float
    n: int


def right_words(gold: Analysis, found: Analysis) -> npt.NDArray[np.bool_]:
    """Tell for each measure of `NAMES` and each word whether it is right: [measures, words].

    Features are right where all of a word are. Relations are compared with their subtypes (`nmod:poss` is not `nmod`).
    """
    same_head = np.array(gold.heads) == np.array(found.heads)
    return np.stack(
        [
            np.array([a == b for a, b in zip(gold.upos, found.upos, strict=True)]),
            np.array([a == b for a, b in zip(gold.lemmas, found.lemmas, strict=True)]),
            np.array([a == b for a, b in zip(gold.feats, found.feats, strict=True)]),
            same_head,
            same_head & np.array([a == b for a, b in zip(gold.deprels, found.deprels, strict=True)]),
        ]
    )


def accuracies(gold: Sequence[Analysis], found: Sequence[Analysis], seed: int = 0) -> list[Accuracy]:
    """Score analyses of the same words."""
    pairs = zip(gold, found, strict=True)
    counts = np.array([right_words(ours, theirs).sum(1) for ours, theirs in pairs], float)
    sizes = np.array([len(sentence.tokens) for sentence in gold], float)
    return [_accuracy(name, counts[:, place], sizes, seed) for place, name in enumerate(NAMES)]


def _accuracy(name: str, right: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64], seed: int) -> Accuracy:
    """Bootstrap over sentences (percentile interval)."""
    drawn = np.random.default_rng(seed).integers(0, len(sizes), (RESAMPLES, len(sizes)))
    values = right[drawn].sum(1) / sizes[drawn].sum(1)
    low, high = np.percentile(100 * values, [2.5, 97.5])
    return Accuracy(name, float(100 * right.sum() / sizes.sum()), float(low), float(high), int(sizes.sum()))


def raw_text_f1(gold: Sequence[Analysis], found: Sequence[Analysis], seed: int = 0) -> list[Accuracy]:
    """Score analyses of the same sentences with words of their own, as the CoNLL 2018 shared task did: F1 in per cent.

    Words meet where they cover the same characters (spaces aside); heads and relations are compared between such words.
    `n` counts the gold words.
    """
    counts = np.array([_met(ours, theirs) for ours, theirs in zip(gold, found, strict=True)], float)
    sizes = np.array([len(a.tokens) + len(b.tokens) for a, b in zip(gold, found, strict=True)], float) / 2
    words = sum(len(sentence.tokens) for sentence in gold)
    scores = [_accuracy(name, counts[:, place], sizes, seed) for place, name in enumerate(("words", *NAMES))]
    return [replace(score, n=words) for score in scores]


def _met(gold: Analysis, found: Analysis) -> list[int]:
    """Count the words that meet, then those of them that are right in each measure of `NAMES`."""
    ours, theirs = _spans(gold.tokens), _spans(found.tokens)
    place = {span: number for number, span in enumerate(theirs)}
    pairs = [(number, place[span]) for number, span in enumerate(ours) if span in place]
    right = [
        (
            gold.upos[a] == found.upos[b],
            gold.lemmas[a] == found.lemmas[b],
            gold.feats[a] == found.feats[b],
            same := _head(gold, a, ours) == _head(found, b, theirs),
            same and gold.deprels[a] == found.deprels[b],
        )
        for a, b in pairs
    ]
    return [len(pairs), *(sum(column) for column in zip(*right, strict=True))] if pairs else [0] * (1 + len(NAMES))


def _spans(tokens: Sequence[str]) -> list[tuple[int, int]]:
    ends = list(accumulate(len(token.replace(" ", "")) for token in tokens))
    return list(zip([0, *ends], ends, strict=False))


def _head(sentence: Analysis, word: int, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    head = sentence.heads[word]
    return spans[head - 1] if head else None
