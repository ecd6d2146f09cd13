"""The lexicon in memory: look-up by lemma and part of speech, phrases, merge, coverage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from lexaug.errors import ConfigError
from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.indexes import Entries, by_first_word, by_folded_source, by_source
from lexaug.lexicon.merging import merge_entries
from lexaug.lexicon.pos import RELATED

_CACHE_SIZE = 1 << 18


class Lexicon:
    """An immutable bilingual lexicon.

    Args:
        source_lang: ISO 639-3 code of the entries' `source`.
        target_lang: ISO 639-3 code of their `target`.
        entries: the facts; their order decides among translations of equal weight.

    """

    def __init__(self, source_lang: str, target_lang: str, entries: Iterable[LexiconEntry]) -> None:
        self.source_lang = source_lang
        self.target_lang = target_lang
        self.entries: Entries = tuple(entries)
        self._exact = by_source(self.entries)
        self._folded = by_folded_source(self._exact)
        self._phrases = by_first_word(self._exact)
        self._answers: dict[tuple[str, str], Entries] = {}

    def __len__(self) -> int:
        """Count the entries."""
        return len(self.entries)

    def __iter__(self) -> Iterator[LexiconEntry]:
        """Iterate over the entries in their given order."""
        return iter(self.entries)

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary as the facts alone."""
        return Lexicon, (self.source_lang, self.target_lang, self.entries)

    def lookup(self, source: str, pos: str = "") -> Entries:
        """Find the translations of a lemma, the best first.

        Entries of the UPOS tag `pos` come first, then those of a related tag (`lexaug.lexicon.pos.RELATED`), then those
        without one, each group by weight; entries of another part of speech are given only where there is nothing
        else. Without `pos` all come by weight. Where no entry has the very spelling, case is ignored.
        """
        key = (source, pos)
        found = self._answers.get(key)
        if found is None:
            found = _for_pos(self._spelled(source), pos)
            if len(self._answers) >= _CACHE_SIZE:
                self._answers.clear()
            self._answers[key] = found
        return found

    def longest_match(self, lemmas: Sequence[str], start: int) -> tuple[int, Entries]:
        """Find the longest multiword source among the lemmas from `start` on, case ignored.

        Returns:
            how many lemmas it covers (two or more) and its entries by weight; `(0, ())` where there is none.

        """
        word = lemmas[start]
        phrases = self._phrases.get(word) or self._phrases.get(word.casefold())
        if phrases is None:
            return 0, ()
        room = len(lemmas) - start
        for length, by_words in phrases:
            if length <= room:
                found = by_words.get(" ".join(lemmas[start : start + length]).casefold())
                if found is not None:
                    return length, found
        return 0, ()

    def merge(self, *others: Lexicon) -> Lexicon:
        """Join lexicons: the weights of the same source, target and part of speech add up.

        A merged fact keeps the origin and the sense of its heaviest contributor, of equals the first.

        Raises:
            ConfigError: the lexicons are not of the same two languages.

        """
        languages = (self.source_lang, self.target_lang)
        for other in others:
            if (other.source_lang, other.target_lang) != languages:
                pair = f"{other.source_lang}-{other.target_lang}"
                raise ConfigError(f"a lexicon {pair} does not join one of {'-'.join(languages)}")
        parts = (self, *others)
        return Lexicon(self.source_lang, self.target_lang, merge_entries(entry for part in parts for entry in part))

    def coverage(self, words: Iterable[str]) -> float:
        """Give the share (0-1) of the words, counted as they run, that stand in the lexicon; 0 for no words."""
        total = known = 0
        for word in words:
            total += 1
            known += bool(self._spelled(word))
        return known / total if total else 0.0

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the languages and the facts with weight, sense and licence; places and order do not count."""
        lines = sorted(map(_line, self.entries))
        digest = hashlib.sha256(f"{self.source_lang}\t{self.target_lang}\n".encode())
        for line in lines:
            digest.update(line.encode())
        return digest.hexdigest()

    def _spelled(self, source: str) -> Entries:
        found = self._exact.get(source)
        if found is None:
            folded = source.casefold()
            found = self._folded.get(folded) or self._exact.get(folded, ())
        return found


def _for_pos(entries: Entries, pos: str) -> Entries:
    if not pos:
        return entries
    groups = [[entry for entry in entries if entry.pos == tag] for tag in (pos, *RELATED.get(pos, ()), "")]
    return tuple(entry for group in groups for entry in group) or entries


def _line(entry: LexiconEntry) -> str:
    licence = entry.origin.licence if entry.origin else ""
    return "\t".join((entry.source, entry.target, entry.pos, repr(entry.weight), entry.sense, licence)) + "\n"
