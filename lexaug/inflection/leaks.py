"""Leaks: cells that weights or a method are to be chosen on, and that also stand among the rows to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lexaug.errors import LeakError
from lexaug.inflection.examples import InflectionExample


def require_unseen(dev: Sequence[InflectionExample], train: Sequence[InflectionExample], file: Path) -> None:
    """Raise LeakError for the first row of a dev file whose lemma and features also stand in the train file."""
    known = {row.cell: row.line for row in train}
    for row in dev:
        if row.cell in known:
            raise LeakError(
                f"{row.lemma!r} {row.features} also stands in line {known[row.cell]} of the train file",
                file=file,
                line=row.line,
                hint="dev decides what is kept: give rows that are not learnt from",
            )
