"""Tables for people: what was published, what was fetched, what a check found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from lexaug.hub.publish import Published

if TYPE_CHECKING:
    from lexaug.errors import LexaugError
    from lexaug.hub.pull import Pulled
    from lexaug.hub.trust import Finding
    from lexaug.hub.verify import Verification

_SHORT = 12


def published_table(results: Sequence[Published | tuple[str, LexaugError]]) -> Group:
    """Show what became of each adapter, and what deserves a look."""
    table = Table(title="published", title_justify="left")
    for column in ("adapter", "repository", "state", "commit", "files sent", "removed"):
        table.add_column(column)
    notes: list[Text] = []
    for result in results:
        if isinstance(result, Published):
            state = result.state + (f", tag {result.tag}" if result.tag and result.commit else "")
            sent, removed = result.changes.send, result.changes.remove
            row = (result.adapter, result.repository, state, result.commit[:_SHORT], f"{len(sent)}", f"{len(removed)}")
            notes += [_note(result.adapter, finding) for finding in result.warnings]
            table.add_row(*map(Text, row))
        else:
            table.add_row(Text(result[0]), "", Text("refused", "red"), "", "", "")
            notes.append(Text(f"{result[0]}: {result[1]}", "red"))
    return Group(table, *notes)


def pulled_table(done: Pulled) -> Group:
    """Show what was fetched and from which commit."""
    table = Table(title="fetched" if done.new else "there already", show_header=False, title_justify="left")
    for name, value in (
        ("folder", str(done.path)),
        ("repository", done.repository),
        ("commit", done.commit),
        ("language", done.language),
        ("bytes", f"{done.size:,}"),
    ):
        table.add_row(Text(name, "bold"), Text(value))
    return Group(table, *(_note("", finding) for finding in done.warnings))


def verified_table(adapter: str, found: Verification) -> Group:
    """Show each check, what it found, and the verdict."""
    title = Text(f"checks of {adapter}", "italic", no_wrap=True, overflow="ignore")  # a path is copied in one piece
    table = Table()
    table.add_column("check")
    table.add_column("result")
    for name, findings in found.checks:
        refused = any(finding.refused for finding in findings)
        table.add_row(name, Text("failed", "bold red") if refused else Text("passed", "green"))
    notes = [_note("", finding) for _, findings in found.checks for finding in findings]
    verdict = Text("sound", "bold green") if found.sound else Text("not sound: do not use it", "bold red")
    return Group(title, table, *notes, verdict)


def _note(adapter: str, finding: Finding) -> Text:
    place = f"{adapter}: " if adapter else ""
    return Text(f"{place}{finding}", "red" if finding.refused else "yellow")
