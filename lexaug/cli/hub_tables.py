"""Tables for people: what was published, what was fetched, what a check found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from lexaug.hub.publish import Published
from lexaug.written import written_out

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
        table.add_column(column, overflow="fold")
    notes: list[Text] = []
    for result in results:
        if isinstance(result, Published):
            sent, removed = result.changes.send, result.changes.remove
            row = (result.adapter, result.repository, _state(result), result.commit[:_SHORT], len(sent), len(removed))
            notes += [_note(result.adapter, finding) for finding in result.warnings]
            table.add_row(*(Text(str(cell)) for cell in row))
        else:
            table.add_row(Text(result[0]), "", Text("refused", "red"), "", "", "")
            notes.append(Text(written_out(f"{result[0]}: {result[1]}"), "red"))
    return Group(table, *notes)


def published_facts(done: Published) -> Group:
    """Show what became of one adapter: of a dry run, what would be sent."""
    checked = done.state == "checked"
    facts = {
        "folder": done.adapter,
        "repository": done.repository,
        "commit": done.commit,
        "would be sent" if checked else "sent": ", ".join(done.changes.send) or "nothing",
        "removed": ", ".join(done.changes.remove),
        "bytes": f"{done.size:,}",
        "to look at": str(done.output or ""),
    }
    title = "checked, nothing was sent" if checked else _state(done)
    return Group(_facts(title, facts), *(_note("", finding) for finding in done.warnings))


def pulled_table(done: Pulled) -> Group:
    """Show what was fetched and from which commit."""
    facts = {
        "folder": str(done.path),
        "repository": done.repository,
        "commit": done.commit,
        "language": done.language,
        "bytes": f"{done.size:,}",
    }
    title = "fetched" if done.new else "there already"
    return Group(_facts(title, facts), *(_note("", finding) for finding in done.warnings))


def _state(done: Published) -> str:
    return done.state + (f", tag {done.tag}" if done.tag and done.commit else "")


def _facts(title: str, facts: Mapping[str, str]) -> Table:
    """Lay out what is known of one thing; what is empty is left out."""
    table = Table(title=title, show_header=False, title_justify="left")
    table.add_column()
    table.add_column(overflow="fold")
    for name, value in facts.items():
        if value:
            table.add_row(Text(name, "bold"), Text(value))
    return table


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
    verdict = Text("sound", "bold green") if found.sound else Text("not sound: do not use it as it is", "bold red")
    return Group(title, table, *notes, verdict)


def _note(adapter: str, finding: Finding) -> Text:
    place = f"{adapter}: " if adapter else ""
    return Text(written_out(f"{place}{finding}"), "red" if finding.refused else "yellow")
