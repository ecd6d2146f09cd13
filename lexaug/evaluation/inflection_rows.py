"""Rows of gold and predicted forms, paired."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest

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
    """Pair the rows of both files by place.

    Raises:
        FormatError: a row of the predictions asks for another cell than that of the gold file, or one is too many or
            missing.

    """
    forms: dict[object, set[str | None]] = defaultdict(set)
    for row in gold.rows:
        forms[row.cell].add(row.form)
    for wanted, found in zip_longest(gold.rows, predicted.rows):
        if wanted is None or found is None or wanted.cell != found.cell:
            raise _differs(wanted, found, gold, predicted)
    return [
        ScoredRow(row, found, frozenset(forms[row.cell])) for row, found in zip(gold.rows, predicted.rows, strict=True)
    ]


def _differs(
    wanted: InflectionExample | None, found: InflectionExample | None, gold: ExampleFile, predicted: ExampleFile
) -> FormatError:
    asked = f"line {wanted.line} of {gold.path.name} asks for {wanted.lemma!r} {wanted.features}" if wanted else ""
    hint = "predict every row of the gold file, in its order"
    if found is None:
        end = max((row.line for row in predicted.rows), default=0) + 1
        return FormatError(f"ends too early: {asked}", file=predicted.path, line=end, hint=hint)
    given = f"a prediction for {found.lemma!r} {found.features}"
    message = f"{given}, but {asked or f'{gold.path.name} has no more rows'}"
    return FormatError(message, file=predicted.path, line=found.line, hint=hint)
