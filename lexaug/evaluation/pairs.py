"""Sentence pairs for retrieval: two line-aligned files, or two tables joined by `index_id`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from lexaug.doubles import find_double
from lexaug.errors import FormatError, LeakError
from lexaug.files import read_lines
from lexaug.pack.plain import sentence_key

ID, TEXT = "index_id", "text"
"""Columns of a SIB-200 table."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Sentences of the language and their English translations, in order.

    `lines` are the line numbers of `sources` in their file; `notes` say what was left out.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    lines: tuple[int, ...]
    notes: tuple[str, ...] = ()

    def without(self, seen: Collection[str], what: str, file: Path) -> Pairs:
        """Leave out the pairs of which a side has one of these keys (`sentence_key`); `what` says in a note why.

        Raises:
            LeakError: fewer than two are left (the line of the first in `file`, where the pairs are from, is given).

        """
        rows = list(zip(self.sources, self.targets, self.lines, strict=True))
        kept = [row for row in rows if not any(sentence_key([text]) in seen for text in row[:2])]
        if len(kept) == len(rows):
            return self
        count = len(rows) - len(kept)
        if len(kept) < 2:
            first = next(row[2] for row in rows if row not in kept)
            message = f"{count} of {len(rows)} pairs must be left out: {what}"
            raise LeakError(message, file=file, line=first, hint="give other pairs")
        note = f"{count} pairs left out: {what}"
        sources, targets, lines = zip(*kept, strict=True)
        return Pairs(sources, targets, lines, (*self.notes, note))

    @property
    def keys(self) -> set[str]:
        """The keys of both sides."""
        return {sentence_key([text]) for text in (*self.sources, *self.targets)}


def read_pairs(source: Path, target: Path) -> Pairs:
    """Read sentence pairs; both files are `.tsv` tables with `index_id` and `text`, or both hold a sentence per line.

    Raises:
        MissingError: a file is not there.
        FormatError: the files are one, or do not fit each other, with the line where they part; or fewer than two pairs
            are left.

    """
    if find_double([source, target]) is not None:
        hint = "give the sentences of the language and, in another file, their English translations"
        raise FormatError("is given for both sides", file=target, hint=hint)
    if (source.suffix == ".tsv") != (target.suffix == ".tsv"):
        raise FormatError(
            "one file is a table and the other is not", file=target, hint="give two .tsv tables or two texts"
        )
    pairs = _join(source, target) if source.suffix == ".tsv" else _align(source, target)
    if len(pairs.sources) < 2:
        raise FormatError(
            "fewer than two sentence pairs: nothing to choose from", file=source, hint="give a sentence per line"
        )
    return pairs


def _align(source: Path, target: Path) -> Pairs:
    rows: list[tuple[str, str, int]] = []
    blank = 0
    for left, right in zip_longest(_lines(source), _lines(target)):
        if left is None or right is None:
            short, longer, number = (source, target, right) if left is None else (target, source, left)
            assert number is not None
            raise FormatError(
                f"line {number[0]} stands in {longer.name} alone: the files are not line-aligned",
                file=short,
                line=number[0],
                hint="both files need the same number of lines",
            )
        if left[1] and right[1]:
            rows.append((left[1], right[1], left[0]))
        elif left[1] or right[1]:
            empty = target if left[1] else source
            raise FormatError("line is empty in this file alone", file=empty, line=left[0], hint="remove it from both")
        else:
            blank += 1
    notes = (f"{blank} lines are empty in both files and left out",) if blank else ()
    sources, targets, lines = zip(*rows, strict=True) if rows else ((), (), ())
    return Pairs(sources, targets, lines, notes)


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Give stripped lines, without the blank ones at the end."""
    waiting: list[tuple[int, str]] = []
    for number, line in read_lines(file):
        waiting.append((number, line.strip()))
        if line.strip():
            yield from waiting
            waiting.clear()


def _join(source: Path, target: Path) -> Pairs:
    left, right = _table(source), _table(target)
    both = [index for index in left if index in right]
    if not both:
        raise FormatError(f"no {ID} stands in both tables", file=source, hint=f"is {target.name} of the same split?")
    notes = tuple(
        f"{missing} rows of {file.name} have no partner and are left out"
        for file, table in ((source, left), (target, right))
        if (missing := len(table) - len(both))
    )
    return Pairs(
        tuple(left[index][0] for index in both),
        tuple(right[index][0] for index in both),
        tuple(left[index][1] for index in both),
        notes,
    )


def _table(file: Path) -> dict[str, tuple[str, int]]:
    """Read text and line by index."""
    rows = ((number, line.split("\t")) for number, line in read_lines(file) if line.strip())
    number, header = next(rows, (1, []))
    missing = [name for name in (ID, TEXT) if name not in header]
    if missing:
        raise FormatError(f"has no column {missing[0]!r}", file=file, line=number, hint="the first row names columns")
    index, text = header.index(ID), header.index(TEXT)
    found: dict[str, tuple[str, int]] = {}
    for number, row in rows:
        if len(row) != len(header):
            hint = "columns are separated by one tab"
            message = f"the header has {len(header)} columns, this row {len(row)}"
            raise FormatError(message, file=file, line=number, hint=hint)
        if not row[index] or not row[text].strip():
            raise FormatError(f"the {ID} or the text is empty", file=file, line=number, hint="remove it from both")
        if row[index] in found:
            raise FormatError(f"{ID} {row[index]} stands here a second time", file=file, line=number, hint="remove one")
        found[row[index]] = (row[text].strip(), number)
    return found
