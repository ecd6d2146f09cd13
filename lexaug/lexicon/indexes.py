"""The indexes behind a lexicon's look-up, made once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from lexaug.lexicon.entry import LexiconEntry

Entries: TypeAlias = tuple[LexiconEntry, ...]
Phrases: TypeAlias = tuple[tuple[int, dict[str, Entries]], ...]
"""(number of words, phrase → its entries), the longest first."""


def by_source(entries: Entries) -> dict[str, Entries]:
    """Group entries by the spelling of their source, each group by weight."""
    groups: dict[str, list[LexiconEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.source, []).append(entry)
    return {source: _by_weight(group) for source, group in groups.items()}


def by_folded_source(exact: dict[str, Entries]) -> dict[str, Entries]:
    """Hold only the case-folded spellings that are not themselves the one spelling of their entries."""
    groups: dict[str, list[str]] = {}
    for source in exact:
        if (folded := source.casefold()) != source:
            groups.setdefault(folded, []).append(source)
    return {
        folded: _by_weight([*exact.get(folded, ()), *(entry for source in sources for entry in exact[source])])
        for folded, sources in groups.items()
    }


def by_first_word(exact: dict[str, Entries]) -> dict[str, Phrases]:
    """Group the multiword sources, case-folded, by first word and length."""
    groups: dict[str, dict[int, dict[str, list[LexiconEntry]]]] = {}
    for source, entries in exact.items():
        words = source.casefold().split(" ")
        if len(words) > 1:
            by_words = groups.setdefault(words[0], {}).setdefault(len(words), {})
            by_words.setdefault(" ".join(words), []).extend(entries)
    return {
        first: tuple(
            (length, {phrase: _by_weight(found) for phrase, found in by_length[length].items()})
            for length in sorted(by_length, reverse=True)
        )
        for first, by_length in groups.items()
    }


def _by_weight(entries: Sequence[LexiconEntry]) -> Entries:
    return tuple(entries) if len(entries) == 1 else tuple(sorted(entries, key=lambda entry: -entry.weight))
