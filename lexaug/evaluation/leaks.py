"""Nothing is scored that was trained on: sentences to be scored are looked for in everything that was learned from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lexaug.conllu import SUFFIXES
from lexaug.errors import FormatError, LeakError
from lexaug.files import read_lines
from lexaug.pack.plain import passage_keys, sentence_key
from lexaug.synthesis.tagged import TaggedSentence, read_tagged
from lexaug.training.output import sentence_mark
from lexaug.training.part_files import REMEDY
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from lexaug.evaluation.adapters import Run

SHORTEST = 4
"""Words below which two equal sentences say nothing ("Yes, please!")."""


class Texts(Protocol):
    """What has monolingual text of the language: a language pack."""

    def texts(self) -> Iterator[str]:
        """Stream its lines."""
        ...


def refuse_leaks(scored: Sequence[TaggedSentence], file: Path, learned: Iterable[tuple[str, str]]) -> None:
    """Raise LeakError for the first sentence of `scored` that also stands in what was learned from.

    Args:
        scored: the sentences of a test or dev file.
        file: that file.
        learned: pairs of where a sentence stands, in words, and its `sentence_key`.

    """
    places = {key: s for s in scored if len(s.tokens) >= SHORTEST and (key := sentence_key(s.tokens))}
    for where, found in learned:
        if sentence := places.get(found):
            raise LeakError(
                f"sentence {sentence.id!r} also stands in {where}: it would be scored on what was learned",
                file=file,
                line=sentence.line,
                hint="take it out of the one or the other",
            )


def refuse_chosen(scored: Sequence[TaggedSentence], file: Path, run: Run) -> None:
    """Raise LeakError for the first sentence of `scored` that the adapter's weights were chosen on, as dev.

    FormatError where its manifest does not say on which they were.
    """
    marks = run.manifest.get("dev")
    if not isinstance(marks, list):
        raise FormatError("does not say what it was chosen on", file=run.folder / MANIFEST, hint=REMEDY)
    for sentence in scored:
        if len(sentence.tokens) >= SHORTEST and sentence_mark(sentence.tokens) in marks:
            raise LeakError(
                f"sentence {sentence.id!r} also stands in the dev set of {run.folder.name}, which chose its weights",
                file=file,
                line=sentence.line,
                hint="score on other sentences, or train with another --dev",
            )


def learned_text(pack: Texts | None, files: Collection[Path], tagged: Iterable[Path] = ()) -> Iterator[tuple[str, str]]:
    """Stream place and key of every sentence, and line of text, that was learned from.

    Args:
        pack: its texts.
        files: sources of pseudo-text: CoNLL-U, or text line by line.
        tagged: files of tagged sentences, as `read_tagged` reads them.

    """
    for number, line in enumerate(pack.texts() if pack else (), start=1):
        for key in passage_keys(line):
            yield f"the pack's texts (line {number})", key
    for file in dict.fromkeys((*tagged, *(file for file in files if file.suffix in SUFFIXES))):
        for sentence in read_tagged(file):
            yield f"{file.name}:{sentence.line}", sentence_key(sentence.tokens)
    for file in (file for file in files if file.suffix not in SUFFIXES):
        for number, line in read_lines(file):
            yield f"{file.name}:{number}", sentence_key([line])
