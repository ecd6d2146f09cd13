"""The cells of a row: for each column the key that it is sorted by, and its HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from lexaug.hub.index.page_columns import VERDICTS
from lexaug.hub.index.page_gain import Scale
from lexaug.hub.index.page_text import points, size, visible
from lexaug.hub.index.schema import Entry, Figure, Result

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


CELLS = {
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
