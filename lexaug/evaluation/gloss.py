"""Word-by-word glossing into English through a pack's lexicon and tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lexaug.pack.plain import split_words

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack

TRANSLATIONS = 3
"""English words, at most, that stand for one word."""


class Glosser:
    """Finds English words for the words of a language: of the form itself, or of a lemma that it may be a form of."""

    def __init__(self, pack: LanguagePack) -> None:
        self._table = pack.paradigms()
        weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for entry in pack.lexicon():
            for form in pack.citation.candidates(entry.target.lower(), entry.pos):
                weights[form][entry.source] += entry.weight
        self._english = {
            form: tuple(sorted(found, key=lambda word: (-found[word], word))[:TRANSLATIONS])
            for form, found in weights.items()
        }

    def words(self, text: str) -> Iterator[tuple[str, ...]]:
        """Give up to `TRANSLATIONS` English words for each word of a text; a word without any stands for itself."""
        for word in split_words(text):
            yield self._translate(word) or (word,)

    def text(self, text: str) -> str:
        """Give the best English word for each word of a text."""
        return " ".join(found[0] for found in self.words(text))

    def _translate(self, word: str) -> tuple[str, ...]:
        for form in dict.fromkeys((word, word.lower())):
            if found := self._english.get(form.lower()):
                return found
            for lemma, _ in self._table.analyses(form):
                if found := self._english.get(lemma.lower()):
                    return found
        return ()
