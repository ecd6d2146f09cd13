"""Words and sentences of text files, for counting and comparing only (synthesis has a full CoNLL-U reader)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lexaug.errors import FormatError
from lexaug.files import read_lines

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
CONLLU_COLUMNS = 10


class TreebankWord(NamedTuple):
    """A word of a treebank."""

    form: str
    lemma: str
    upos: str


def words_of(text: str) -> list[str]:
    """Cut text into words: runs of letters and digits, joined by apostrophes and hyphens inside."""
    return _WORD.findall(text)


def conllu_sentences(path: Path) -> Iterator[list[TreebankWord]]:
    """Stream the sentences of a CoNLL-U file; multiword ranges and empty nodes are left out.

    Raises:
        FormatError: a word's line has not ten columns.

    """
    sentence: list[TreebankWord] = []
    for number, line in read_lines(path):
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) != CONLLU_COLUMNS:
                reason = f"{len(cells)} columns instead of {CONLLU_COLUMNS}"
                raise FormatError(reason, file=path, line=number, hint="is this CoNLL-U?")
            if cells[0].isdigit():
                sentence.append(TreebankWord(cells[1], cells[2], cells[3]))
        elif not line.strip() and sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def sentence_key(words: Iterable[str]) -> str:
    """Give what two printings of the same sentence share: its letters and digits without case."""
    return "".join(letter for word in words for letter in word.casefold() if letter.isalnum())
