"""Letters with their marks, and how a file spells them: not all are in NFC, and forms are wanted as they have them."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping


def letters_of(text: str) -> list[str]:
    """Split a text into letters, each with the marks that follow it."""
    found: list[str] = []
    for character in text:
        if found and unicodedata.category(character).startswith("M"):
            found[-1] += character
        else:
            found.append(character)
    return found


def spelling_of(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Learn from words in NFC, each beside its spelling in a file, how the file mostly spells each letter.

    Files keep some letters and marks apart (the Khaling of 2023), or marks in an order of their own (its Gulf Arabic:
    shadda before the vowel).
    """
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for word, spelt in words:
        letters, others = letters_of(word), letters_of(spelt)
        if len(letters) == len(others):
            for letter, other in zip(letters, others, strict=True):
                seen[letter][other] += 1
    return {letter: spellings.most_common(1)[0][0] for letter, spellings in seen.items()}


def respelt(word: str, spelling: Mapping[str, str]) -> str:
    """Write a word in NFC as a file spells its letters."""
    return "".join(spelling.get(letter, letter) for letter in letters_of(word))
