"""The backbone's examples as tables of numbers: read once, kept in one file, drawn from on any device."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
import torch
from torch import Tensor

from lexaug.files import atomic_file
from lexaug.inflection.alphabet import ANY_LANGUAGE, PAD, UNKNOWN, Alphabet, Reading
from lexaug.inflection.batches import make_batch
from lexaug.inflection.examples import InflectionExample

TABLES = ("copies", "values", "nests", "form")
TEMPERED = 0.5
"""A file is drawn from in proportion to its rows to this power."""
NO_LANGUAGE = 0.2
"""Share of the examples whose language is not told, so that a new language can start from there."""
LONGEST = 48
"""Characters that a lemma or form may have; longer ones, almost all of several words, are left aside."""
POOL = 32
"""Batches that are drawn at once and then sorted by length."""
HIDDEN = 20_000
"""Number of a character that is hidden: above those of all others."""


@dataclass(frozen=True, slots=True)
class Store:
    """Readings as padded tables [rows, places], source after source; the first of a row's `values` is its language.

    `starts` tell where each source's rows begin, and where the last one's end.
    """

    copies: Tensor
    values: Tensor
    nests: Tensor
    form: Tensor
    starts: Tensor

    @classmethod
    def of(
        cls, sources: Iterable[tuple[str, Sequence[InflectionExample]]], alphabet: Alphabet, *, learnable: bool
    ) -> Self:
        """Read the rows of each source, with its language; all of them, or only those that can be learnt from."""
        readings: list[Reading] = []
        starts = [0]
        for language, rows in sources:
            found = (alphabet.read(row.lemma, row.bundle, row.form, language=language) for row in rows)
            readings += [reading for reading in found if not learnable or _learnable(reading)]
            starts.append(len(readings))
        tables = make_batch(readings)
        short = {name: tables[name].to(torch.int16) for name in TABLES}
        return cls(**short, starts=torch.tensor(starts))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a store from its file."""
        with np.load(path) as found:
            return cls(**{field.name: torch.from_numpy(found[field.name]) for field in fields(cls)})

    def save(self, path: Path) -> None:
        """Write a store, compressed."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(path) as temporary, temporary.open("wb") as file:
            np.savez_compressed(file, **{field.name: getattr(self, field.name).numpy() for field in fields(self)})

    def to(self, device: torch.device) -> Store:
        """Give the same with its tables on a device."""
        return replace(self, **{name: getattr(self, name).to(device) for name in TABLES})

    def __len__(self) -> int:
        return len(self.form)

    def batches(self, size: int, seed: Sequence[int]) -> Iterator[dict[str, Tensor]]:
        """Draw batches of like lengths without end, small sources more often than their share."""
        random = np.random.default_rng(list(seed))
        starts = self.starts.numpy()
        rows = np.diff(starts)
        weights = rows**TEMPERED / (rows**TEMPERED).sum()
        widths = self._widths()
        lengths = widths[:, TABLES.index("copies")] + widths[:, TABLES.index("form")]
        while True:
            sources = random.choice(len(rows), size * POOL, p=weights)
            drawn = starts[sources] + random.integers(rows[sources])
            groups = drawn[np.argsort(lengths[drawn], kind="stable")].reshape(POOL, size)
            for group in random.permutation(groups):
                yield self._rows(torch.from_numpy(group), widths[group].max(0))

    def parts(self, size: int, most: int) -> Iterator[tuple[Tensor, dict[str, Tensor]]]:
        """Give the first rows of each source, sorted by the lemma's length: the sources' numbers, and the rows."""
        starts = self.starts.tolist()
        firsts = [torch.arange(start, min(start + most, end)) for start, end in pairwise(starts)]
        sources = torch.cat([torch.full_like(places, number) for number, places in enumerate(firsts)])
        places = torch.cat(firsts)
        widths = self._widths()
        order = torch.from_numpy(np.argsort(widths[places.numpy(), TABLES.index("copies")], kind="stable"))
        for group in order.split(size):
            chosen = places[group]
            yield sources[group], self._rows(chosen, widths[chosen.numpy()].max(0))

    def _widths(self) -> np.ndarray:
        """Count what each row holds in each table [rows, tables]; nests, most of which are none, as many as values."""
        found = {name: (getattr(self, name) != PAD).sum(1).cpu().numpy() for name in TABLES}
        return np.stack([found["values" if name == "nests" else name] for name in TABLES], 1)

    def _rows(self, places: Tensor, widths: np.ndarray) -> dict[str, Tensor]:
        there = places.to(self.form.device)
        return {
            name: getattr(self, name)[there, : max(1, width)].long()
            for name, width in zip(TABLES, widths.tolist(), strict=True)
        }


def disguised(batch: dict[str, Tensor], alphabet: Alphabet, hidden: float) -> dict[str, Tensor]:
    """Hide some languages, and of a share of the examples a letter of the lemma; drawn from torch's generator."""
    copies, values, form = batch["copies"], batch["values"].clone(), batch["form"]
    device, count = copies.device, len(copies)
    untold = torch.rand(count, device=device) < NO_LANGUAGE
    values[:, 0] = torch.where(untold, alphabet.number(ANY_LANGUAGE), values[:, 0])
    letters = (copies != PAD).sum(1, keepdim=True)
    letter = copies.gather(1, (torch.rand(count, 1, device=device) * letters).long())
    letter = torch.where(torch.rand(count, 1, device=device) < hidden, letter, -1)
    return {
        **batch,
        "values": values,
        "copies": copies.masked_fill(copies == letter, HIDDEN),
        "form": form.masked_fill(form == letter, HIDDEN),
    }


def model_input(batch: dict[str, Tensor], alphabet: Alphabet) -> dict[str, Tensor]:
    """Add the lemma as the model knows its characters."""
    copies = batch["copies"]
    return {"lemma": copies.masked_fill(copies >= alphabet.size, UNKNOWN), **batch}


def _learnable(reading: Reading) -> bool:
    """Tell whether each character of the form is known or stands in the lemma, and both are short enough."""
    return UNKNOWN not in reading.form and max(len(reading.form) - 1, len(reading.copies)) <= LONGEST
