"""`kaikki`: JSON lines of wiktextract, one word and part of speech per line."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from lexaug.errors import FormatError
from lexaug.lexicon.codes import same_language
from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.pos import upos
from lexaug.lexicon.readers.columns import filled_lines
from lexaug.lexicon.readers.wiktionary import gloss_items
from lexaug.lexicon.request import Item, ReadRequest

_FORM_KEYS = ("form_of", "alt_of")


def read_kaikki(request: ReadRequest) -> Iterator[Item]:
    """Read wiktextract records.

    A record in the target language gives the equivalents in its glosses; a record in the source language gives the
    translations that it lists for the target language. Senses that are forms of other words become rejections, as do
    records in other languages.

    Raises:
        FormatError: a line is not a JSON object with a `word`.

    """
    for number, text in filled_lines(request):
        record = _record(request, number, text)
        tag = str(record.get("lang_code", ""))
        if not tag or same_language(tag, request.target_lang):
            yield from _glosses(request, number, record)
        elif same_language(tag, request.source_lang):
            yield from _translations(request, number, record)
        else:
            yield request.reject(number, f"a word of language {tag!r}, not {request.target_lang}")


def _record(request: ReadRequest, number: int, text: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise FormatError("not a JSON object", file=request.path, line=number, hint="kaikki has one object per line")
    return record


def _glosses(request: ReadRequest, number: int, record: dict[str, Any]) -> Iterator[Item]:
    word, label = _text(record.get("word")), _text(record.get("pos"))
    if not word:
        yield request.reject(number, "no word")
        return
    glosses: list[str] = []
    for sense in _objects(record.get("senses")):
        if any(sense.get(key) for key in _FORM_KEYS):
            yield request.reject(number, "a form of another word")
        elif texts := [_text(gloss) for gloss in sense.get("glosses") or () if _text(gloss)]:
            glosses.append(texts[-1])
    if glosses or not record.get("senses"):
        yield from gloss_items(request, number, word, label, glosses)


def _translations(request: ReadRequest, number: int, record: dict[str, Any]) -> Iterator[Item]:
    """Take the translations of the whole word and of its senses; the code is `code` or, in newer dumps, `lang_code`."""
    lists = [record, *_objects(record.get("senses"))]
    wanted = [
        item
        for holder in lists
        for item in _objects(holder.get("translations"))
        if same_language(_text(item.get("code") or item.get("lang_code")), request.target_lang)
    ]
    if not wanted:
        yield request.reject(number, f"no translation into {request.target_lang}")
    word, pos, origin = _text(record.get("word")), upos(_text(record.get("pos"))), request.origin(number)
    for item in wanted:
        yield LexiconEntry(word, _text(item.get("word")), pos, sense=_text(item.get("sense")), origin=origin)


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else ""
