"""A trained inflector as a thing to ask and to keep: rules, a model of its own, or an adapter and its backbone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.notation import Notation
from lexaug.inflection.rules import Candidate, RuleInflector
from lexaug.morphology.row import spelling


class Asked(Protocol):
    """What can be asked for forms."""

    def inflect(self, rows: Sequence[InflectionExample]) -> list[Candidate]:
        """Give each row's form and its probability, in order; forms in the rows are not read."""


@dataclass(frozen=True, slots=True)
class RuleAsked:
    """Rules, with the rows that they were learnt from."""

    rules: RuleInflector
    rows: Sequence[InflectionExample]

    def inflect(self, rows: Sequence[InflectionExample]) -> list[Candidate]:
        """Give each row's form and its share of the votes."""
        return [self.rules.candidates(row.lemma, row.bundle)[0] for row in rows]


@dataclass(frozen=True, slots=True)
class StartedFrom:
    """The backbone that was trained on: its name, and its weights' SHA-256 or commit on the Hub."""

    name: str
    identity: str


@dataclass(frozen=True, slots=True)
class Inflector:
    """What was trained, by which method and from which backbone, and how it went (for `metrics.json`).

    `lemmas` are the `lemma_mark` of those in training and dev rows, None where they are not known; `notation` is how
    the training rows write their bundles, `odd_letters` how their file spells letters that it does not have in NFC.
    """

    asked: Asked
    method: str
    backbone: StartedFrom | None = None
    language: str | None = None
    metrics: dict[str, Any] = field(default_factory=dict)
    lemmas: frozenset[str] | None = None
    notation: Notation = field(default_factory=Notation)
    odd_letters: Mapping[str, str] = field(default_factory=dict)

    def inflect(self, rows: Sequence[InflectionExample]) -> list[Candidate]:
        """Give each row's form and its probability, in order; forms in the rows are not read.

        A bundle that training writes in another notation alone is asked for as it stands there.
        """
        return self.asked.inflect(self.notation.translate(rows))


def accuracy(asked: Asked, rows: Sequence[InflectionExample]) -> float:
    """Give the per cent of rows whose form comes out."""
    return 100 * sum(right(asked, rows)) / len(rows)


def right(asked: Asked, rows: Sequence[InflectionExample]) -> list[bool]:
    """Tell which rows' forms come out."""
    return [found.form == row.form for found, row in zip(asked.inflect(rows), rows, strict=True)]


def lemma_mark(lemma: str) -> str:
    """Hash a lemma: enough to know it again, and a network can be given on without the words of its data."""
    return sha256(spelling(lemma).encode()).hexdigest()[:12]
