"""The rows of the table: an adapter on one task, its figures with their intervals, and the keys it is sorted by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from lexaug.hub.index.page_gain import Scale
from lexaug.hub.index.page_text import points, size, visible
from lexaug.hub.index.schema import Entry, Figure, Result
from lexaug.languages import codes, names

VERDICTS = {"helps": "▲ helps", "no_effect": "● no effect", "harms": "▼ harms", "not_measured": "– not measured"}
"""Told by a sign and a word, not by colour alone."""

SYSTEMS = {
    "zero_shot": "backbone alone",
    "translate_train": "translate-train",
    "char_ngram": "character n\N{NON-BREAKING HYPHEN}grams",
    "fused_frozen": "frozen, fused",
    "adapter": "adapter",
    "adapter_translate_train": "adapter, translate-train",
    "fused": "adapter, fused",
}
"""The systems of `lexaug eval` in words."""


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


@dataclass(frozen=True, slots=True)
class Row:
    """An adapter on one task (None: not measured), and the branches of the tree that it stands in."""

    entry: Entry
    result: Result | None
    branches: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """The verdict, or that there is none."""
        return self.result.verdict if self.result else "not_measured"

    @property
    def facets(self) -> dict[str, str]:
        """What can be filtered by."""
        return {
            "family": self.entry.family or "",
            "base": self.entry.base_model,
            "licence": self.entry.licence,
            "task": self.result.task if self.result else "",
            "verdict": self.verdict,
        }


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
    key, content = _CELLS[column.name](row, scale)
    attributes = f'class="{column.name}{" number" if column.numeric else ""}" data-key="{escape(str(key))}"'
    if column.name == "language":
        return f'<th role="rowheader" scope="row" {attributes}>{content}</th>'
    return f'<td role="cell" {attributes} data-label="{column.label}">{content}</td>'


Cell = tuple[object, str]
NOTHING: Cell = ("", '<span aria-label="not measured">–</span>')


def _language(row: Row, scale: Scale) -> Cell:
    entry = row.entry
    own = "" if entry.autonym in (None, entry.name) else f" · <bdi>{visible(str(entry.autonym))}</bdi>"
    member = f" in {visible(entry.macrolanguage)}" if entry.macrolanguage else ""
    return entry.name, f"<b>{visible(entry.name)}</b><small><code>{visible(entry.code)}</code>{member}{own}</small>"


def _family(row: Row, scale: Scale) -> Cell:
    family = row.entry.family
    return (family, visible(family)) if family else ("", '<span aria-label="not known">–</span>')


def _figure(figure: Figure | None, *, named: bool = True) -> Cell:
    if figure is None:
        return NOTHING
    system = SYSTEMS.get(figure.system) or visible(figure.system).replace("_", "_<wbr>")
    name = f'<small class="system">{system}</small>' if named else ""
    return figure.value, f"<b>{figure.value:.1f}</b><small>[{figure.low:.1f}, {figure.high:.1f}]</small>{name}"


def _gain(row: Row, scale: Scale) -> Cell:
    if row.result is None:
        return NOTHING
    gain = row.result.gain
    interval = f"<small>[{points(gain.low)}, {points(gain.high)}]</small>"
    bar = f'<span class="{row.verdict}">{scale.bar(gain)}</span>'
    return gain.value, f"<b>{points(gain.value)}</b>{interval}{bar}"


def _n(row: Row, scale: Scale) -> Cell:
    if row.result is None:
        return NOTHING
    seeds = row.result.seeds
    return row.result.n, f"{row.result.n:,}<small>{seeds} {'seed' if seeds == 1 else 'seeds'}</small>"


def _base(row: Row, scale: Scale) -> Cell:
    owner, slash, name = row.entry.base_model.rpartition("/")
    return row.entry.base_model, f"{visible(name)}<small>{visible(owner)}</small>" if slash else visible(name)


def _adapter(row: Row, scale: Scale) -> Cell:
    entry = row.entry
    pinned = "" if entry.revision is None else f"<small>at <code>{entry.revision[:7]}</code>{_date(entry)}</small>"
    pinned += "".join(f'<small class="warning">⚠ {visible(warning)}</small>' for warning in entry.warnings)
    name = visible(entry.place).replace("/", "/<wbr>")
    if urlsplit(entry.link).scheme not in ("", "http", "https"):
        return entry.place, name + pinned
    return entry.place, f'<a href="{escape(entry.link)}" rel="noopener noreferrer">{name}</a>{pinned}'


def _date(entry: Entry) -> str:
    return f" of {entry.updated}" if entry.updated else ""


_CELLS = {
    "language": _language,
    "family": _family,
    "task": lambda row, scale: (row.result.task, visible(row.result.task)) if row.result else NOTHING,
    "frozen": lambda row, scale: _figure(row.result and row.result.frozen, named=False),
    "rival": lambda row, scale: _figure(row.result and row.result.rival),
    "adapted": lambda row, scale: _figure(row.result and row.result.adapted),
    "gain": _gain,
    "verdict": lambda row, scale: (row.verdict, f'<span class="{row.verdict}">{VERDICTS[row.verdict]}</span>'),
    "n": _n,
    "base": _base,
    "licence": lambda row, scale: (row.entry.licence, visible(row.entry.licence)),
    "size": lambda row, scale: (row.entry.size, size(row.entry.size)),
    "adapter": _adapter,
}
