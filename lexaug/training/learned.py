"""What is learned from, sentence by sentence: the pack's texts, the sources of its pseudo-text, tagged sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lexaug.conllu import SUFFIXES
from lexaug.files import read_lines
from lexaug.pack.plain import passage_keys, sentence_key
from lexaug.synthesis.tagged import read_tagged

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack


class Learned(NamedTuple):
    """A sentence, or a line of text: where it stands, and its `sentence_key`."""

    file: Path
    line: int
    key: str


def learned_sentences(
    pack: LanguagePack | None, sources: Collection[Path], tagged: Collection[Path] = ()
) -> Iterator[Learned]:
    """Stream every sentence that is learned from; lines of a pack's text give the sentences in them too.

    Args:
        pack: its texts.
        sources: sources of pseudo-text: CoNLL-U, or text line by line.
        tagged: files of tagged sentences, as `read_tagged` reads them.

    Raises:
        MissingError, FormatError: a file is not there or not readable.

    """
    for path, number, line in pack.text_lines() if pack else ():
        yield from (Learned(path, number, key) for key in passage_keys(line))
    for path in dict.fromkeys((*tagged, *sources)):
        if path in tagged or path.suffix in SUFFIXES:
            yield from (Learned(path, found.line, sentence_key(found.tokens)) for found in read_tagged(path))
        else:
            yield from (Learned(path, number, sentence_key([line])) for number, line in read_lines(path))
