"""What a reader is asked to read, and what a reader is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from lexaug.errors import Rejection
from lexaug.lexicon.entry import LexiconEntry, Origin
from lexaug.licences import UNKNOWN


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """One lexicon file, the two languages wanted from it (ISO 639-3) and the licence its user states."""

    path: Path
    source_lang: str
    target_lang: str
    licence: str = UNKNOWN

    def origin(self, line: int, *, licence: str = "", label: str = "") -> Origin:
        """Say where a fact stands; a licence that the row itself states overrides the file's."""
        return Origin(self.path.name, line, self.licence_of(licence), label)

    def licence_of(self, stated: str) -> str:
        """Give the licence of a row by what it states itself; nothing and `LicenseRef-unknown` leave it the file's."""
        return self.licence if stated in ("", UNKNOWN) else stated

    def reject(self, line: int, reason: str) -> Rejection:
        """Say why a row cannot be used."""
        return Rejection(str(self.path), line, reason)


Item: TypeAlias = LexiconEntry | Rejection
Reader: TypeAlias = Callable[[ReadRequest], Iterator[Item]]
"""A reader streams the entries of a file and, in their place, the reasons why rows gave none."""

WRONG_COLUMNS = "wrong number of columns"
"""How the reason of a row with too few or too many columns begins; mostly such rows make the whole file unusable."""
