"""What a training reads, batch by batch: real examples, for most of the time with made-up ones among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from lexaug.inflection.batches import like_lengths
from lexaug.inflection.examples import InflectionExample

UNTIL = 0.7
"""Share of the budget after which no made-up example is read: what real stems do has the last word."""
ROUND = 10
"""Batches of made-up and real examples, half of each, that are drawn at once where there are fewer real ones."""

Rows = Sequence[InflectionExample]


def batches(
    real: Rows, made_up: Rows, size: int, seed: int, done: Callable[[], float]
) -> Iterator[list[InflectionExample]]:
    """Give batches without end, of rows that are alike in length.

    Args:
        real: the rows of the train file.
        made_up: the hallucinated ones; half of what is read until `UNTIL`.
        size: rows of a batch.
        seed: decides what is drawn, and the order.
        done: tells the share of the budget that is spent.

    """
    passes = 0
    while True:
        random = np.random.default_rng([seed, passes])
        mixed = bool(made_up) and done() < UNTIL
        count = max(len(real), ROUND * size // 2)
        rows = [*_drawn(real, count, random), *_drawn(made_up, count, random)] if mixed else real
        for group in like_lengths(rows, size, random):
            yield [rows[place] for place in group]
            if mixed and done() >= UNTIL:
                break
        passes += 1


def _drawn(rows: Rows, count: int, random: np.random.Generator) -> Rows:
    """Draw rows; none comes again before all others have come."""
    rounds = -(-count // len(rows))
    places = np.concatenate([random.permutation(len(rows)) for _ in range(rounds)])[:count]
    return [rows[place] for place in places.tolist()]
