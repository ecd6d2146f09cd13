"""Tables of a CSVW data set, as far as CLDF needs them: found by component, columns found by property."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lexaug.errors import FormatError, MissingError
from lexaug.files import inside, read_lines, require_file

MAX_METADATA_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file of a data set: where it lies, how it is written, and what its columns mean."""

    path: Path
    delimiter: str
    quote: str | None
    columns: dict[str, str]
    """Last part of the column's property URL (or its name, in lower case) → its name in the header."""

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Stream the rows as (line on which the row ends, header name → cell).

        Raises:
            FormatError: the table is empty, a row has another number of cells than the header, or quoting is broken.

        """
        lines = (f"{text}\n" for _, text in read_lines(self.path))
        reader = csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            quoting=csv.QUOTE_NONE if self.quote is None else csv.QUOTE_MINIMAL,
            strict=True,
        )
        try:
            header = next(reader, None)
            if header is None:
                raise FormatError("the table is empty", file=self.path, hint="it needs a header and rows")
            for cells in reader:
                if cells and len(cells) != len(header):
                    message = f"{len(header)} cells expected, {len(cells)} found"
                    raise FormatError(message, file=self.path, line=reader.line_num, hint="mend the row's quoting")
                if cells:
                    yield reader.line_num, dict(zip(header, cells, strict=True))
        except csv.Error as fault:
            hint = "mend the row's quoting"
            raise FormatError(f"broken CSV: {fault}", file=self.path, line=reader.line_num, hint=hint) from None

    def column(self, meaning: str, fallback: str = "") -> str:
        """Name the header of the column with that meaning; raise FormatError where it is missing."""
        name = self.columns.get(meaning.lower()) or self.columns.get(fallback.lower())
        if name is None:
            raise FormatError(f"no column for {meaning!r}", file=self.path, hint="the metadata must describe it")
        return name

    def optional(self, meaning: str) -> str | None:
        """Name the header of the column with that meaning, or None."""
        return self.columns.get(meaning.lower())


def read_metadata(path: Path) -> dict[str, Any]:
    """Read a metadata file; raise FormatError where it is no JSON object with tables."""
    if require_file(path).stat().st_size > MAX_METADATA_BYTES:
        message = f"metadata of more than {MAX_METADATA_BYTES:,} bytes"
        raise FormatError(message, file=path, hint="name the *-metadata.json file: it only describes the tables")
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        hint = "name the *-metadata.json file, whole and in UTF-8"
        raise FormatError(f"not JSON: {fault}", file=path, line=getattr(fault, "lineno", None), hint=hint) from None
    if not isinstance(value, dict) or not isinstance(value.get("tables"), list):
        raise FormatError("no CSVW metadata: it names no tables", file=path, hint="name the *-metadata.json file")
    return value


def find_table(metadata: dict[str, Any], component: str, path: Path) -> Table | None:
    """Find the table of a CLDF component (`EntryTable`), or None.

    Raises:
        FormatError: its description is not usable.
        MissingError: its file is not there.
        UnsafeError: its file lies outside the metadata's folder.

    """
    for table in metadata["tables"]:
        if isinstance(table, dict) and str(table.get("dc:conformsTo", "")).endswith(f"#{component}"):
            return _table(metadata, table, path)
    return None


def _table(metadata: dict[str, Any], table: dict[str, Any], path: Path) -> Table:
    if not isinstance(table.get("url"), str):
        raise FormatError("a table without url", file=path, hint="the metadata must say where each table lies")
    file = inside(path.parent, table["url"])
    if not file.is_file():
        hint = "unpack it first" if file.with_name(f"{file.name}.zip").is_file() else "is the data set complete?"
        raise MissingError("no such table", file=file, hint=hint)
    dialect = {**_object(metadata.get("dialect")), **_object(table.get("dialect"))}
    quote = dialect.get("quoteChar", '"')
    columns = _object(table.get("tableSchema")).get("columns", [])
    return Table(file, str(dialect.get("delimiter", ",")), quote or None, _columns(columns))


def _columns(described: object) -> dict[str, str]:
    columns: dict[str, str] = {}
    for column in described if isinstance(described, list) else []:
        name = _object(column).get("name")
        if isinstance(name, str):
            columns.setdefault(name.lower(), name)
            url = str(column.get("propertyUrl", ""))
            if "#" in url:
                columns[url.rpartition("#")[2].lower()] = name
    return columns


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
