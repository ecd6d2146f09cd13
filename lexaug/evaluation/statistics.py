"""Scores with intervals: a paired bootstrap over sentences, the same resamples for everything scored on the same items.

What an interval covers. The items (sentences, or sentence pairs) are the population that is sampled from: an interval
says how far the score of *these trained systems*, averaged over their seeds, would move on another sample of such
sentences. It does not cover the choice of seeds; how far the seeds lie apart is given beside it as `spread`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    """

    correct: Floats
    total: Floats

    def __post_init__(self) -> None:
        """Refuse shapes that do not fit, and items without anything to score."""
        if self.correct.ndim != 2 or self.correct.shape[1:] != self.total.shape or not self.correct.shape[0]:
            raise ValueError(f"correct {self.correct.shape} does not fit total {self.total.shape}")
        if self.total.sum() <= 0:
            raise ValueError("nothing to score")

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


def score(name: str, outcome: Outcome, *, signature: str = "", slices: tuple[tuple[str, float], ...] = ()) -> Score:
    """Give a system's score with its bootstrap interval (percentile method, Efron 1979)."""
    low, high = _interval(_resampled(outcome.per_item, outcome.total))
    seeds, items = outcome.correct.shape
    return Score(name, outcome.value, low, high, items, seeds, signature, outcome.spread, slices)


def delta(better: Outcome, base: Outcome) -> Delta:
    """Give the difference `better` - `base` on the same items; each resample is used for both.

    Raises:
        ValueError: the two were not scored on the same items.

    """
    if not np.array_equal(better.total, base.total):
        raise ValueError("the two systems were not scored on the same items")
    low, high = _interval(_resampled(better.per_item - base.per_item, base.total))
    return Delta(better.value - base.value, low, high)


def _interval(samples: Floats) -> tuple[float, float]:
    low, high = np.quantile(samples, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _resampled(right: Floats, total: Floats) -> Floats:
    """Per cent right in each resample, [RESAMPLES]."""
    parts = []
    for counts in _draws(len(total)):
        parts.append(100 * (counts @ right) / np.maximum(counts @ total, 1e-12))
    return np.concatenate(parts)


def _draws(items: int) -> Iterator[Floats]:
    """How often each item stands in each resample, in chunks [resamples, items]; always the same for as many items."""
    rng = np.random.default_rng([_RNG_SEED, items])
    chunk = max(1, _CHUNK_CELLS // items)
    for start in range(0, RESAMPLES, chunk):
        size = min(chunk, RESAMPLES - start)
        drawn = rng.integers(items, size=(size, items)) + items * np.arange(size)[:, None]
        yield np.bincount(drawn.ravel(), minlength=size * items).reshape(size, items).astype(np.float64)
