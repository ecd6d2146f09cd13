"""Rows of gold and predicted forms, paired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from lexaug.errors import FormatError
from lexaug.inflection.examples import ExampleFile, InflectionExample


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """A gold row, its prediction, and all gold forms of the cell."""

    gold: InflectionExample
    predicted: InflectionExample
    forms: frozenset[str | None]

    @property
    def right(self) -> bool:
        """Whether the prediction is the row's gold form, in NFC."""
        return self.predicted.form == self.gold.form

    @property
    def distance(self) -> int:
        """Levenshtein distance of the two in characters."""
        return Levenshtein.distance(self.predicted.form or "", self.gold.form or "")


def paired(gold: ExampleFile, predicted: ExampleFile) -> list[ScoredRow]:
    """Pair rows by place where both files ask for the same cells in the same order, else by cell.

    Raises:
        FormatError: one of the files has a row that the other lacks.

    """
    forms: dict[object, set[str | None]] = defaultdict(set)
    for row in gold.rows:
        forms[row.cell].add(row.form)
    answers: Iterable[InflectionExample] = predicted.rows
    if [row.cell for row in gold.rows] != [row.cell for row in predicted.rows]:
        answers = _ordered(gold, predicted)
    return [ScoredRow(row, found, frozenset(forms[row.cell])) for row, found in zip(gold.rows, answers, strict=True)]


def _ordered(gold: ExampleFile, predicted: ExampleFile) -> list[InflectionExample]:
    waiting: dict[object, list[InflectionExample]] = defaultdict(list)
    for row in reversed(predicted.rows):
        waiting[row.cell].append(row)
    found = []
    for row in gold.rows:
        if not waiting[row.cell]:
            raise FormatError(
                f"no prediction for {row.lemma!r} {row.features} (line {row.line} of {gold.path.name})",
                file=predicted.path,
                hint="predict every row of the gold file, once",
            )
        found.append(waiting[row.cell].pop())
    left = [row for rows in waiting.values() for row in rows]
    if left:
        row = min(left, key=lambda row: row.line)
        message = f"a prediction for {row.lemma!r} {row.features}, which {gold.path.name} does not ask for"
        raise FormatError(message, file=predicted.path, line=row.line, hint="is it of another language or split?")
    return found
