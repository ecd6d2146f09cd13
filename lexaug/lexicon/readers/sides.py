"""Two-sided dictionaries whose direction stands in the file name or shows in the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

from lexaug.lexicon.direction import english_side, side_named
from lexaug.lexicon.request import ReadRequest

SAMPLE = 2000
"""Records looked at where the file name says nothing."""

T = TypeVar("T")


def source_is_left(
    request: ReadRequest, records: Iterable[tuple[str, str, T]]
) -> tuple[bool, Iterator[tuple[str, str, T]]]:
    """Tell whether the source language stands left, from the file name or else from the words.

    Args:
        request: what is read.
        records: (left, right, whatever) as they stand in the file.

    Returns:
        whether the left side is the source language (so it is taken where nothing tells), and the records again.

    """
    named = side_named(request.path, request)
    if named or request.source_lang != "eng":
        return named != "right", iter(records)
    stream = iter(records)
    sample = list(islice(stream, SAMPLE))
    return english_side((left, right) for left, right, _ in sample) != "right", chain(sample, stream)
