"""Words and sentences of running text, for counting and comparing."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """Cut text into words: runs of letters and digits, joined by apostrophes and hyphens inside."""
    return _WORD.findall(text)


def sentence_key(words: Iterable[str]) -> str:
    """Give what two printings of the same sentence share: its letters and digits without case."""
    return "".join(letter for word in words for letter in word.casefold() if letter.isalnum())
