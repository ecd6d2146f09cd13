"""Leaks: lemmas that are to be scored and also stand in the table that is learned from."""

from __future__ import annotations

from collections.abc import Iterable

from lexaug.errors import LeakError
from lexaug.morphology.row import ParadigmRow, spelling
from lexaug.morphology.table import ParadigmTable


def find_leaks(table: ParadigmTable, held_out: Iterable[ParadigmRow]) -> tuple[str, ...]:
    """Give the lemmas of a table, sorted, that also occur in held-out rows.

    A lemma leaks as a whole: whoever has seen some of its forms has seen its stem. Spellings are compared as by
    `without_lemmas`, so that `table.without_lemmas(find_leaks(table, rows))` has no leak.
    """
    scored = {spelling(row.lemma) for row in held_out}
    return tuple(sorted(lemma for lemma in table.lemmas if spelling(lemma) in scored))


def require_no_leaks(table: ParadigmTable, held_out: Iterable[ParadigmRow], *, file: str | None = None) -> None:
    """Raise LeakError naming the first leaked lemmas, if there are any; `file` is the held-out file."""
    leaked = find_leaks(table, held_out)
    if leaked:
        shown = ", ".join(leaked[:3]) + (", …" if len(leaked) > 3 else "")
        raise LeakError(
            f"{len(leaked):,} held-out lemmas also stand in the table ({shown})",
            file=file,
            hint="take them out with without_lemmas before synthesis or training",
        )
