"""The files of the SIGMORPHON shared tasks that the studies of inflection read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.packs import DATA
from lexaug.inflection.examples import InflectionExample, read_training

YEAR_2020, YEAR_2023 = DATA / "sigmorphon2020", DATA / "sigmorphon2023"
EVALUATED = ("swa", "sme", "tur", "klr", "nav", "san", "amh", "kat", "sqi", "kaz", "fao")
"""Languages that the backbone is measured on."""
LEFT_OUT = frozenset({*EVALUATED, "swc", "swh", "aat", "aln", "als", "aae"})
"""What the backbone must not see: those, and the members of the macrolanguages swa and sqi; the others have none."""


@dataclass(frozen=True, slots=True)
class Source:
    """A language in one shared task."""

    code: str
    year: int

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return YEAR_2020 if self.year == 2020 else YEAR_2023

    @property
    def train(self) -> Path:
        """Its train split."""
        return self.folder / f"{self.code}.trn"

    @property
    def dev(self) -> Path:
        """Its dev split."""
        return self.folder / f"{self.code}.dev"


def backbone_sources() -> list[Source]:
    """List what the backbone learns from: every language of both years that is not left out."""
    found = [Source(path.stem, year) for year in (2020, 2023) for path in sorted(Source("", year).folder.glob("*.trn"))]
    return [source for source in found if source.code.partition("_")[0] not in LEFT_OUT]


def drawn(code: str, size: int, seed: int) -> list[InflectionExample]:
    """Draw rows of a train split of 2023 with a seed, the same for every method: the files are sorted by lemma."""
    return draw(read_training(Source(code, 2023).train), size, seed)


def draw(rows: Sequence[InflectionExample], size: int, seed: int) -> list[InflectionExample]:
    """Draw so many rows at random; all of them, in another order, where there are no more."""
    places = np.random.default_rng([seed, len(rows)]).permutation(len(rows))[:size]
    return [rows[place] for place in places.tolist()]
