"""`dix`: Apertium bilingual dictionaries."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.pos import upos
from lexaug.lexicon.readers.sides import source_is_left
from lexaug.lexicon.readers.xml_records import Element, read_records
from lexaug.lexicon.request import Item, ReadRequest


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    pos: str


@dataclass(frozen=True, slots=True)
class _Entry:
    left: _Side
    right: _Side
    line: int
    restriction: str
    unusable: str


def read_dix(request: ReadRequest) -> Iterator[Item]:
    """Read the sections of an Apertium bilingual dictionary; paradigm definitions are left out.

    Blanks `<b/>` and groups `<g>` become words of a phrase, the first tag of the source side its part of speech.
    Entries restricted to the other direction (`r="LR"`, `r="RL"`), switched off (`i="yes"`), made of patterns `<re>`
    or of joined units `<j/>`, or without text on a side become rejections.
    """
    entries = (_sides(element) for element in read_records(request.path, "dictionary", "e", within="section"))
    left_first, records = source_is_left(request, ((entry.left.text, entry.right.text, entry) for entry in entries))
    wrong = "RL" if left_first else "LR"
    for _, _, entry in records:
        if entry.unusable or entry.restriction == wrong:
            reason = entry.unusable or f'for the other direction only (r="{wrong}")'
            yield request.reject(entry.line, reason)
        else:
            source, target = (entry.left, entry.right) if left_first else (entry.right, entry.left)
            yield LexiconEntry(source.text, target.text, source.pos or target.pos, origin=request.origin(entry.line))


def _sides(element: Element) -> _Entry:
    """Join the pairs and identities of an entry, which may consist of several."""
    left, right, seen = _Words(), _Words(), set[str]()
    for part in element.elements():
        seen.add(part.name)
        if part.name == "i":
            left.take(part, seen)
            right.take(part, seen)
        for side in part.elements() if part.name == "p" else ():
            (left if side.name == "l" else right).take(side, seen)
    one, other = left.side(), right.side()
    unusable = _unusable(element, seen) or ("" if one.text and other.text else "no text on one side")
    return _Entry(one, other, element.line, element.attributes.get("r", ""), unusable)


def _unusable(element: Element, seen: set[str]) -> str:
    if element.attributes.get("i") == "yes":
        return 'switched off (i="yes")'
    if "re" in seen:
        return "a pattern, no word"
    return "several joined words" if "j" in seen else ""


class _Words:
    """The text and the tags of one side while its elements are walked."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._tags: list[str] = []

    def take(self, element: Element, seen: set[str]) -> None:
        """Add the text and tags below an element, and the names of all elements to `seen`."""
        for part in element.content:
            if isinstance(part, str):
                self._pieces.append(part)
                continue
            seen.add(part.name)
            if part.name == "s":
                self._tags.append(part.attributes.get("n", ""))
            elif part.name == "b":
                self._pieces.append(" ")
            else:
                self.take(part, seen)

    def side(self) -> _Side:
        """Give the phrase in NFC and the UPOS tag that its first two tags name."""
        text = unicodedata.normalize("NFC", " ".join("".join(self._pieces).split()))
        return _Side(text, next((found for found in map(upos, self._tags[:2]) if found), ""))
