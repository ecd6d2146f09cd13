"""What an English analyser says about one sentence, and the shape of an analyser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysed sentence in Universal Dependencies terms; all tuples have one item per syntactic word.

    `feats` holds UD feature names and values (an empty dictionary where a word has none). `heads` are 1-based as in
    CoNLL-U (0 is the root); exactly one word is the root. `text` is the sentence as it was read.
    """

    tokens: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    feats: tuple[dict[str, str], ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    text: str


class Analyser(Protocol):
    """Turns lines of plain text, one sentence each, into analyses in the same order; empty lines are left out."""

    def __call__(self, lines: Sequence[str]) -> Iterator[Analysis]:
        """Analyse sentences given as plain text."""
        ...

    def analyse_words(self, sentences: Sequence[Sequence[str]]) -> Iterator[Analysis]:
        """Analyse sentences that are already split into words."""
        ...
