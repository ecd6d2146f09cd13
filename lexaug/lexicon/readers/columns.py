"""Rows of tab-separated text; quotation marks are letters like any other."""

from __future__ import annotations

from collections.abc import Iterator

from lexaug.errors import Rejection
from lexaug.files import read_lines
from lexaug.lexicon.request import WRONG_COLUMNS, ReadRequest

Row = tuple[int, list[str]]


def filled_lines(request: ReadRequest) -> Iterator[tuple[int, str]]:
    """Stream the lines that hold more than white space."""
    return ((number, text) for number, text in read_lines(request.path) if text.strip())


def two_columns(request: ReadRequest) -> Iterator[Row | Rejection]:
    """Stream the rows of a headerless two-column file; other rows become rejections."""
    for number, text in filled_lines(request):
        cells = text.split("\t")
        yield (number, cells) if len(cells) == 2 else wrong_columns(request, number, 2, len(cells))


def wrong_columns(request: ReadRequest, line: int, wanted: int, found: int) -> Rejection:
    """Say that a row has too few or too many columns."""
    return request.reject(line, f"{WRONG_COLUMNS}: {wanted} expected, {found} found")
