"""Reading a lexicon file of any known format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lexaug.errors import Rejection
from lexaug.lexicon.checks import Finding, check_direction, check_rejections, tidy
from lexaug.lexicon.entry import LexiconEntry, Origin
from lexaug.lexicon.formats import FORMATS, detect_format
from lexaug.lexicon.request import WRONG_COLUMNS, ReadRequest


@dataclass(frozen=True, slots=True)
class LexiconReading:
    """What a file gave.

    `rows` counts the candidate facts: every one is an entry or a rejection, so it is the sum of both. A dictionary
    article with three glosses counts three. `findings` are odd rows that were used all the same.
    """

    entries: tuple[LexiconEntry, ...]
    rows: int
    rejected: tuple[Rejection, ...]
    findings: tuple[Finding, ...] = ()
    format: str = ""


def read_lexicon(
    path: Path,
    format: str | None = None,  # noqa: A002 - the name that users know from the command line
    *,
    source_lang: str = "eng",
    target_lang: str,
    licence: str = "LicenseRef-unknown",
) -> LexiconReading:
    """Read a lexicon file.

    Args:
        path: the file; for `cldf` also the data set's folder.
        format: a name in `FORMATS`; None finds it from the file's name and first lines.
        source_lang: ISO 639-3 code of the language to translate from.
        target_lang: ISO 639-3 code of the language to translate into.
        licence: SPDX expression of the file, kept with every fact that does not state its own.

    Raises:
        ConfigError: the format is unknown or cannot be found out.
        FormatError: the file is not of the format, is empty, has mostly unusable rows, or runs in the wrong direction.
        MissingError: the file is not there.
        UnsafeError: an XML file declares entities, or a CLDF table lies outside its folder.

    """
    name = detect_format(path, source_lang) if format is None else format
    request = ReadRequest(path, source_lang, target_lang, licence)
    reading = _Gathering(request)
    for item in FORMATS[name](request):
        if isinstance(item, Rejection):
            reading.rejected.append(item)
        else:
            reading.take(item)
    rows = len(reading.entries) + len(reading.rejected)
    check_rejections(reading.rejected, rows, path, WRONG_COLUMNS)
    if source_lang == "eng":
        check_direction(reading.entries, path, name)
    return LexiconReading(tuple(reading.entries), rows, tuple(reading.rejected), tuple(reading.findings), format=name)


class _Gathering:
    """The entries, rejections and findings of one file while it is read."""

    def __init__(self, request: ReadRequest) -> None:
        self.entries: list[LexiconEntry] = []
        self.rejected: list[Rejection] = []
        self.findings: list[Finding] = []
        self._request = request
        self._first_lines: dict[tuple[str, str, str, str, str], int] = {}

    def take(self, item: LexiconEntry) -> None:
        """Keep a usable, new entry; two sources that a file names may state the same fact."""
        origin = item.origin or Origin(self._request.path.name, 0)
        notes: list[str] = []
        entry = tidy(item, self._request.source_lang, notes.append)
        if isinstance(entry, str):
            self.rejected.append(self._request.reject(origin.line, entry))
            return
        fact = (entry.source, entry.target, entry.pos, origin.label, origin.licence)
        if fact in self._first_lines:
            self.rejected.append(self._request.reject(origin.line, f"duplicate of line {self._first_lines[fact]}"))
            return
        self._first_lines[fact] = origin.line
        self.entries.append(entry)
        self.findings += [Finding(str(self._request.path), origin.line, note) for note in notes]
