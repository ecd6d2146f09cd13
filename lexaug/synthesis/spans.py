"""Multiword lexicon entries in a sentence: runs of words, and verbs with a particle further on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lexaug.lexicon import Lexicon
from lexaug.synthesis.source import SourceSentence

_NEVER: Final = frozenset(("PUNCT", "SYM", "AUX", "NUM", "X", "PRON"))
_CONTENT: Final = frozenset(("NOUN", "VERB", "ADJ", "ADV", "PROPN", "INTJ"))


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words that one entry translates: their indices, the governing one of them, and the entry's source."""

    indices: tuple[int, ...]
    head: int
    source: str


class Spans:
    """Finds the multiword entries of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        phrases = {entry.source.lower() for entry in lexicon if " " in entry.source}
        self._openings = frozenset(tuple(phrase.split(" ", 2)[:2]) for phrase in phrases)
        self.phrases = frozenset(phrases)

    def find(self, sentence: SourceSentence) -> dict[int, Span]:
        """Give the runs in a sentence by the index of their governing word; they do not overlap."""
        lemmas = [lemma.lower() for lemma in sentence.lemmas]
        if self._openings.isdisjoint(pairwise(lemmas)):
            return {}
        found: dict[int, Span] = {}
        index = 0
        while index < len(lemmas) - 1:
            length = 0
            if (lemmas[index], lemmas[index + 1]) in self._openings:
                length, _ = self._lexicon.longest_match(lemmas, index)
            span = self._span(sentence, lemmas, index, length) if length else None
            if span is not None:
                found[span.head] = span
            index += length if span is not None else 1
        return found

    def _span(self, sentence: SourceSentence, lemmas: list[str], start: int, length: int) -> Span | None:
        """Make a span if its words hang together: one governor, at least one content word."""
        indices = tuple(range(start, start + length))
        tags = {sentence.upos[index] for index in indices}
        heads = [index for index in indices if not start <= sentence.heads[index] - 1 < start + length]
        if len(heads) != 1 or tags & _NEVER or not tags & _CONTENT or "be" in lemmas[start : start + length]:
            return None
        return Span(indices, heads[0], " ".join(lemmas[start : start + length]))
