"""The index as one HTML page that asks nobody for anything: every value escaped, style and script allowed by hash."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from string import Template

from lexaug.files import resource
from lexaug.hub.index.page_cells import Row
from lexaug.hub.index.page_columns import COLUMNS, FIRST, VERDICTS
from lexaug.hub.index.page_gain import Scale
from lexaug.hub.index.page_rows import render_row, rows_of
from lexaug.hub.index.page_text import visible
from lexaug.hub.index.page_tree import render_tree
from lexaug.hub.index.schema import FORMAT, Index
from lexaug.hub.index.tree import family_tree, paths

SOURCES = (
    "Language names and families come from ISO 639-3 (SIL International), Glottolog 4.0, Unicode CLDR and Wiktionary, "
    "joined in lexaug's table of languages (CC BY-SA 4.0). Each adapter has its own licence."
)
FILTERS = {"family": "Family", "base": "Base model", "licence": "Licence", "task": "Task"}


def render_page(index: Index) -> str:
    """Give the HTML of an index; the same index gives the same text."""
    folder = resource("index_page")
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    tree = family_tree(index.adapters)
    rows = rows_of(index.adapters, paths(tree))
    scale = Scale.of(row.result.gain for row in rows if row.result)
    return Template((folder / "page.html").read_text(encoding="utf-8")).substitute(
        policy=_policy(style, script),
        format=FORMAT,
        title=visible(index.title),
        style=style,
        note=f'<p class="note" role="note">{visible(index.note)}</p>' if index.note else "",
        lead=_lead(index),
        selects="\n".join(_select(name, label, rows) for name, label in FILTERS.items()),
        columns="".join(f'<option value="{place}">{column.label}</option>' for place, column in enumerate(COLUMNS)),
        verdicts="".join(_verdict(name, label, rows) for name, label in VERDICTS.items()),
        tree=render_tree(tree),
        count=_counted(len(index.adapters), "adapter", "adapters"),
        caption=scale.caption,
        heads="".join(column.head(sorted_by=column.name == FIRST) for column in COLUMNS),
        rows="\n".join(render_row(row, scale) for row in rows),
        left=_left_out(index),
        sources=SOURCES,
        script=script,
    )


def _policy(style: str, script: str) -> str:
    """Allow exactly this style and this script, the icon inside the page, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _lead(index: Index) -> str:
    languages = len({entry.code for entry in index.adapters})
    families = len({entry.family for entry in index.adapters if entry.family})
    adapters = len(index.adapters)
    return (
        f"{_counted(adapters, 'adapter', 'adapters')} for {_counted(languages, 'language', 'languages')} of "
        f"{_counted(families, 'family', 'families')}. What was measured was measured on real text, beside what does "
        "without an adapter; losses are listed like gains."
    )


def _counted(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _select(name: str, label: str, rows: Iterable[Row]) -> str:
    counts = Counter(row.facets[name] for row in rows)
    choices = "".join(
        f'<option value="{escape(value)}">{visible(_short(value))} ({count:,})</option>'
        for value, count in sorted(counts.items())
        if value
    )
    return (
        f'<div><label for="by-{name}">{label}</label><select id="by-{name}" data-filter="{name}">'
        f'<option value="">all</option>{choices}</select></div>'
    )


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:59]}…"


def _verdict(name: str, label: str, rows: Iterable[Row]) -> str:
    count = sum(row.facets["verdict"] == name for row in rows)
    return (
        f'<button type="button" class="{name}" data-verdict="{name}" aria-pressed="false">{label}'
        f'<span class="n">{count:,}</span></button>'
    )


def _left_out(index: Index) -> str:
    if not index.left_out:
        return ""
    items = "".join(f"<li><code>{visible(left.place)}</code>: {visible(left.reason)}</li>" for left in index.left_out)
    return f'<details class="left"><summary>{len(index.left_out):,} left out</summary><ul>{items}</ul></details>'
