"""The pointer-generator as something that learns and inflects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lexaug.inflection.alphabet import OTHER_VALUE, Alphabet, Reading
from lexaug.inflection.batches import extended_size, make_batch
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.rules import Candidate
from lexaug.training.precision import has_bfloat16, mixed_precision

BATCH = 256
"""Rows inflected at once."""
LONGER = 40
"""Characters that a form may have more than the longest lemma of its batch."""


class PointerLearner:
    """Trains and asks an `InflectorModel`, bare or with an adapter.

    `mixed` says whether the loss is taken in mixed precision: where the processor has it and weights are single.

    Args:
        model: the model, or a peft model around it.
        alphabet: the model's alphabet.
        language: its tag, where the model knows languages.
        smoothing: share of the loss that asks for each character alike.
        hidden: share of examples that hide a letter and a feature value.
        notes: what is worth telling of how it started; the precision of its training is added.

    """

    def __init__(
        self,
        model: Any,  # noqa: ANN401
        alphabet: Alphabet,
        *,
        language: str | None = None,
        smoothing: float = 0.0,
        hidden: float = 0.0,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        self.module = model
        self.alphabet = alphabet
        self.language = language
        self._smoothing = smoothing
        self._hidden = hidden
        weights = next(model.parameters()).dtype
        self.mixed = has_bfloat16() and weights == torch.float32
        precision = torch.bfloat16 if self.mixed else weights
        self.notes = {**(notes or {}), "precision": str(precision).removeprefix("torch.")}

    def loss(self, rows: Sequence[InflectionExample], random: np.random.Generator) -> Tensor:
        """Give the mean loss over the characters of the rows' forms."""
        readings = [self._read(row, random) for row in rows]
        with mixed_precision(self.mixed):
            loss: Tensor = self.module(**make_batch(readings), smoothing=self._smoothing).loss
        return loss

    def inflect(self, rows: Sequence[InflectionExample]) -> list[Candidate]:
        """Give each row's form and its probability, in order; forms in the rows are not read."""
        order = sorted(range(len(rows)), key=lambda place: len(rows[place].lemma))
        found: dict[int, Candidate] = {}
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            found.update(zip(places, self._inflect([rows[place] for place in places]), strict=True))
        return [found[place] for place in range(len(rows))]

    def _inflect(self, rows: Sequence[InflectionExample]) -> list[Candidate]:
        readings = [self.alphabet.read(row.lemma, row.bundle, language=self.language) for row in rows]
        longest = max(len(row.lemma) for row in rows) + LONGER
        size = extended_size(readings, self.alphabet.size)
        written, sure = self.module.inflect(**make_batch(readings), extended=size, longest=longest)
        return [
            Candidate(self.alphabet.write(numbers, reading.strange), share)
            for reading, numbers, share in zip(readings, written.tolist(), sure.tolist(), strict=True)
        ]

    def _read(self, row: InflectionExample, random: np.random.Generator) -> Reading:
        hides = random.random() < self._hidden
        letter = row.lemma[int(random.integers(len(row.lemma)))] if hides else None
        reading = self.alphabet.read(row.lemma, row.bundle, row.form, language=self.language, hidden=letter)
        return _one_value_hidden(reading, random) if hides else reading


def _one_value_hidden(reading: Reading, random: np.random.Generator) -> Reading:
    if not reading.values:
        return reading
    place = int(random.integers(len(reading.values)))
    return replace(reading, values=(*reading.values[:place], OTHER_VALUE, *reading.values[place + 1 :]))
