"""Reading an inflection table into rows, with every unusable row accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from lexaug.errors import FormatError, Rejection
from lexaug.files import read_lines
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.readers.columns import Columns, Line, detect_columns, is_placeholder
from lexaug.morphology.readers.keyvalue import parse_features
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.schema import schema
from lexaug.registry import Registry, suggest

SAMPLE = 1000
"""Rows looked at to find the order of the columns."""

FORMATS = Registry("table format", {"unimorph": (3, 4), "sigmorphon": (3,)})
"""Format name to the numbers of columns it may have; both are read alike, the order being detected."""


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a table held.

    `rows` are the usable rows without doubles; `read` counts all rows (blank lines aside), `duplicates` the doubles
    left out. `column_order` is such as `lemma-form-features`. `unknown_tags` counts rows by tag outside the schema.
    """

    rows: tuple[ParadigmRow, ...]
    read: int
    rejected: tuple[Rejection, ...]
    column_order: str
    unknown_tags: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    file: str = ""
    lang: str = ""
    licence: str = "LicenseRef-unknown"


def read_table(
    path: Path,
    format: str | None = None,  # noqa: A002
    *,
    lang: str,
    licence: str = "LicenseRef-unknown",
    strict: bool = False,
) -> TableReading:
    """Read a UniMorph table or a SIGMORPHON file; the order of the columns is detected and said.

    Args:
        path: the file; text is brought to NFC.
        format: `unimorph` or `sigmorphon` (exactly three columns); None for either.
        lang: ISO 639-3 code of the language.
        licence: SPDX expression of the source.
        strict: raise at the first tag outside the schema instead of counting it.

    Raises:
        MissingError: no such file.
        FormatError: not UTF-8, empty, most rows of a wrong width, no bundles, forms covered, or, if strict, an
            unknown tag.
        ConfigError: unknown format.

    """
    lines = _split_lines(path)
    sample = list(islice(lines, SAMPLE))
    columns = detect_columns(sample, path)
    if format is not None and columns.width not in FORMATS[format]:
        raise FormatError(f"{columns.width} columns do not fit the format {format!r}", file=path, hint="try 'unimorph'")
    collector = _Collector(path, columns, strict)
    for number, cells in chain(sample, lines):
        collector.add(number, cells)
    return collector.reading(lang, licence)


def _split_lines(path: Path) -> Iterator[Line]:
    for number, text in read_lines(path):
        if text and not text.isspace():
            yield number, text.split("\t")


class _Collector:
    """Rows of one file as they come in."""

    def __init__(self, path: Path, columns: Columns, strict: bool) -> None:
        self.path, self.columns, self.strict = path, columns, strict
        self.read = self.misshapen = self.duplicates = 0
        self.rows: list[ParadigmRow] = []
        self.rejected: list[Rejection] = []
        self.unknown: Counter[str] = Counter()
        self.seen: set[tuple[str, str, FeatureBundle]] = set()
        self.bundles: dict[str, tuple[FeatureBundle | None, tuple[str, ...], str]] = {}

    def add(self, number: int, cells: list[str]) -> None:
        """Take one row, or note why it is no use."""
        self.read += 1
        reason = self._take(number, cells)
        if reason:
            self.rejected.append(Rejection(str(self.path), number, reason))

    def _take(self, number: int, cells: list[str]) -> str:
        columns = self.columns
        if len(cells) != columns.width:
            self.misshapen += 1
            return f"{columns.width} columns wanted, {len(cells)} found"
        lemma, form = cells[0].strip(), cells[columns.form].strip()
        if not lemma:
            return "empty lemma"
        if is_placeholder(form):
            return f"placeholder form {form!r}" if form else "empty form"
        bundle, unknown, fault = self._bundle(cells[columns.features].strip(), number)
        if bundle is None:
            return fault
        if unknown:
            self.unknown.update(unknown)
        key = lemma, form, bundle
        if key in self.seen:
            self.duplicates += 1
            return ""
        self.seen.add(key)
        segments = "" if columns.segmentation is None else cells[columns.segmentation].strip()
        self.rows.append(ParadigmRow(lemma, form, bundle, number, "" if segments == "-" else segments))
        return ""

    def _bundle(self, text: str, number: int) -> tuple[FeatureBundle | None, tuple[str, ...], str]:
        if (known := self.bundles.get(text)) is None:
            known = self.bundles[text] = _parse(text)
            if self.strict and known[1]:
                raise _unknown_tag(known[1][0], self.path, number)
        return known

    def reading(self, lang: str, licence: str) -> TableReading:
        """Close the file: refuse it if most rows were misshapen or none was of use."""
        if self.misshapen * 2 > self.read or not self.rows:
            first = self.rejected[0]
            raise FormatError(f"hardly a row is usable: {first.reason}", file=self.path, line=first.line)
        return TableReading(
            rows=tuple(self.rows),
            read=self.read,
            rejected=tuple(self.rejected),
            column_order=self.columns.order,
            unknown_tags=self.unknown,
            duplicates=self.duplicates,
            file=str(self.path),
            lang=lang,
            licence=licence,
        )


def _parse(text: str) -> tuple[FeatureBundle | None, tuple[str, ...], str]:
    if not text:
        return None, (), "empty features"
    try:
        bundle = parse_features(text)
    except FormatError as fault:
        return None, (), fault.message
    return bundle, tuple(sorted(bundle.unknown())), ""


def _unknown_tag(tag: str, path: Path, number: int) -> FormatError:
    near = " + ".join(schema().aliases.get(tag, ())) or suggest(tag, schema().tags)
    hint = f"did you mean {near}?" if near else "leave out --strict to count such tags instead"
    return FormatError(f"unknown feature tag {tag!r}", file=path, line=number, hint=hint)
