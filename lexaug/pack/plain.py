"""Words and sentences of running text, for counting and comparing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

ENDS = frozenset(".!?…።፧؟।")
"""Marks that end a sentence, where a space or nothing follows."""
_TOKEN = re.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """Cut text into words: runs of letters and digits, joined by apostrophes and hyphens inside."""
    return _WORD.findall(text)


def sentence_key(words: Iterable[str]) -> str:
    """Give what two printings of the same sentence share: its letters and digits without case."""
    return "".join(letter for word in words for letter in word.casefold() if letter.isalnum())


def split_words(text: str) -> tuple[str, ...]:
    """Split running text into words and single punctuation marks."""
    return tuple(_TOKEN.findall(text))


def split_sentences(text: str) -> Iterator[tuple[str, ...]]:
    """Split running text into sentences, each as words and punctuation marks."""
    words: list[str] = []
    for found in _TOKEN.finditer(text):
        words.append(found.group())
        if found.group() in ENDS and not text[found.end() :][:1].strip():
            yield tuple(words)
            words = []
    if words:
        yield tuple(words)


def passage_keys(text: str) -> Iterator[str]:
    """Give the `sentence_key` of a line of text, and of each sentence in it where there are several."""
    sentences = list(split_sentences(text))
    yield sentence_key([text])
    if len(sentences) > 1:
        yield from map(sentence_key, sentences)
