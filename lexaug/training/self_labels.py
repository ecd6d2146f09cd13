"""Real text labelled by the student itself: what it is sure of after a pass, it learns from in the next one.

Self-training (Yarowsky 1995) with two experts: a word keeps its label where the encoder and the characters together are
sure of it, so that each can teach the other (Blum and Mitchell 1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from lexaug.files import atomic_file
from lexaug.training.batches import Batcher
from lexaug.training.dev import dev_groups
from lexaug.training.head import IGNORED
from lexaug.training.samples import Item
from lexaug.training.student import Reading, Student

SURE = 0.9
"""Least mean probability of a label that is learned from."""
Sentences = Sequence[tuple[str, ...]]


class SelfLabels:
    """The labels of each pass, in files: worker processes read them, and a run that goes on finds them again.

    Args:
        folder: where the files lie.
        batcher: turns sentences into batches.

    """

    def __init__(self, folder: Path, batcher: Batcher) -> None:
        self._folder = folder
        self._batcher = batcher

    def write(self, number: int, student: Student, sentences: Sentences) -> None:
        """Label the sentences of a pass, unless that is done."""
        if self._file(number).is_file():
            return
        flat = np.array([label for labels in self._label(student, sentences) for label in labels], np.int16)
        with atomic_file(self._file(number)) as temporary, temporary.open("wb") as stream:
            np.save(stream, flat, allow_pickle=False)

    def read(self, number: int, sentences: Sentences) -> list[tuple[int, ...]]:
        """Give one label number per word of the sentences of a pass, `IGNORED` where the student was not sure."""
        flat = np.load(self._file(number), allow_pickle=False).tolist()
        ends = np.cumsum([0, *map(len, sentences)]).tolist()
        return [tuple(flat[start:end]) for start, end in pairwise(ends)]

    def _file(self, number: int) -> Path:
        return self._folder / f"labels-{number}.npy"

    def _label(self, student: Student, sentences: Sentences) -> list[tuple[int, ...]]:
        items = [Item(words, (IGNORED,) * len(words)) for words in sentences]
        found: list[tuple[int, ...]] = [item.labels for item in items]
        with torch.inference_mode():
            for group, batch in dev_groups(self._batcher, items):
                labels = torch.split(sure_labels(student.read(batch)), batch.tokens.lengths.tolist())
                for place, read in zip(group, labels, strict=True):
                    found[place] = (*read.tolist(), *found[place][len(read) :])
        return found


def sure_labels(reading: Reading) -> Tensor:
    """Give the best label of each word [words], `IGNORED` where the experts' mean probability is below `SURE`."""
    experts = [
        scores.softmax(-1) for scores in (reading.encoder_logits, reading.character_logits) if scores is not None
    ]
    best, label = torch.stack(experts).mean(0).max(-1)
    return torch.where(best >= SURE, label, IGNORED)
