"""Packs and their reports as tables for people."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from lexaug.pack.pack import LanguagePack
from lexaug.pack.report import Coverage, Finding, PackReport, SourceReport

_STYLES = {"warning": "yellow", "error": "bold red"}


def pack_table(pack: LanguagePack) -> RenderableType:
    """Show what a pack holds."""
    sources = Table(box=None, header_style="bold")
    for heading in ("kind", "file", "format", "licence"):
        sources.add_column(heading)
    for kind, _, source in pack.description.sources():
        sources.add_row(kind, source.file, getattr(source, "format", None) or "", source.licence)
    spec = pack.language
    facts = _facts(
        [
            ("language", f"{spec.code} — {spec.name}" + (f" ({spec.autonym})" if spec.autonym else "")),
            ("family, order, script", ", ".join((spec.family or "?", spec.word_order or "?", *spec.scripts))),
            ("grammar", ", ".join(pack.description.grammar) or "none"),
            ("citation rules", ", ".join(pack.description.citation) or "none"),
            ("left out by licence", ", ".join(pack.exclude_licences) or "nothing"),
            ("licence of the whole", pack.licence),
            ("fingerprint", pack.fingerprint[:16]),
        ]
    )
    return Group(Text(f"{pack.name} {pack.description.version}", style="bold"), facts, Text(), sources)


def report_table(report: PackReport) -> RenderableType:
    """Show what a check found."""
    sources = Table(box=None, header_style="bold")
    sources.add_column("source", overflow="fold")
    sources.add_column("read as", overflow="fold")
    for heading in ("rows", "used", "rejected", "left out"):
        sources.add_column(heading, justify="right")
    sources.add_column("licence")
    for source in report.sources:
        sources.add_row(*_row(source))
    facts = _facts(
        [
            ("lexicon", f"{report.entries:,} entries"),
            ("table", f"{report.lemmas:,} lemmas"),
            *_coverage(report.coverage),
            ("licence of the whole", report.whole.licence),
        ]
    )
    findings = [_finding(finding) for finding in report.findings] or [Text("nothing to look at", style="green")]
    title = Text(f"{report.name} ({report.language})", style="bold")
    return Group(title, sources, Text(), facts, Text(), *findings)


def _row(source: SourceReport) -> tuple[str, ...]:
    rejected = sum(reason.rows for reason in source.rejected)
    numbers = (source.rows, source.used, rejected, source.excluded)
    return (source.file, source.detail, *(f"{number:,}" for number in numbers), source.licence)


def _coverage(coverage: Coverage) -> list[tuple[str, str]]:
    rows = []
    for name, plain, by_rules, count in (
        ("targets in the table", coverage.in_table, coverage.in_table_by_rules, coverage.targets),
        ("table lemmas reached", coverage.reached, coverage.reached_by_rules, coverage.lemmas),
    ):
        if plain is not None and by_rules is not None:
            rows.append((name, f"{plain:.1%} as they are, {by_rules:.1%} by the citation rules (of {count:,})"))
    if coverage.english is not None:
        words = f"{coverage.english_words:,} words ({coverage.english_source})"
        rows.append(("English covered", f"{coverage.english:.1%} of {words}"))
    return rows


def _facts(rows: list[tuple[str, str]]) -> Table:
    table = Table(box=None, show_header=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(name, value)
    return table


def _finding(finding: Finding) -> Text:
    place = ":".join(str(part) for part in (finding.file, finding.line) if part is not None)
    text = Text.assemble((f"{finding.severity}: ", _STYLES[finding.severity]), (f"{place}: ", "bold") if place else "")
    text.append(finding.message)
    return text.append(f" ({finding.hint})", style="dim") if finding.hint else text
