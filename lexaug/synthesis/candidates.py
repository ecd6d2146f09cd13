"""Which translations of a word come into question, with what weight, and which lemma of the table each one is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lexaug.lexicon import CitationRules, Lexicon
from lexaug.lexicon.entry import LexiconEntry
from lexaug.morphology.grammar import Grammar
from lexaug.morphology.table import ParadigmTable

TABLE_POS: Final = {
    "NOUN": ("N",),
    "PROPN": ("PROPN", "N"),
    "VERB": ("V",),
    "AUX": ("V", "AUX"),
    "ADJ": ("ADJ",),
    "NUM": ("NUM",),
    "PRON": ("PRO",),
    "DET": ("DET",),
    "ADV": ("ADV",),
}
"""UniMorph parts of speech that a UPOS tag's paradigms stand under."""
PREFER_TABLE: Final = 5.0
"""Default factor on the weight of a translation that the table inflects."""
_OTHER_CLASS: Final = 0.05
"""Factor on a translation without part of speech that the table, or its shape, says is another part of speech."""
_EXTRA_WORD: Final = 0.3
"""Factor for each word beyond the first: long translations are more often glosses than words."""
_AFFIX: Final = 0.1
"""Factor on what is written as an affix (`-a`, `oaive-`)."""
_OPEN: Final = frozenset(("NOUN", "VERB", "ADJ"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One translation: its words, and the table's lemma for the word at `at` ("" where the table has none).

    `stem` is that word as the table would list it if it had it, "" where it is of another word class.
    """

    words: tuple[str, ...]
    weight: float
    lemma: str = ""
    table_pos: str = ""
    at: int = 0
    stem: str = ""


class Candidates:
    """The translations of source lemmas, best description first, remembered."""

    def __init__(
        self,
        lexicon: Lexicon,
        table: ParadigmTable,
        grammar: Grammar,
        citation: CitationRules,
        *,
        prefer_table: float = PREFER_TABLE,
    ) -> None:
        self._lexicon = lexicon
        self._table = table
        self._citation = citation
        self._prefer_table = prefer_table
        self._head_first = grammar.order.head == "first"
        self._shapes = {upos: re.compile(pattern) for upos, pattern in grammar.shapes.items()}
        self.find = lru_cache(maxsize=50_000)(self._find)

    def _find(self, lemma: str, upos: str) -> tuple[Candidate, ...]:
        """Give the candidates for a lemma and UPOS, in the lexicon's order."""
        entries = [entry for entry in self._lexicon.lookup(lemma, upos) if _fits(entry.pos, upos)]
        if upos == "PROPN":
            entries = [entry for entry in entries if entry.pos == "PROPN" or entry.source == lemma]
        return tuple(self._candidates(entries, upos))

    def _candidates(self, entries: Iterable[LexiconEntry], upos: str) -> Iterable[Candidate]:
        for entry in entries:
            words = tuple(entry.target.split())
            if not words:
                continue
            lemma, table_pos, at = self.locate(words, upos)
            weight = entry.weight * _EXTRA_WORD ** (len(words) - 1)
            if entry.target.startswith("-") or entry.target.endswith("-"):
                weight *= _AFFIX
            stem = lemma or self._citation.candidates(words[at], upos)[:2][-1]
            if lemma:
                weight *= self._prefer_table
            elif upos in _OPEN and self._is_other_class(words[-1], upos, stated=bool(entry.pos)):
                weight *= _OTHER_CLASS
                stem = ""
            yield Candidate(words, max(weight, 1e-9), lemma, table_pos, at, stem)

    def locate(self, words: tuple[str, ...], upos: str) -> tuple[str, str, int]:
        """Find the word of a translation that inflects, as (table lemma, table part of speech, index)."""
        whole = " ".join(words)
        first = upos in ("VERB", "AUX") or self._head_first
        for at in dict.fromkeys((0, len(words) - 1) if first else (len(words) - 1, 0)):
            for form in self._citation.candidates(words[at] if len(words) > 1 else whole, upos):
                for table_pos in TABLE_POS.get(upos, ()):
                    if self._table.has(form, table_pos):
                        return form, table_pos, at
        return "", "", 0

    def _is_other_class(self, word: str, upos: str, *, stated: bool) -> bool:
        if (shape := self._shapes.get(upos)) is not None and not shape.search(word):
            return True
        if stated:
            return False
        return any(
            self._table.has(word, table_pos) for other in sorted(_OPEN - {upos}) for table_pos in TABLE_POS[other]
        )


_KIN: Final = (
    frozenset(("NOUN", "PROPN")),
    frozenset(("VERB", "AUX")),
    frozenset(("DET", "PRON", "ADJ", "NUM")),
    frozenset(("ADP", "ADV", "SCONJ", "PART", "INTJ", "CCONJ")),
)
_STRICT: Final = frozenset(("NOUN", "VERB", "ADJ", "ADV"))


def _fits(pos: str, upos: str) -> bool:
    """Tell whether an entry's part of speech may stand for a source word's."""
    if not pos or pos == upos:
        return True
    return not (pos in _STRICT and upos in _STRICT) and any(pos in kin and upos in kin for kin in _KIN)
