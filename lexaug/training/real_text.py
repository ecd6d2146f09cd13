"""Real text of the language as sentences; what is hardly of the language is left out and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lexaug.pack.plain import split_sentences

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack

LONGEST, SHORTEST = 60, 3
"""Words of a sentence: the rest of a longer one is left out, as is a shorter one."""
KNOWN_SHARE = 0.2
"""Least share of a sentence's words that the pack's lexicon or table knows.

Of the sentences of the North Sámi, Welsh and Maltese treebanks' train splits that are long enough, 98.8, 100 and 90.8
per cent reach it with the packs of the studies; the tokens there are the treebank's, which splits Maltese clitics.
"""


@dataclass(frozen=True, slots=True)
class RealText:
    """Sentences as words, each once in the order of the texts; `left_out` counts by reason those that are not used."""

    sentences: tuple[tuple[str, ...], ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()


def read_real_text(pack: LanguagePack) -> RealText:
    """Read the sentences of a pack's texts that can be learned from."""
    known = _known_words(pack)
    kept: dict[tuple[str, ...], None] = {}
    left_out: Counter[str] = Counter()
    for line in pack.texts():
        for sentence in split_sentences(line):
            words = sentence[:LONGEST]
            reason = _unfit(words, known) or ("repeated" if words in kept else "")
            if reason:
                left_out[reason] += 1
            else:
                kept[words] = None
    return RealText(tuple(kept), tuple(sorted(left_out.items())))


def _unfit(words: tuple[str, ...], known: Collection[str]) -> str:
    letters = [word.casefold() for word in words if word.isalpha()]
    if len(words) < SHORTEST or not letters:
        return "short"
    return "foreign" if sum(word in known for word in letters) < KNOWN_SHARE * len(letters) else ""


def _known_words(pack: LanguagePack) -> set[str]:
    texts: Iterable[str] = (
        *(row.form for row in pack.paradigms()),
        *(entry.target for entry in pack.lexicon().entries),
    )
    return {word.casefold() for text in texts for word in text.split()}
