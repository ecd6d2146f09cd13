"""Sentences with gold part-of-speech tags: what taggers are tuned on and scored on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from lexaug.conllu import SUFFIXES, read_blocks
from lexaug.errors import FormatError
from lexaug.files import read_lines
from lexaug.lexicon.pos import UPOS as UPOS_TAGS

UPOS = tuple(sorted(UPOS_TAGS))
"""The universal part-of-speech tags of Universal Dependencies v2, in alphabetical order."""


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """One sentence; `tokens` and `upos` have one item per syntactic word, `line` is where it starts in its file."""

    tokens: tuple[str, ...]
    upos: tuple[str, ...]
    id: str
    line: int = 0


def read_tagged(path: Path) -> list[TaggedSentence]:
    """Read all sentences of a `.conllu` or `.conll` file, or of any other name as one `token tag` pair per line.

    In the pair format the tag is what follows the last space or tab, and a blank line ends a sentence. Tags are kept as
    they stand, also those outside `UPOS`.

    Raises:
        MissingError: the file is not there.
        FormatError: a line does not fit its format, or the file holds no sentence.

    """
    sentences = list(_treebank(path) if path.suffix in SUFFIXES else _pairs(path))
    if not sentences:
        raise FormatError("holds no tagged sentence", file=path, hint="CoNLL-U, or one `token tag` pair per line")
    return sentences


def _treebank(path: Path) -> Iterator[TaggedSentence]:
    for count, block in enumerate(read_blocks(path), start=1):
        for row, line in zip(block.rows, block.lines, strict=True):
            if not row[3]:
                raise FormatError("the tag is empty", file=path, line=line, hint="write _ where there is none")
        yield TaggedSentence(block.forms, tuple(row[3] for row in block.rows), block.id or str(count), block.lines[0])


def _pairs(path: Path) -> Iterator[TaggedSentence]:
    words: list[tuple[str, str]] = []
    first = count = 0
    for number, line in chain(read_lines(path), [(0, "")]):
        if line.strip():
            first = first if words else number
            words.append(_pair(path, number, line))
        elif words:
            count += 1
            tokens, tags = zip(*words, strict=True)
            yield TaggedSentence(tokens, tags, str(count), first)
            words = []


def _pair(path: Path, number: int, line: str) -> tuple[str, str]:
    parts = line.strip().rsplit(maxsplit=1)
    if len(parts) != 2 or any(space in parts[0] for space in " \t"):
        raise FormatError(
            f"{len(line.split())} fields where `token tag` has two",
            file=path,
            line=number,
            hint="one token and one tag per line; name CoNLL-U files .conllu",
        )
    return parts[0], parts[1]
