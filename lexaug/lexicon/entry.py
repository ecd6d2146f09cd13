"""One fact of a bilingual lexicon and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact was read: file name, line from 1, SPDX licence expression, and the source the row itself names."""

    file: str
    line: int
    licence: str = "LicenseRef-unknown"
    label: str = ""


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """A source-language word or phrase and one translation.

    `source` and `target` are citation forms, words separated by one space. `pos` is a UD UPOS tag, or "" where the
    lexicon does not say. `weight` is relative among the translations of one source. `sense` is a gloss or sense label.
    """

    source: str
    target: str
    pos: str = ""
    weight: float = 1.0
    sense: str = ""
    origin: Origin | None = None
