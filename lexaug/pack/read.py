"""Reading the sources of a pack."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lexaug.errors import FormatError
from lexaug.files import read_lines
from lexaug.lexicon import LexiconReading, read_lexicon
from lexaug.lexicon.entry import LexiconEntry
from lexaug.licences import is_excluded
from lexaug.morphology.readers import TableReading, read_table
from lexaug.morphology.row import ParadigmRow
from lexaug.pack.description import LexiconSource, TableSource
from lexaug.scripts import unify_look_alikes


@dataclass(frozen=True, slots=True)
class ReadLexicon:
    """A lexicon source: what its file gave, which entries are used, how many are left out by licence."""

    source: LexiconSource
    reading: LexiconReading
    entries: tuple[LexiconEntry, ...]
    excluded: int

    def licences(self) -> dict[str, str]:
        """Give the licences of the used entries, named by the file or by the file and the origin its rows state."""
        found: dict[str, str] = {}
        for entry in self.entries:
            licence = entry.origin.licence if entry.origin else self.source.licence
            label = entry.origin.label if entry.origin else ""
            own = licence != self.source.licence
            found[f"{self.source.file} (rows of {label or licence})" if own else self.source.file] = licence
        return found


@dataclass(frozen=True, slots=True)
class ReadParadigms:
    """A table source: what its file gave, its rows, and the lines where look-alike letters were replaced."""

    source: TableSource
    reading: TableReading
    rows: tuple[ParadigmRow, ...]
    mended: tuple[int, ...]


def read_pack_lexicon(path: Path, source: LexiconSource, code: str, excluded: Collection[str]) -> ReadLexicon:
    """Read a lexicon and leave out the entries under excluded licences; weights are multiplied by the source's.

    Raises:
        LexaugError: as `read_lexicon` does.

    """
    reading = read_lexicon(path, source.format, target_lang=code, licence=source.licence)
    verdicts = {
        name: is_excluded(name, excluded)
        for name in {entry.origin.licence for entry in reading.entries if entry.origin}
    }
    kept = [entry for entry in reading.entries if not (entry.origin and verdicts[entry.origin.licence])]
    if source.weight != 1:
        kept = [replace(entry, weight=entry.weight * source.weight) for entry in kept]
    return ReadLexicon(source, reading, tuple(kept), len(reading.entries) - len(kept))


def read_pack_table(path: Path, source: TableSource, code: str, *, strict: bool) -> ReadParadigms:
    """Read a table; in words that mix scripts, look-alike letters are replaced by those of the word's own script.

    Raises:
        LexaugError: as `read_table` does.

    """
    reading = read_table(path, source.format, lang=code, licence=source.licence, strict=strict)
    rows = tuple(map(_one_script, reading.rows))
    mended = tuple(old.line for old, new in zip(reading.rows, rows, strict=True) if old is not new)
    return ReadParadigms(source, reading, rows, mended)


def read_text(path: Path) -> Iterator[tuple[int, str]]:
    """Stream the lines of a text that hold something, with their numbers.

    Raises:
        FormatError: a byte is not UTF-8, a line is too long, or the whole text is empty.

    """
    empty = True
    for number, line in read_lines(path):
        if text := line.strip():
            empty = False
            yield number, text
    if empty:
        raise FormatError("the text is empty", file=path, hint="give text with one sentence per line")


def _one_script(row: ParadigmRow) -> ParadigmRow:
    if row.lemma.isascii() and row.form.isascii():
        return row
    lemma, form = unify_look_alikes(row.lemma), unify_look_alikes(row.form)
    return row if (lemma, form) == (row.lemma, row.form) else replace(row, lemma=lemma, form=form)
