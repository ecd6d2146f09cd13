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


@dataclass(frozen=True, slots=True)
class Official:
    """What the shared tasks' own scripts tell: cells, accuracy in per cent, mean Levenshtein distance in characters."""

    cells: int
    accuracy: float
    distance: float


def official(gold: ExampleFile, predicted: ExampleFile) -> Official:
    """Count as the scripts of 2018 (`evalm.py`) and 2020 (`evaluate.py`) do.

    A lemma with its features counts once, however many rows it has: the last form of either file is taken, with letters
    and blanks as they stand there, and an empty one where the predictions lack the cell.
    """
    wanted, given = _last_forms(gold), _last_forms(predicted)
    pairs = [(form, given.get(cell, "")) for cell, form in wanted.items()]
    right = sum(form == found for form, found in pairs)
    distance = sum(Levenshtein.distance(form, found) for form, found in pairs)
    return Official(len(pairs), 100 * right / len(pairs), distance / len(pairs))


def _last_forms(file: ExampleFile) -> dict[tuple[str, str], str]:
    return {(row.raw_lemma, row.features): row.raw for row in file.rows}


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
