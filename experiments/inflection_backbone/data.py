"""What the backbone learns from: the train splits of many languages, drawn so that small ones are heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.shared_task import Source, backbone_sources, draw
from lexaug.inflection.alphabet import UNKNOWN, Alphabet
from lexaug.inflection.examples import InflectionExample, read_examples, read_training

MOST = 30_000
"""Rows of a file that are used at most."""
LEAST = 30
"""Rows that a character must occur in; rarer ones are read as unknown, and copied."""
TEMPERED = 0.5
"""A file is drawn from in proportion to its rows to this power."""
NO_LANGUAGE = 0.2
"""Share of the examples whose language is not told, so that a new language can start from there."""
POOL = 32
"""Batches that are drawn at once and then sorted by length."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A row and its language; None where that is not told."""

    row: InflectionExample
    language: str | None


@dataclass(frozen=True, slots=True)
class Material:
    """By source: rows to learn from and rows of dev to score."""

    train: dict[Source, list[InflectionExample]]
    dev: dict[Source, list[InflectionExample]]

    @property
    def rows(self) -> int:
        """Rows to learn from."""
        return sum(map(len, self.train.values()))

    @property
    def languages(self) -> list[str]:
        """Codes of the languages, those of both years once."""
        return sorted({language_of(source) for source in self.train})


def language_of(source: Source) -> str:
    """Give the language's code: unvocalised Hebrew is Hebrew."""
    return source.code.partition("_")[0]


def gather(dev_rows: int, seed: int, only: Sequence[str] = ()) -> Material:
    """Read every source (or those of some codes)."""
    sources = [source for source in backbone_sources() if not only or source.code in only]
    train = {source: draw(read_training(source.train), MOST, seed) for source in sources}
    dev = {source: draw(read_examples(source.dev).rows, dev_rows, seed) for source in sources}
    return Material(train, dev)


def make_alphabet(material: Material) -> Alphabet:
    """Give the characters that occur often enough, all feature values, and the languages."""
    rows = [row for source in material.train.values() for row in source]
    return Alphabet.of(rows, least=LEAST, languages=material.languages)


def batches(material: Material, alphabet: Alphabet, size: int, seed: Sequence[int]) -> Iterator[list[Tagged]]:
    """Draw batches of like lengths without end."""
    random = np.random.default_rng(list(seed))
    sources = list(material.train)
    weights = np.array([len(material.train[source]) ** TEMPERED for source in sources])
    while True:
        drawn = random.choice(len(sources), size * POOL, p=weights / weights.sum())
        pool = [_one(sources[place], material, random) for place in drawn.tolist()]
        usable = sorted((found for found in pool if _learnable(found.row, alphabet)), key=_length)
        groups = [usable[start : start + size] for start in range(0, len(usable), size)]
        for place in random.permutation(len(groups)).tolist():
            yield groups[place]


def _one(source: Source, material: Material, random: np.random.Generator) -> Tagged:
    rows = material.train[source]
    told = random.random() >= NO_LANGUAGE
    return Tagged(rows[int(random.integers(len(rows)))], language_of(source) if told else None)


def _learnable(row: InflectionExample, alphabet: Alphabet) -> bool:
    """Tell whether each character of the form is known or stands in the lemma."""
    return UNKNOWN not in alphabet.read(row.lemma, row.bundle, row.form).form


def _length(found: Tagged) -> int:
    return len(found.row.lemma) + len(found.row.form or "")
