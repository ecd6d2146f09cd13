"""Examples as batches of numbers for the neural inflector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from lexaug.inflection.alphabet import NO_VALUE, PAD, Reading
from lexaug.inflection.examples import InflectionExample


def make_batch(readings: Sequence[Reading]) -> dict[str, Tensor]:
    """Pad readings into the tensors that the model takes; forms are left out where one reading has none."""
    batch = {
        "lemma": _padded([reading.lemma for reading in readings], PAD),
        "copies": _padded([reading.copies for reading in readings], PAD),
        "values": _padded([reading.values for reading in readings], NO_VALUE),
        "nests": _padded([reading.nests for reading in readings], NO_VALUE),
    }
    if all(reading.form for reading in readings):
        batch["form"] = _padded([reading.form for reading in readings], PAD)
    return batch


def extended_size(readings: Sequence[Reading], size: int) -> int:
    """Count the alphabet's characters with the unknown ones of a batch."""
    return size + max(len(reading.strange) for reading in readings)


def like_lengths(rows: Sequence[InflectionExample], size: int, random: np.random.Generator) -> Iterator[list[int]]:
    """Group row numbers by length, `size` at a time, in random order; equals meet in random company."""
    order = random.permutation(len(rows))
    lengths = np.array([len(rows[place].lemma) + len(rows[place].form or "") for place in order])
    order = order[np.argsort(lengths, kind="stable")]
    groups = [order[start : start + size].tolist() for start in range(0, len(order), size)]
    for place in random.permutation(len(groups)):
        yield groups[place]


def _padded(rows: Sequence[Sequence[int]], filler: int) -> Tensor:
    table = np.full((len(rows), max(1, *map(len, rows)) if rows else 1), filler, np.int64)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return torch.from_numpy(table)
