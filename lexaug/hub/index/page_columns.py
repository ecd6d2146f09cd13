"""The columns of the table, and the words in which verdicts are told."""

from __future__ import annotations

from dataclasses import dataclass

VERDICTS = {"helps": "▲ helps", "no_effect": "● no effect", "harms": "▼ harms", "not_measured": "– not measured"}
"""Told by a sign and a word, not by colour alone."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, whether it holds numbers, and the order of its first click."""

    name: str
    label: str
    numeric: bool = False

    @property
    def order(self) -> str:
        """The greatest number first, the first word first."""
        return "desc" if self.numeric else "asc"

    def head(self, *, sorted_by: bool) -> str:
        """Give the header cell, whose button sorts."""
        order = f' aria-sort="{self.order}ending"' if sorted_by else ""
        kind = "number" if self.numeric else "text"
        return (
            f'<th role="columnheader" scope="col" data-kind="{kind}" data-order="{self.order}"{order}>'
            f'<button type="button">{self.label}</button></th>'
        )


COLUMNS = (
    Column("language", "Language"),
    Column("family", "Family"),
    Column("task", "Task"),
    Column("frozen", "Backbone alone", numeric=True),
    Column("rival", "Judged against", numeric=True),
    Column("adapted", "With adapter", numeric=True),
    Column("gain", "Gain, points", numeric=True),
    Column("verdict", "Verdict"),
    Column("n", "n", numeric=True),
    Column("base", "Base model"),
    Column("licence", "Licence"),
    Column("size", "Size", numeric=True),
    Column("adapter", "Adapter"),
)
FIRST = "gain"
"""The column that the table is sorted by at first."""
