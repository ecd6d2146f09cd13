"""Scores with intervals: a paired bootstrap over sentences, the same resamples for everything scored on the same items.

What an interval covers. The items (sentences, or sentence pairs) are the population that is sampled from: an interval
says how far the score of *these trained systems*, averaged over their seeds, would move on another sample of such
sentences. It does not cover the choice of seeds; how far the seeds lie apart is given beside it as `spread`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

RESAMPLES = 2000
"""Bootstrap resamples: the 2.5% tail then rests on 50 of them."""
LEVEL = 0.95
"""Share of the resamples that an interval holds."""
_RNG_SEED = 20240229
_CHUNK_CELLS = 4_000_000

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """A figure in per cent (0-100) with its 95% interval.

    `n` is the number of items, `seeds` of runs averaged per item, `spread` the standard deviation over those runs (0
    for a single one), `signature` everything needed to get the number again, `slices` figures of named parts.
    """

    name: str
    value: float
    low: float
    high: float
    n: int
    seeds: int
    signature: str
    spread: float = 0.0
    slices: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """The difference of two scores in points, with the 95% interval of the paired bootstrap."""

    value: float
    low: float
    high: float

    @property
    def better(self) -> bool:
        """The whole interval lies above zero."""
        return self.low > 0

    @property
    def worse(self) -> bool:
        """The whole interval lies below zero."""
        return self.high < 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one system did on the items.

    `correct` [seeds, items] counts what was right (it may be fractional), `total` [items] what there was to get right.
    `parts` are the numbers of items of consecutive parts that are resampled each by itself and count the same, such as
    languages (`side_by_side`); () where the items are one whole.
    """

    correct: Floats
    total: Floats
    parts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse shapes that do not fit, and items without anything to score."""
        if self.correct.ndim != 2 or self.correct.shape[1:] != self.total.shape or not self.correct.shape[0]:
            raise ValueError(f"correct {self.correct.shape} does not fit total {self.total.shape}")
        if self.total.sum() <= 0:
            raise ValueError("nothing to score")
        if self.parts and sum(self.parts) != len(self.total):
            raise ValueError(f"parts of {self.parts} items are not {len(self.total)}")

    @property
    def per_item(self) -> Floats:
        """Mean over the seeds, [items]."""
        mean: Floats = self.correct.mean(axis=0)
        return mean

    @property
    def value(self) -> float:
        """Share that was right, in per cent, micro-averaged over the items."""
        return float(100 * self.per_item.sum() / self.total.sum())

    @property
    def spread(self) -> float:
        """Sample standard deviation of the score over the seeds, in points; 0 for one seed."""
        scores = 100 * self.correct.sum(axis=1) / self.total.sum()
        return float(scores.std(ddof=1)) if len(scores) > 1 else 0.0


def grouped(right: Sequence[bool], groups: Sequence[str]) -> Outcome:
    """Make groups, such as the forms of a lemma, the items: they stand and fall together. Items are in sorted order."""
    total, correct = Counter(groups), Counter(group for group, hit in zip(groups, right, strict=True) if hit)
    names = sorted(total)
    return Outcome(
        np.array([[correct[name] for name in names]], float), np.array([total[name] for name in names], float)
    )


def side_by_side(outcomes: Iterable[Outcome]) -> Outcome:
    """Join outcomes so that the value is the mean of theirs, whatever their numbers of items: the macro average."""
    found = list(outcomes)
    return Outcome(
        np.concatenate([one.correct / one.total.sum() for one in found], axis=1),
        np.concatenate([one.total / one.total.sum() for one in found]),
        tuple(len(one.total) for one in found),
    )


def score(name: str, outcome: Outcome, *, signature: str = "", slices: tuple[tuple[str, float], ...] = ()) -> Score:
    """Give a system's score with its bootstrap interval (percentile method, Efron 1979)."""
    low, high = _interval(_resampled(outcome.per_item, outcome))
    seeds, items = outcome.correct.shape
    return Score(name, outcome.value, low, high, items, seeds, signature, outcome.spread, slices)


def delta(better: Outcome, base: Outcome) -> Delta:
    """Give the difference `better` - `base` on the same items; each resample is used for both.

    Raises:
        ValueError: the two were not scored on the same items.

    """
    if better.parts != base.parts or not np.array_equal(better.total, base.total):
        raise ValueError("the two systems were not scored on the same items")
    low, high = _interval(_resampled(better.per_item - base.per_item, base))
    return Delta(better.value - base.value, low, high)


def _interval(samples: Floats) -> tuple[float, float]:
    low, high = np.quantile(samples, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _resampled(right: Floats, outcome: Outcome) -> Floats:
    """Per cent right in each resample, [RESAMPLES]: of several parts the mean."""
    starts = [0, *accumulate(outcome.parts or (len(right),))]
    parts = [
        _of_part(right[start:end], outcome.total[start:end], place)
        for place, (start, end) in enumerate(pairwise(starts))
    ]
    mean: Floats = np.mean(parts, axis=0)
    return mean


def _of_part(right: Floats, total: Floats, place: int) -> Floats:
    found = [100 * (counts @ right) / np.maximum(counts @ total, 1e-12) for counts in _draws(len(total), place)]
    return np.concatenate(found)


def _draws(items: int, place: int) -> Iterator[Floats]:
    """How often each item stands in each resample, in chunks [resamples, items]; the same for as many items and place.

    The place keeps parts of as many items apart.
    """
    rng = np.random.default_rng([_RNG_SEED, items, place] if place else [_RNG_SEED, items])
    chunk = max(1, _CHUNK_CELLS // items)
    for start in range(0, RESAMPLES, chunk):
        size = min(chunk, RESAMPLES - start)
        drawn = rng.integers(items, size=(size, items)) + items * np.arange(size)[:, None]
        yield np.bincount(drawn.ravel(), minlength=size * items).reshape(size, items).astype(np.float64)
