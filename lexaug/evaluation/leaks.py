"""Nothing is scored that was trained on: sentences to be scored are looked for in everything that was learned from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lexaug.errors import FormatError, LeakError
from lexaug.pack.plain import sentence_key
from lexaug.synthesis.tagged import TaggedSentence
from lexaug.training.learned import Learned
from lexaug.training.output import sentence_mark
from lexaug.training.part_files import REMEDY
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from lexaug.evaluation.adapters import Run

SHORTEST = 4
"""Words below which two equal sentences say nothing ("Yes, please!")."""


def refuse_leaks(scored: Sequence[TaggedSentence], file: Path, learned: Iterable[Learned]) -> None:
    """Raise LeakError for the first sentence of `scored` that also stands in what was learned from.

    Args:
        scored: the sentences of a test or dev file.
        file: that file.
        learned: what was learned from.

    """
    places = {key: s for s in scored if len(s.tokens) >= SHORTEST and (key := sentence_key(s.tokens))}
    for found in learned:
        if sentence := places.get(found.key):
            where = f"{found.file.name}:{found.line}"
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
