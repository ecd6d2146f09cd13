"""`tei`: FreeDict dictionaries, TEI P5 (and the `trans/tr` of P4), in either direction."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.glosses import Equivalents, english_equivalents, target_equivalents
from lexaug.lexicon.pos import upos
from lexaug.lexicon.readers.sides import source_is_left
from lexaug.lexicon.readers.xml_records import Element, read_records
from lexaug.lexicon.request import Item, ReadRequest


def read_tei(request: ReadRequest) -> Iterator[Item]:
    """Read a FreeDict dictionary; the file name (`eng-swh.tei`) or else the words tell its direction.

    Each translation or definition of a sense is cut at commas and semicolons. An entry's first spelling is its
    headword. Entries without translation, mostly cross-references, become rejections.
    """
    entries = read_records(request.path, "TEI", "entry", within="body")
    headed, records = source_is_left(request, (_parts(entry) for entry in entries))
    for headword, _, entry in records:
        yield from _facts(request, entry, headword, source_first=headed)


def _parts(entry: Element) -> tuple[str, str, Element]:
    return _headword(entry), next(map(_text, _translations(entry)), ""), entry


def _facts(request: ReadRequest, entry: Element, headword: str, *, source_first: bool) -> Iterator[Item]:
    if not headword:
        yield request.reject(entry.line, "no headword")
        return
    glosses = list(_translations(entry))
    if not glosses:
        yield request.reject(entry.line, "no translation")
    origin, pos = request.origin(entry.line), _pos(entry)
    for gloss in glosses:
        text = _text(gloss)
        found = _cut(request, text, source_first=source_first)
        for word in found.words:
            source, target = (headword, word) if source_first else (word, headword)
            yield LexiconEntry(source, target, pos, sense="" if text == word else text, origin=origin)
        for reason in found.refused:
            yield request.reject(gloss.line, reason)


def _cut(request: ReadRequest, text: str, *, source_first: bool) -> Equivalents:
    is_english = request.source_lang == "eng" and not source_first
    return english_equivalents(text) if is_english else target_equivalents(text)


def _headword(entry: Element) -> str:
    forms = (spelling for form in entry.children("form") for spelling in form.descendants("orth"))
    return next((text for text in map(_text, forms) if text), "")


def _translations(entry: Element) -> Iterator[Element]:
    for part in entry.descendants("def", "cit", "trans"):
        if part.name == "def":
            yield part
        elif part.name == "trans":
            yield from part.descendants("tr")
        elif part.attributes.get("type", "trans") in ("trans", "translation"):
            yield from part.children("quote")


def _pos(entry: Element) -> str:
    labels = [_text(label) for label in entry.descendants("pos")]
    return next((found for found in map(upos, labels) if found), "")


def _text(element: Element) -> str:
    return unicodedata.normalize("NFC", element.text())
