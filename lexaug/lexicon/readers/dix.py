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
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    left: _Side
    right: _Side
    element: Element


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
        line, reason = entry.element.line, _unusable(entry, wrong)
        if reason:
            yield request.reject(line, reason)
        else:
            source, target = (entry.left, entry.right) if left_first else (entry.right, entry.left)
            pos = _pos(source.tags) or _pos(target.tags)
            yield LexiconEntry(source.text, target.text, pos, origin=request.origin(line))


def _unusable(entry: _Entry, wrong: str) -> str:
    attributes = entry.element.attributes
    if attributes.get("r") == wrong:
        return f'for the other direction only (r="{wrong}")'
    if attributes.get("i") == "yes":
        return 'switched off (i="yes")'
    if next(entry.element.descendants("re"), None):
        return "a pattern, no word"
    if next(entry.element.descendants("j"), None):
        return "several joined words"
    return "" if entry.left.text and entry.right.text else "no text on one side"


def _sides(element: Element) -> _Entry:
    """Join the pairs and identities of an entry, which may consist of several."""
    left: list[Element] = []
    right: list[Element] = []
    for part in element.children("p", "i"):
        left += [part] if part.name == "i" else part.children("l")
        right += [part] if part.name == "i" else part.children("r")
    return _Entry(_side(left), _side(right), element)


def _side(parts: list[Element]) -> _Side:
    tags = tuple(tag.attributes.get("n", "") for part in parts for tag in part.descendants("s"))
    text = " ".join("".join(map(_text, parts)).split())
    return _Side(unicodedata.normalize("NFC", text), tags)


def _text(element: Element) -> str:
    if element.name == "b":
        return " "
    return "".join(part if isinstance(part, str) else _text(part) for part in element.content)


def _pos(tags: tuple[str, ...]) -> str:
    return next((found for found in map(upos, tags[:2]) if found), "")
