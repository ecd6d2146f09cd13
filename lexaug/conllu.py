"""CoNLL-U files as blocks of rows: the one reader under everything that asks treebanks for words, tags or trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lexaug.errors import FormatError
from lexaug.files import read_lines

SUFFIXES = (".conllu", ".conll")
COLUMNS = 10
_BETWEEN = re.compile(r"[0-9]+[-.][0-9]+")
"""Ids of multiword-token ranges and of empty nodes."""


class Block(NamedTuple):
    """A sentence: its `sent_id` and `text` ("" where not given), and the ten columns and line numbers of its words.

    Words are syntactic words: ranges of multiword tokens and empty nodes are left out.
    """

    id: str
    text: str
    rows: list[list[str]]
    lines: list[int]

    @property
    def forms(self) -> tuple[str, ...]:
        """The words."""
        return tuple(row[1] for row in self.rows)


def read_blocks(path: Path) -> Iterator[Block]:
    """Stream the sentences of a CoNLL-U file.

    Raises:
        MissingError: the file is not there.
        FormatError: a row has not ten columns, its first is no id, or its form is empty; or as `read_lines`.

    """
    rows: list[list[str]] = []
    lines: list[int] = []
    name = text = ""
    for number, line in read_lines(path):
        if not line.strip():
            if rows:
                yield Block(name, text, rows, lines)
            rows, lines, name, text = [], [], "", ""
        elif line[0] == "#":
            key, _, value = line[1:].partition("=")
            name = value.strip() if key.strip() == "sent_id" else name
            text = value.strip() if key.strip() == "text" else text
        elif (row := _row(line, path, number)) is not None:
            rows.append(row)
            lines.append(number)
    if rows:
        yield Block(name, text, rows, lines)


def _row(line: str, path: Path, number: int) -> list[str] | None:
    row = line.split("\t")
    if len(row) != COLUMNS:
        hint = "columns are separated by one tab"
        raise FormatError(f"CoNLL-U has {COLUMNS} columns, this row {len(row)}", file=path, line=number, hint=hint)
    if not row[0].isascii() or not row[0].isdecimal():
        if _BETWEEN.fullmatch(row[0]):
            return None
        hint = "is this CoNLL-U of Universal Dependencies?"
        raise FormatError(f"{row[0]!r} is no word id", file=path, line=number, hint=hint)
    if not row[1]:
        raise FormatError("the word is empty", file=path, line=number, hint="write _ where there is none")
    return row
