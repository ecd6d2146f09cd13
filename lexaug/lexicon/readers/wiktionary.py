"""`wiktionary-tsv`: `headword|form|form TAB HTML glosses by part of speech`, as made from Wiktionary for readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lexaug.errors import Rejection
from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.glosses import english_equivalents, plain_text, target_equivalents
from lexaug.lexicon.pos import NO_WORD, upos
from lexaug.lexicon.readers.columns import two_columns
from lexaug.lexicon.request import Item, ReadRequest

_SECTION = re.compile(r"<i>(?P<pos>[^<]*)</i>(?P<senses>.*?)(?=<i>[^<]*</i>\s*<br>|$)", re.DOTALL)
_SENSE = re.compile(r"<li>(.*?)(?:</li>|(?=<li>)|$)", re.DOTALL)


def read_wiktionary(request: ReadRequest) -> Iterator[Item]:
    """Read a Wiktionary gloss table: every short equivalent of every gloss is a fact about the row's first headword.

    The further headwords are mostly inflected forms and are left to the tables. Glosses that explain or that only
    name a form of another word become rejections, one for each such part.
    """
    for row in two_columns(request):
        if isinstance(row, Rejection):
            yield row
        else:
            number, (headwords, articles) = row
            yield from _article(request, number, headwords.split("|")[0].strip(), articles)


def is_article(text: str) -> bool:
    """Tell whether a line looks like a row of this format."""
    cells = text.split("\t")
    return len(cells) == 2 and "<li>" in cells[1]


def _article(request: ReadRequest, number: int, headword: str, articles: str) -> Iterator[Item]:
    sections = list(_SECTION.finditer(articles))
    if not sections or not headword:
        yield request.reject(number, "no part of speech and gloss" if headword else "no headword")
    for section in sections:
        label = section["pos"].strip()
        yield from gloss_items(request, number, headword, label, _SENSE.findall(section["senses"]))


def gloss_items(request: ReadRequest, number: int, headword: str, label: str, glosses: list[str]) -> Iterator[Item]:
    """Turn the glosses of one headword under one part-of-speech label into entries and rejections."""
    if label.replace(" ", "_") in NO_WORD or headword.startswith("-") or headword.endswith("-"):
        yield request.reject(number, f"a {label}, no free word" if label else "no free word")
        return
    if not glosses:
        yield request.reject(number, "no gloss")
    cut = english_equivalents if request.source_lang == "eng" else target_equivalents
    origin, pos = request.origin(number), upos(label)
    for gloss in glosses:
        found = cut(gloss)
        sense = plain_text(gloss)
        for word in found.words:
            yield LexiconEntry(word, headword, pos, sense="" if sense == word else sense, origin=origin)
        for reason in found.refused:
            yield request.reject(number, reason)
