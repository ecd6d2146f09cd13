"""Sentences with gold part-of-speech tags: what taggers are tuned on and scored on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lexaug.errors import FormatError
from lexaug.files import read_lines
from lexaug.lexicon.pos import UPOS as UPOS_TAGS
from lexaug.pack.safety import TREEBANKS

UPOS = tuple(sorted(UPOS_TAGS))
"""The universal part-of-speech tags of Universal Dependencies v2, in alphabetical order."""

_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """One sentence; `tokens` and `upos` have one item per syntactic word, `line` is where it starts in its file."""

    tokens: tuple[str, ...]
    upos: tuple[str, ...]
    id: str
    line: int = 0


@dataclass(slots=True)
class _Open:
    """The sentence being read."""

    tokens: list[str]
    upos: list[str]
    id: str = ""
    line: int = 0

    def close(self, count: int) -> TaggedSentence:
        return TaggedSentence(tuple(self.tokens), tuple(self.upos), self.id or str(count + 1), self.line)


def read_tagged(path: Path) -> list[TaggedSentence]:
    """Read all sentences of a `.conllu` or `.conll` file, or of any other name as one `token tag` pair per line.

    In CoNLL-U, multiword-token ranges and empty nodes are skipped. In the pair format the tag is what follows the last
    space or tab, and a blank line ends a sentence. Tags are kept as they stand, also those outside `UPOS`.

    Raises:
        MissingError: the file is not there.
        FormatError: a line does not fit its format, or the file holds no sentence.

    """
    rows = _conllu_rows(path) if path.suffix in TREEBANKS else _pair_rows(path)
    sentences: list[TaggedSentence] = []
    current = _Open([], [])
    for number, row in rows:
        if isinstance(row, str):
            current.id = row
        elif row is not None:
            current.line = current.line or number
            current.tokens.append(row[0])
            current.upos.append(row[1])
        elif current.tokens:
            sentences.append(current.close(len(sentences)))
            current = _Open([], [])
    if current.tokens:
        sentences.append(current.close(len(sentences)))
    if not sentences:
        raise FormatError("holds no tagged sentence", file=path, hint="CoNLL-U, or one `token tag` pair per line")
    return sentences


Row = tuple[str, str] | str | None
"""A token with its tag, the id of the sentence, or the end of the sentence."""


def _conllu_rows(path: Path) -> Iterator[tuple[int, Row]]:
    for number, line in read_lines(path):
        if not line.strip():
            yield number, None
        elif line.startswith("#"):
            key, _, value = line[1:].partition("=")
            if key.strip() == "sent_id":
                yield number, value.strip()
        elif (row := _conllu_row(path, number, line)) is not None:
            yield number, row


def _conllu_row(path: Path, number: int, line: str) -> tuple[str, str] | None:
    columns = line.split("\t")
    if len(columns) != _COLUMNS:
        raise FormatError(
            f"{len(columns)} columns where CoNLL-U has {_COLUMNS}",
            file=path,
            line=number,
            hint="columns are separated by one tab",
        )
    if not columns[0].isascii() or not columns[0].replace("-", "").replace(".", "").isdigit():
        raise FormatError(f"{columns[0]!r} is no token number", file=path, line=number, hint="is this CoNLL-U?")
    if not columns[0].isdigit():
        return None
    if not columns[1] or not columns[3]:
        raise FormatError("the form or its tag is empty", file=path, line=number, hint="write _ where there is none")
    return columns[1], columns[3]


def _pair_rows(path: Path) -> Iterator[tuple[int, Row]]:
    for number, line in read_lines(path):
        if not line.strip():
            yield number, None
            continue
        parts = line.strip().rsplit(maxsplit=1)
        if len(parts) != 2 or any(space in parts[0] for space in " \t"):
            raise FormatError(
                f"{len(line.split())} fields where `token tag` has two",
                file=path,
                line=number,
                hint="one token and one tag per line; name CoNLL-U files .conllu",
            )
        yield number, (parts[0], parts[1])
