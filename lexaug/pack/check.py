"""Checking a pack: every source is read to its end, and what is odd about it is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lexaug.doubles import equal_files, equal_note, require_distinct
from lexaug.files import inside
from lexaug.pack.coverage import measure_coverage
from lexaug.pack.description import TextSource
from lexaug.pack.grammar_check import grammar_findings
from lexaug.pack.leaks import find_pack_leaks
from lexaug.pack.load import load_pack
from lexaug.pack.pack import LanguagePack
from lexaug.pack.read import ReadLexicon, ReadParadigms, read_text
from lexaug.pack.report import Coverage, Finding, PackReport, Reason, SourceReport
from lexaug.scripts import mixed_script

LINES_SHOWN = 5
"""Lines named for each reason."""

FEW_TARGETS, FEW_LEMMAS = 0.05, 0.5
"""Smaller shares of lexicon targets in the table, and at once of table lemmas that targets reach, point to citation
forms that differ; a table that is merely small has few targets in it, but its lemmas are reached."""

LEFT_OUT = "left out by licence"
_VARYING = re.compile(r"'[^']*'|\d[\d,]*")
_MENDED = "mixed scripts in one word: look-alike letters replaced"
_MIXED = "mixed scripts in one word"


def check_pack(
    path: Path, strict: bool = False, *, sources: Sequence[Path] = (), held_out: Sequence[Path] = ()
) -> PackReport:
    """Read all of a pack and report rows, rejections, coverage, the licence of the whole and what is to be looked at.

    Args:
        path: the pack's folder.
        strict: whether an unknown feature tag of a table ends the check, and what the grammar has unknown is a finding
            of severity `error`.
        sources: English texts to measure coverage on, CoNLL-U or plain; by default a list of frequent words.
        held_out: files that are to be scored: what of them stands in the pack is a finding of severity `error`.

    Raises:
        LexaugError: the pack or one of its files is not readable or not safe, with place and remedy.

    """
    for files in (sources, held_out):
        require_distinct(files)
    pack = load_pack(path, strict=strict)
    reports = (
        *(_lexicon(read) for read in pack.read_lexicons),
        *(_table(read) for read in pack.read_tables),
        *(_text(text, pack) for text in pack.used_texts()),
        *(SourceReport(kind, out.file, out.licence, 0, 0, LEFT_OUT) for kind, out in pack.left_out()),
    )
    coverage = measure_coverage(pack, sources)
    findings = (
        *(finding for report in reports for finding in _of_source(report)),
        *_of_equal_files(pack),
        *grammar_findings(pack),
        *_of_licence(pack),
        *_of_whole(pack, coverage),
        *(Finding("error", str(leak), leak.file, leak.line, leak.remedy) for leak in find_pack_leaks(pack, held_out)),
    )
    return PackReport(
        path=str(pack.path),
        language=pack.language.code,
        name=pack.name,
        sources=reports,
        entries=len(pack.lexicon()),
        lemmas=len(pack.paradigms().lemmas),
        coverage=coverage,
        whole=pack.whole,
        findings=findings,
    )


def _lexicon(read: ReadLexicon) -> SourceReport:
    reading = read.reading
    return SourceReport(
        kind="lexicon",
        file=read.source.file,
        licence=read.source.licence,
        rows=reading.rows,
        used=len(read.entries),
        detail=reading.format,
        excluded=read.excluded,
        duplicates=sum(rejection.reason.startswith("duplicate") for rejection in reading.rejected),
        rejected=_reasons((rejection.reason, rejection.line) for rejection in reading.rejected),
        odd=_reasons(dict.fromkeys((finding.note, finding.line) for finding in reading.findings)),
    )


def _table(read: ReadParadigms) -> SourceReport:
    reading = read.reading
    return SourceReport(
        kind="paradigms",
        file=read.source.file,
        licence=read.source.licence,
        rows=reading.read,
        used=len(read.rows),
        detail=reading.column_order,
        duplicates=reading.duplicates,
        rejected=_reasons((rejection.reason, rejection.line) for rejection in reading.rejected),
        odd=_reasons((_MENDED, line) for line in read.mended)
        + _reasons((_MIXED, row.line) for row in read.rows if mixed_script(f"{row.lemma} {row.form}")),
        unknown_tags=tuple(reading.unknown_tags.most_common()),
    )


def _text(source: TextSource, pack: LanguagePack) -> SourceReport:
    count, odd = 0, []
    for number, line in read_text(inside(pack.path, source.file)):
        count += 1
        if mixed_script(line):
            odd.append((_MIXED, number))
    return SourceReport("text", source.file, source.licence, count, count, odd=_reasons(odd))


def _reasons(found: Iterable[tuple[str, int]]) -> tuple[Reason, ...]:
    """Group (reason, line) by reason, whatever names and numbers it holds; the most frequent first."""
    groups: dict[str, list[tuple[str, int]]] = {}
    for reason, line in found:
        groups.setdefault(_VARYING.sub("…", reason), []).append((reason, line))
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    return tuple(_reason(general, rows) for general, rows in ordered)


def _reason(general: str, rows: Sequence[tuple[str, int]]) -> Reason:
    example = rows[0][0]
    alike = all(reason == example for reason, _ in rows)
    lines = tuple(line for _, line in rows[:LINES_SHOWN])
    return Reason(example if alike else general, len(rows), lines, example)


def _of_source(report: SourceReport) -> Iterator[Finding]:
    for reason in report.rejected:
        message = f"{reason.rows:,} of {report.rows:,} rows not used: {reason}"
        yield Finding("warning", message, report.file, reason.lines[0])
    for reason in report.odd:
        yield Finding("warning", f"{reason.rows:,} of {report.rows:,} rows: {reason}", report.file, reason.lines[0])
    if report.duplicates and report.kind == "paradigms":
        yield Finding("warning", f"{report.duplicates:,} of {report.rows:,} rows stand twice", report.file)
    if report.unknown_tags:
        shown = ", ".join(f"{tag} ({count:,})" for tag, count in report.unknown_tags[:LINES_SHOWN])
        hint = "such tags never match a wish; --strict makes them an error"
        yield Finding("warning", f"feature tags outside the schema: {shown}", report.file, hint=hint)


def _of_equal_files(pack: LanguagePack) -> Iterator[Finding]:
    for _, sources in pack.description.kinds():
        names = {pack.path / source.file: source.file for source in sources}
        for first, second in equal_files(names):
            yield Finding("warning", equal_note(names[first], names[second]), names[second], hint="leave one out")


def _of_licence(pack: LanguagePack) -> Iterator[Finding]:
    whole = pack.whole
    if whole.unknown:
        message = f"terms unknown: {', '.join(whole.unknown)}"
        yield Finding("warning", message, hint="ask the source; what is made from it should not be given on until then")
    if whole.conflict is not None:
        hint = "leave the source out, or name its licence under exclude_licences in pack.toml"
        yield Finding("error", str(whole.conflict), hint=hint)


def _of_whole(pack: LanguagePack, coverage: Coverage) -> Iterator[Finding]:
    if not any(read.entries for read in pack.read_lexicons):
        yield Finding("warning", "no lexicon entry is in use: no word can be translated")
    elif coverage.english == 0:
        message = f"the lexicon has none of {coverage.english_words:,} words ({coverage.english_source})"
        yield Finding("warning", message, hint="are these English, and is a side of the lexicon?")
    if not pack.read_tables:
        yield Finding("warning", "no table is in use: words stay uninflected")
    elif (coverage.in_table_by_rules or 0) < FEW_TARGETS and (coverage.reached_by_rules or 0) < FEW_LEMMAS:
        shares = f"{coverage.in_table_by_rules or 0:.1%} of lexicon targets meet the table"
        message = f"{shares}, {coverage.reached_by_rules or 0:.1%} of table lemmas meet the lexicon"
        yield Finding("warning", message, hint="declare how their citation forms differ under [citation]")
