"""Tables of adapters for people: what an index holds, what a search found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from lexaug.hub.index.page_columns import VERDICTS
from lexaug.hub.index.page_text import points
from lexaug.hub.index.schema import Entry, Figure, Index, Result
from lexaug.hub.index.search import Found
from lexaug.written import written_out

_COLOURS = {"helps": "green", "no_effect": "yellow", "harms": "red", "not_measured": "dim"}


def built_table(index: Index, output: Path) -> Group:
    """Show what an index holds, and what was left out and why."""
    table = Table(title="index", show_header=False, title_justify="left")
    table.add_column(style="bold")
    table.add_column()
    table.add_row("folder", Text(str(output)))
    table.add_row("adapters", f"{len(index.adapters):,}")
    table.add_row("languages", f"{len({entry.code for entry in index.adapters}):,}")
    counts = Counter(result.verdict if result else "not_measured" for _, result in _rows(index.adapters))
    for verdict, label in VERDICTS.items():
        table.add_row(Text(f"  {label}", _COLOURS[verdict]), f"{counts[verdict]:,}")
    table.add_row("left out", f"{len(index.left_out):,}")
    left = [Text(f"left out: {written_out(one.place)}: {written_out(one.reason)}") for one in index.left_out]
    return Group(table, *left)


def found_tables(found: Found, origin: str) -> Group:
    """Show what a search found; else what comes nearest."""
    parts: list[RenderableType] = []
    if found.entries:
        parts.append(_table(found.entries, f"adapters in {origin}"))
    else:
        parts.append(Text(f"nothing found in {origin}"))
    if found.related:
        parts.append(_table(found.related, "of the same macrolanguage, but another language"))
    if found.nearest:
        parts.append(_table(found.nearest, "nearest in the tree of families"))
    return Group(*parts)


def _table(entries: Iterable[Entry], title: str) -> Table:
    table = Table(title=Text(title), title_justify="left", show_lines=True)
    table.add_column("adapter", overflow="fold")
    table.add_column("on real text, per cent", no_wrap=True)
    for entry in entries:
        table.add_row(_about(entry), Text("\n").join(map(_measured, entry.results or (None,))))
    return table


def _about(entry: Entry) -> Text:
    commit = f"@{entry.revision[:7]}" if entry.revision else ""
    return Text.assemble(
        (entry.code, "bold"),
        f" {written_out(entry.name)}\n",
        (f"{written_out(entry.place)}{commit}\n", "cyan"),
        (f"{written_out(entry.base_model)}\n{written_out(entry.licence)}", "dim"),
    )


def _measured(result: Result | None) -> Text:
    if result is None:
        return Text(VERDICTS["not_measured"], "dim")
    gain = result.gain
    return Text.assemble(
        f"{written_out(result.task)}, n = {result.n:,}: ",
        (f"{VERDICTS[result.verdict]}\n", _COLOURS[result.verdict]),
        f"adapter {_figure(result.adapted)}\n",
        f"without {_figure(result.rival)}\n",
        f"gain {points(gain.value):>7} [{points(gain.low)}, {points(gain.high)}]",
    )


def _figure(figure: Figure) -> str:
    return f"{figure.value:z.1f} [{figure.low:z.1f}, {figure.high:z.1f}]"


def _rows(entries: Iterable[Entry]) -> Iterable[tuple[Entry, Result | None]]:
    return ((entry, result) for entry in entries for result in (entry.results or (None,)))
