"""What a training reads, batch by batch: real examples, at first with made-up ones among them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from lexaug.inflection.batches import like_lengths
from lexaug.inflection.examples import InflectionExample

ALONE = 0.5
"""Share of the budget, at its end, for which real examples are read alone at most: they have the last word."""
LAST_PASSES = 25
"""Passes over the real examples alone at most: more of them learn few examples by heart."""

Rows = Sequence[InflectionExample]


def batches(
    real: Rows, made_up: Rows, size: int, seed: int, done: Callable[[], float]
) -> Iterator[list[InflectionExample]]:
    """Give batches without end, of rows that are alike in length.

    A pass has every real row once. Before the real ones are read alone it has made-up ones too, in the proportion of
    the square roots of the counts: sampling at temperature 2 (Arivazhagan et al. 2019, "Massively Multilingual Neural
    Machine Translation in the Wild: Findings and Challenges").

    Args:
        real: the rows of the train file.
        made_up: the hallucinated ones.
        size: rows of a batch.
        seed: decides what is drawn, and the order.
        done: tells the share of the budget that is spent.

    """
    passes = read = 0
    count = round((len(real) * len(made_up)) ** 0.5)

    def alone() -> bool:
        spent = done()
        left = read * (1 - spent) / spent if spent else math.inf
        return not count or (spent >= 1 - ALONE and left <= LAST_PASSES * len(real))

    while True:
        random = np.random.default_rng([seed, passes])
        mixed = not alone()
        rows = [*real, *_drawn(made_up, count, random)] if mixed else real
        for group in like_lengths(rows, size, random):
            yield [rows[place] for place in group]
            read += len(group)
            if mixed and alone():
                break
        passes += 1


def _drawn(rows: Rows, count: int, random: np.random.Generator) -> Rows:
    """Draw rows; none comes again before all others have come."""
    rounds = -(-count // len(rows))
    places = np.concatenate([random.permutation(len(rows)) for _ in range(rounds)])[:count]
    return [rows[place] for place in places.tolist()]
