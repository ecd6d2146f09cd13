"""Leaks: cells that weights or a method are to be chosen on, and that also stand among the rows to learn from."""

from __future__ import annotations

from collections.abc import Sequence

from lexaug.errors import LeakError
from lexaug.inflection.examples import ExampleFile, InflectionExample


def require_unseen(dev: ExampleFile, train: Sequence[InflectionExample]) -> None:
    """Raise LeakError for the first dev row whose lemma and features also stand in the train file."""
    known = {row.cell: row.line for row in train}
    for row in dev.rows:
        if row.cell in known:
            raise LeakError(
                f"{row.lemma!r} {row.features} also stands in line {known[row.cell]} of the train file",
                file=dev.path,
                line=row.line,
                hint="dev decides what is kept: give rows that are not learnt from",
            )
