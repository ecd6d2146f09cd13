"""What decides when to stop: gold tags of the language where they are given, else pseudo-text kept out of training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import torch
from torch.nn import functional

from lexaug.training.batch import batches, tokenize_words
from lexaug.training.batches import Batch, Batcher, token_lengths
from lexaug.training.head import IGNORED
from lexaug.training.objectives import Objective
from lexaug.training.samples import Item
from lexaug.training.seeds import generator
from lexaug.training.student import Student

_TOKENS = 2048


class Dev(Protocol):
    """Scores a student; higher is better."""

    name: str

    def score(self, student: Student) -> float:
        """Give the score."""
        ...


def dev_groups(batcher: Batcher, items: Sequence[Item]) -> Iterator[tuple[list[int], Batch]]:
    """Batch items without dropping anything; gives the places of each batch's items, and the batch."""
    tokenized = tokenize_words(batcher.tokenizer, [item.words for item in items])
    for group in batches(token_lengths(tokenized, batcher.max_length), _TOKENS):
        yield group, batcher.make([items[i] for i in group], [tokenized[i] for i in group])


def dev_batches(batcher: Batcher, items: Sequence[Item]) -> list[Batch]:
    """Batch items without dropping anything."""
    return [batch for _, batch in dev_groups(batcher, items)]


class TaggedDev:
    """Share of words, in per cent, that the label head tags as gold does."""

    name = "dev_accuracy"

    def __init__(self, batcher: Batcher, items: Sequence[Item]) -> None:
        self._batches = dev_batches(batcher, items)

    def score(self, student: Student) -> float:
        """Tag and compare."""
        right = known = 0
        for batch, logits in _logits(student, self._batches):
            gold = batch.labels
            known += int((gold != IGNORED).sum())
            right += int((logits.argmax(-1) == gold).sum())
        return 100.0 * right / max(1, known)


class HeldOutDev:
    """Minus the weighted loss on pseudo-text whose source sentences are not trained on: higher is better."""

    name = "held_out_gain"

    def __init__(self, batcher: Batcher, items: Sequence[Item], objectives: dict[str, tuple[float, Objective]]) -> None:
        self._batches = dev_batches(batcher, items)
        self._objectives = objectives

    def score(self, student: Student) -> float:
        """Mean over batches."""
        total, count = 0.0, 0
        with torch.inference_mode():
            for number, batch in enumerate(self._batches):
                reading = student.read(batch)
                for weight, objective in self._objectives.values():
                    loss = objective.loss(reading, generator(0, "held out", number))
                    total += 0.0 if loss is None else weight * float(loss)
                count += 1
        return -total / max(1, count)


def _logits(student: Student, batches: Sequence[Batch]) -> Iterator[tuple[Batch, torch.Tensor]]:
    with torch.inference_mode():
        for batch in batches:
            yield batch, functional.log_softmax(student.read(batch).logits, -1)
