"""`pairs` and `pairs-reverse`: two columns without header, as MUSE, PanLex and many word lists have them."""

from __future__ import annotations

from collections.abc import Iterator

from lexaug.errors import Rejection
from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.readers.columns import filled_lines, wrong_columns
from lexaug.lexicon.request import Item, ReadRequest


def read_pairs(request: ReadRequest) -> Iterator[Item]:
    """Read `source target` pairs: separated by a tab, or by white space where a line has no tab and two words."""
    for row in _rows(request):
        yield row if isinstance(row, Rejection) else _entry(request, row[0], row[1], row[2])


def read_pairs_reverse(request: ReadRequest) -> Iterator[Item]:
    """Read `target source` pairs, otherwise as `read_pairs`."""
    for row in _rows(request):
        yield row if isinstance(row, Rejection) else _entry(request, row[0], row[2], row[1])


def _rows(request: ReadRequest) -> Iterator[tuple[int, str, str] | Rejection]:
    for number, text in filled_lines(request):
        cells = text.split("\t") if "\t" in text else text.split()
        if len(cells) == 2:
            yield number, cells[0], cells[1]
        else:
            yield wrong_columns(request, number, 2, len(cells))


def _entry(request: ReadRequest, number: int, source: str, target: str) -> LexiconEntry:
    return LexiconEntry(source, target, origin=request.origin(number))
