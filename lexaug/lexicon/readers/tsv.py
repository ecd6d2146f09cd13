"""`tsv`: tab-separated with the header `english target pos source`, and maybe `weight` and `sense`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from lexaug.errors import FormatError
from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.pos import upos
from lexaug.lexicon.readers.columns import filled_lines, wrong_columns
from lexaug.lexicon.request import Item, ReadRequest

REQUIRED = ("english", "target")
OPTIONAL = ("pos", "source", "weight", "sense")
_MARK = re.compile(r"(?P<label>[^(]*)\((?P<licence>.*)\)")
_LICENCE_NAMES = {"GPL": "GPL-3.0-or-later"}
"""Names that are no SPDX identifiers. GPL without a version: the newest, which holds for GPL-2+ and GPL-3 sources."""


def read_tsv(request: ReadRequest) -> Iterator[Item]:
    """Read a table with header; columns stand in any order, `pos`, `source`, `weight` and `sense` may be missing.

    The column `source` names where a row comes from; a licence in parentheses behind the name, `apertium(GPL)`,
    overrides the file's.

    Raises:
        FormatError: the header lacks `english` or `target`, or holds a name twice or an unknown one.

    """
    lines = filled_lines(request)
    header = _header(next(lines, None), request)
    for number, text in lines:
        cells = text.split("\t")
        if len(cells) != len(header):
            yield wrong_columns(request, number, len(header), len(cells))
        else:
            yield _entry(request, number, dict(zip(header, cells, strict=True)))


def is_header(text: str) -> bool:
    """Tell whether a line names the columns that `tsv` needs."""
    return set(REQUIRED) <= {name.strip().lower() for name in text.split("\t")}


def _header(first: tuple[int, str] | None, request: ReadRequest) -> list[str]:
    if first is None:
        raise FormatError("the lexicon is empty", file=request.path, hint="it needs a header and rows")
    number, text = first
    names = [name.strip().lower() for name in text.split("\t")]
    if not is_header(text):
        hint = "the first line must be: english TAB target TAB pos TAB source; without header name the format pairs"
        raise FormatError("no header", file=request.path, line=number, hint=hint)
    if unknown := [name for name in names if name not in REQUIRED + OPTIONAL]:
        hint = f"known: {', '.join(REQUIRED + OPTIONAL)}"
        raise FormatError(f"unknown column {unknown[0]!r}", file=request.path, line=number, hint=hint)
    if len(set(names)) < len(names):
        double = next(name for name in names if names.count(name) > 1)
        hint = f"name {double!r} once, and take the other column out or give it its own name"
        raise FormatError("a column stands twice in the header", file=request.path, line=number, hint=hint)
    return names


def _entry(request: ReadRequest, number: int, row: dict[str, str]) -> Item:
    weight = _weight(row.get("weight", ""))
    if weight is None:
        return request.reject(number, f"weight {row['weight']!r} is not a positive number")
    label, licence = source_mark(row.get("source", ""))
    return LexiconEntry(
        source=row["english"],
        target=row["target"],
        pos=upos(row.get("pos", "")),
        weight=weight,
        sense=row.get("sense", ""),
        origin=request.origin(number, licence=licence, label=label),
    )


def _weight(text: str) -> float | None:
    if not text.strip():
        return 1.0
    try:
        weight = float(text)
    except ValueError:
        return None
    return weight if math.isfinite(weight) and weight > 0 else None


def source_mark(text: str) -> tuple[str, str]:
    """Split a cell of the column `source` into the source's name and the licence in parentheses, "" where none is."""
    found = _MARK.fullmatch(text.strip())
    if found is None:
        return text.strip(), ""
    licence = found["licence"].strip()
    return found["label"].strip(), _LICENCE_NAMES.get(licence, licence)
