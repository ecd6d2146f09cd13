"""The rows of the table: an adapter on one task, its figures with their intervals, and the keys it is sorted by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from lexaug.hub.index.page_cells import CELLS, Row
from lexaug.hub.index.page_columns import COLUMNS, Column
from lexaug.hub.index.page_gain import Scale
from lexaug.hub.index.schema import Entry
from lexaug.languages import codes, names


def rows_of(entries: Iterable[Entry], branches: Mapping[str, tuple[str, ...]]) -> list[Row]:
    """Give the rows, the greatest gain first, what is not measured last."""
    rows = [
        Row(entry, result, (*branches[entry.code], entry.code))
        for entry in entries
        for result in (entry.results or (None,))
    ]
    return sorted(rows, key=lambda row: (row.result is None, -row.result.gain.value if row.result else 0.0))


def render_row(row: Row, scale: Scale) -> str:
    """Give the HTML of a row; its attributes are what the page's script searches, filters and sorts by."""
    facets = "".join(f' data-{name}="{escape(value)}"' for name, value in row.facets.items())
    known = names(row.entry.code) if row.entry.code in codes() else ()
    text = " ".join((row.entry.code, row.entry.name, *known, *(family.name for family in row.entry.families)))
    cells = "".join(_cell(column, row, scale) for column in COLUMNS)
    return (
        f'<tr role="row" data-adapter="{escape(_key(row.entry))}" data-branches="{escape(" ".join(row.branches))}"'
        f' data-text="{escape(f"{text} {row.entry.place}")}"{facets}>{cells}</tr>'
    )


def _key(entry: Entry) -> str:
    return f"{entry.place}@{entry.revision}" if entry.revision else entry.place


def _cell(column: Column, row: Row, scale: Scale) -> str:
    key, content = CELLS[column.name](row, scale)
    attributes = f'class="{column.name}{" number" if column.numeric else ""}" data-key="{escape(str(key))}"'
    if column.name == "language":
        return f'<th role="rowheader" scope="row" {attributes}>{content}</th>'
    return f'<td role="cell" {attributes} data-label="{column.label}">{content}</td>'
