"""Leaks: rows that something is chosen or scored on, and that also stand among those to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lexaug.errors import LeakError
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.notation import Notation

Found = tuple[tuple[InflectionExample, int], ...]
"""Rows, each with the line where training has its lemma and features, in either notation of bundles."""


@dataclass(frozen=True, slots=True)
class SeenCells:
    """Rows whose lemma and features training has too: `leaks` with the same form, `others` with other forms alone.

    A system that knows its training rows by heart gets leaks right and others wrong: only leaks flatter it.
    """

    leaks: Found
    others: Found


def find_seen(rows: Sequence[InflectionExample], train: Sequence[InflectionExample]) -> SeenCells:
    """Find the rows that ask for what training knows."""
    known: dict[object, dict[str | None, int]] = {}
    for row in train:
        known.setdefault(row.cell, {}).setdefault(row.form, row.line)
    leaks: list[tuple[InflectionExample, int]] = []
    others: list[tuple[InflectionExample, int]] = []
    for row, asked in zip(rows, Notation.of_rows(train).translate(rows), strict=True):
        if forms := known.get(asked.cell):
            (leaks if row.form in forms else others).append((row, forms.get(row.form, min(forms.values()))))
    return SeenCells(tuple(leaks), tuple(others))


def require_unseen(dev: Sequence[InflectionExample], train: Sequence[InflectionExample], file: Path) -> None:
    """Raise LeakError for the first row of a dev file that also stands in the train file, and tell how many do.

    A row is the same with the same lemma, features and form; other forms of a cell are no leak.
    """
    if not (leaks := find_seen(dev, train).leaks):
        return
    row, line = leaks[0]
    more = len(leaks) - 1
    others = f", as {'does one other' if more == 1 else f'do {more:,} others'} of the file" if more else ""
    raise LeakError(
        f"{row.lemma!r} {row.features} {row.form!r} also stands in line {line} of the train file{others}",
        file=file,
        line=row.line,
        hint="dev decides what is kept: give rows that are not learnt from",
    )
