"""What every format's entries go through: citation spelling, markup, mixed scripts, duplicates, direction."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from lexaug.errors import FormatError, Rejection
from lexaug.lexicon.citation_english import cite
from lexaug.lexicon.direction import english_side
from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.markup import without_unseen
from lexaug.scripts import mixed_script, unify_look_alikes

MAX_CHARACTERS = 200
"""A longer side is a text, not a word or phrase."""

MARKUP = "HTML taken out"
LOOK_ALIKES = "mixed scripts in one word: look-alike letters replaced"
MIXED = "mixed scripts in one word: kept"
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]\w+);")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd in a row that was used all the same: where it stands and what was done."""

    file: str
    line: int
    note: str


Report = Callable[[str], None]


def tidy(entry: LexiconEntry, source_lang: str, report: Report) -> LexiconEntry | str:
    """Bring an entry to citation spelling, telling `report` what was odd; a text instead says why it cannot be used."""
    source, target = _plain(entry.source, report), _plain(entry.target, report)
    for side, text in (("source", source), ("target", target)):
        if "\0" in text:
            return f"zero character in the {side}"
        if not any(map(str.isalnum, text)):
            return f"empty {side}" if not text else f"no letter or digit in the {side}"
        if len(text) > MAX_CHARACTERS:
            return f"{side} is longer than {MAX_CHARACTERS} characters"
    pos = entry.pos
    if source_lang == "eng":
        source, pos = cite(source, pos)
    target = _one_script(target, report)
    if (source, target, pos) == (entry.source, entry.target, entry.pos):
        return entry
    return replace(entry, source=source, target=target, pos=pos)


def check_direction(entries: Iterable[LexiconEntry], path: Path, fmt: str) -> None:
    """Raise FormatError where English stands on the target side of a lexicon that should start from English."""
    if english_side((entry.source, entry.target) for entry in entries) != "right":
        return
    advice = {
        "pairs": "name the format pairs-reverse",
        "pairs-reverse": "name the format pairs",
        "tsv": "swap the two columns, or drop the header and name the format pairs-reverse",
        "gatitos": "rename the file to say its order, or name the format pairs-reverse",
    }
    raise FormatError(
        "wrong direction: English stands on the target side",
        file=path,
        line=_first_line(entries),
        hint=advice.get(fmt, "exchange the two languages"),
    )


def check_rejections(rejected: list[Rejection], rows: int, path: Path, prefix: str) -> None:
    """Raise FormatError where the file gave nothing, or where most rows fail for the reason that begins so."""
    if not rows:
        raise FormatError(
            "the lexicon is empty", file=path, hint="no row or entry was found; is this the right format?"
        )
    same = [rejection for rejection in rejected if rejection.reason.startswith(prefix)]
    fatal = same if 2 * len(same) > rows else rejected if len(rejected) == rows else []
    if fatal:
        share = f"{len(fatal)} of {rows} rows like this"
        raise FormatError(
            f"{fatal[0].reason} ({share})", file=path, line=fatal[0].line, hint="mend the rows or name another format"
        )


def _first_line(entries: Iterable[LexiconEntry]) -> int | None:
    return next((entry.origin.line for entry in entries if entry.origin), None)


def _plain(text: str, report: Report) -> str:
    if "<" in text and _TAG.search(text):
        text = html.unescape(_TAG.sub(" ", without_unseen(text)))
        report(MARKUP)
    elif "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
        report(MARKUP)
    return " ".join(text.split())


def _one_script(text: str, report: Report) -> str:
    if not mixed_script(text):
        return text
    unified = unify_look_alikes(text)
    report(MIXED if mixed_script(unified) else LOOK_ALIKES)
    return unified
