"""Leaks: cells that something is chosen or scored on, and that also stand among the rows to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lexaug.errors import LeakError
from lexaug.inflection.examples import InflectionExample


def find_leaks(
    rows: Sequence[InflectionExample], train: Sequence[InflectionExample]
) -> list[tuple[InflectionExample, int]]:
    """List the rows whose lemma and features also stand in training, each with the line where they stand there."""
    known = {row.cell: row.line for row in train}
    return [(row, known[row.cell]) for row in rows if row.cell in known]


def require_unseen(dev: Sequence[InflectionExample], train: Sequence[InflectionExample], file: Path) -> None:
    """Raise LeakError for the first row of a dev file whose lemma and features also stand in the train file."""
    for row, line in find_leaks(dev, train):
        raise LeakError(
            f"{row.lemma!r} {row.features} also stands in line {line} of the train file",
            file=file,
            line=row.line,
            hint="dev decides what is kept: give rows that are not learnt from",
        )
