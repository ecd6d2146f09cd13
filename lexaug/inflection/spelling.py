"""Letters with their marks, and how a file spells them: not all are in NFC, and forms are wanted as they have them."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable


def letters_of(text: str) -> list[str]:
    """Split a text into letters, each with the marks that follow it."""
    found: list[str] = []
    for character in text:
        if found and unicodedata.category(character).startswith("M"):
            found[-1] += character
        else:
            found.append(character)
    return found


def speller(words: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """Learn from words in NFC, each beside its spelling in a file, to spell others so: each letter as it mostly is.

    Files keep some letters and marks apart (the Khaling of 2023), or marks in an order of their own (its Gulf Arabic:
    shadda before the vowel).
    """
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for word, spelt in words:
        letters, others = letters_of(word), letters_of(spelt)
        if len(letters) == len(others):
            for letter, other in zip(letters, others, strict=True):
                seen[letter][other] += 1
    usual = {letter: spellings.most_common(1)[0][0] for letter, spellings in seen.items()}
    return lambda word: "".join(usual.get(letter, letter) for letter in letters_of(word))
