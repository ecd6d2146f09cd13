"""The tagged sentences that systems are tuned and scored on, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lexaug.errors import FormatError
from lexaug.evaluation.statistics import Outcome
from lexaug.files import fingerprint
from lexaug.pack.plain import sentence_key
from lexaug.synthesis.tagged import UPOS, TaggedSentence, read_tagged

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gold:
    """Sentences with gold tags; `tags` [words of all sentences] are numbers of `UPOS`, -1 for any other tag."""

    file: str
    sentences: tuple[TaggedSentence, ...]
    words: tuple[tuple[str, ...], ...]
    tags: Numbers
    fingerprint: str

    @property
    def unscored(self) -> int:
        """Count the words whose tag is none of `UPOS`."""
        return int((self.tags < 0).sum())

    def accuracy(self, log_probabilities: Floats) -> float:
        """Per cent of the scored words whose best tag is the gold one."""
        right = (log_probabilities.argmax(axis=1) == self.tags).sum()
        return float(100 * right / (self.tags >= 0).sum())

    def outcome(self, runs: Sequence[Floats]) -> Outcome:
        """Count right words per sentence for the log-probabilities [words, tags] of each seed's run."""
        owners = np.repeat(np.arange(len(self.words)), [len(words) for words in self.words])
        size = len(self.words)
        right = [np.bincount(owners[run.argmax(axis=1) == self.tags], minlength=size) for run in runs]
        total = np.bincount(owners[self.tags >= 0], minlength=size)
        return Outcome(np.array(right, dtype=np.float64), total.astype(np.float64))


def tag_numbers(sentences: Sequence[TaggedSentence]) -> Numbers:
    """Give the number in `UPOS` of each word's tag, -1 for any other."""
    number = {tag: index for index, tag in enumerate(UPOS)}
    return np.array([number.get(tag, -1) for sentence in sentences for tag in sentence.upos], dtype=np.int64)


def as_gold(sentences: Sequence[TaggedSentence], file: Path | str, digest: str = "") -> Gold:
    """Make sentences gold: number their tags.

    Raises:
        FormatError: no word carries a tag of `UPOS`.

    """
    tags = tag_numbers(sentences)
    if not (tags >= 0).any():
        raise FormatError("no word carries a UPOS tag", file=file, hint=f"the tags are {', '.join(UPOS)}")
    return Gold(str(file), tuple(sentences), tuple(s.tokens for s in sentences), tags, digest)


def read_gold(file: Path, *, without: Gold | None = None) -> Gold:
    """Read a tagged file; sentences that also stand in `without` are left out.

    Raises:
        MissingError: the file is not there.
        FormatError: it is not readable as tagged sentences, or nothing is left to score.

    """
    taken = {sentence_key(words) for words in without.words} if without else set()
    sentences = [sentence for sentence in read_tagged(file) if sentence_key(sentence.tokens) not in taken]
    if without is not None and not sentences:
        raise FormatError(
            f"every sentence also stands in {without.file}", file=file, hint="choose settings on other sentences"
        )
    return as_gold(sentences, file, fingerprint(file))
