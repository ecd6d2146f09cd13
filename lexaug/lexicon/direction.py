"""On which side of a lexicon English stands: seen from frequent words, told from file names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from lexaug.lexicon.codes import same_language
from lexaug.lexicon.frequent_english import FREQUENT_ENGLISH
from lexaug.lexicon.request import ReadRequest

CLEAR = 3
"""English is said to stand on one side where this many times more frequent English words stand there."""

MINIMUM = 2
"""Fewer frequent words than this say nothing."""


def english_side(pairs: Iterable[tuple[str, str]]) -> str:
    """Tell where English stands in (left, right) pairs: "left", "right", or "" where it is not clear."""
    left = right = 0
    for one, other in pairs:
        left += _is_frequent(one)
        right += _is_frequent(other)
    if left >= MINIMUM and left > CLEAR * right:
        return "left"
    if right >= MINIMUM and right > CLEAR * left:
        return "right"
    return ""


def side_named(path: Path, request: ReadRequest) -> str:
    """Tell the side of the source language from a name such as `eng-swh.tei` or `apertium-cym-eng.cym-eng.dix`.

    Returns "left", "right", or "" where the last two language tags before the suffix do not name it on one side.
    """
    found = re.search(r"([A-Za-z]{2,3})[-_]([A-Za-z]{2,3})(?:\.\w+)?$", path.name)
    if found is None:
        return ""
    sides = [same_language(tag.lower(), request.source_lang) for tag in found.groups()]
    return {(True, False): "left", (False, True): "right"}.get((sides[0], sides[1]), "")


def _is_frequent(text: str) -> bool:
    word = text.strip().lower()
    return len(word) > 2 and word.removeprefix("to ") in FREQUENT_ENGLISH
