"""Rates measured against each other on a busy machine: the sides take turns, the best round of each counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured ratio: what, in which unit, ours and theirs, and the ratio wanted (None: no bar)."""

    name: str
    unit: str
    ours: float
    theirs: float
    baseline: str
    bar: float | None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times ours theirs is."""
        return self.ours / self.theirs


def rate(work: Callable[[], int]) -> float:
    """Items per second of one call, which tells how many items it did."""
    start = time.perf_counter()
    items = work()
    return items / (time.perf_counter() - start)


def best_rates(ours: Callable[[], int], theirs: Callable[[], int], rounds: int = 3) -> tuple[float, float]:
    """Take turns, so that noise of the machine meets both; give the best rate of each."""
    pairs = [(rate(ours), rate(theirs)) for _ in range(rounds)]
    return max(pair[0] for pair in pairs), max(pair[1] for pair in pairs)
