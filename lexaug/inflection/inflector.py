"""A trained inflector as a thing to ask and to keep: rules, a model of its own, or an adapter and its backbone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.rules import Candidate, RuleInflector


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
class Inflector:
    """What was trained, by which method and from which backbone, and how it went (for `metrics.json`)."""

    asked: Asked
    method: str
    backbone: str | None = None
    language: str | None = None
    metrics: dict[str, Any] = field(default_factory=dict)

    def inflect(self, rows: Sequence[InflectionExample]) -> list[Candidate]:
        """Give each row's form and its probability, in order; forms in the rows are not read."""
        return self.asked.inflect(rows)
