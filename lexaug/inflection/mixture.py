"""What a training reads, batch by batch: real examples, at first with made-up ones among them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from lexaug.inflection.batches import like_lengths
from lexaug.inflection.examples import InflectionExample

ALONE = 0.5
"""Share of the budget, at its end, for which real examples are read alone at most: they have the last word."""
LAST_PASSES = 75
"""Passes over the real examples alone at most: more of them learn few examples by heart."""

ALONG = 1_000
"""Made-up examples read along in a pass, at most: three times as many cost points beside 1,000 real ones."""

Rows = Sequence[InflectionExample]


def batches(
    real: Rows, made_up: Rows, size: int, seed: int, done: Callable[[], float]
) -> Iterator[list[InflectionExample]]:
    """Give batches without end, of rows that are alike in length.

    A pass has every real row once, and before the real ones are read alone made-up ones, drawn anew for each pass.

    Args:
        real: the rows of the train file.
        made_up: the hallucinated ones.
        size: rows of a batch.
        seed: decides what is drawn, and the order.
        done: tells the share of the budget that is spent.

    """
    passes = read = 0

    def alone() -> bool:
        spent = done()
        left = read * (1 - spent) / spent if spent else math.inf
        return not made_up or (spent >= 1 - ALONE and left <= LAST_PASSES * len(real))

    while True:
        random = np.random.default_rng([seed, passes])
        mixed = not alone()
        drawn = random.permutation(len(made_up))[: ALONG if mixed else 0]
        rows = [*real, *(made_up[place] for place in drawn)]
        for group in like_lengths(rows, size, random):
            yield [rows[place] for place in group]
            read += len(group)
            if mixed and alone():
                break
        passes += 1
