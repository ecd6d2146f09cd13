"""`gatitos`: the GATITOS lists, two headerless columns in the order that the name `en_XX.tsv` or `XX_en.tsv` tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lexaug.errors import FormatError, Rejection
from lexaug.languages import from_tag
from lexaug.lexicon.codes import same_language
from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.pos import upos
from lexaug.lexicon.readers.columns import two_columns
from lexaug.lexicon.request import Item, ReadRequest

FILE_NAME = re.compile(r"(?P<left>[a-z]{2,3}(?:-\w+)?)_(?P<right>[a-z]{2,3}(?:-\w+)?)\.tsv", re.IGNORECASE)
UNDETERMINED = "und"
"""The ISO 639-3 code of a language that nobody has said: any will do."""
_ANNOTATION = re.compile(r"(?P<word>.*\S)\s+\((?P<note>[^()]*)\)\s*")


def read_gatitos(request: ReadRequest) -> Iterator[Item]:
    """Read a GATITOS list in the direction that its file name tells.

    A translator's annotation behind a word, `pike (verb)`, is taken off: a part of speech becomes the entry's, other
    notes its sense.

    Raises:
        FormatError: the file name does not name the source language on one side and the target language on the other.

    """
    forwards = _forwards(request)
    for row in two_columns(request):
        if isinstance(row, Rejection):
            yield row
            continue
        number, (left, right) = row
        source, target = (left, right) if forwards else (right, left)
        (source, note), (target, other) = _annotation(source), _annotation(target)
        pos = upos(note) or upos(other)
        sense = "" if pos else note or other
        yield LexiconEntry(source, target, pos, sense=sense, origin=request.origin(number))


def _forwards(request: ReadRequest) -> bool:
    found = FILE_NAME.fullmatch(request.path.name)
    if found is not None:
        for forwards, source, target in ((True, "left", "right"), (False, "right", "left")):
            if same_language(found[source], request.source_lang):
                _require_language(found[target], request, forwards)
                return forwards
    raise FormatError(
        f"the file name does not tell on which side {request.source_lang} stands",
        file=request.path,
        hint="name it en_XX.tsv or XX_en.tsv, or name the format pairs or pairs-reverse",
    )


def _require_language(tag: str, request: ReadRequest, forwards: bool) -> None:
    """Refuse a list of another language; tags that ISO 639-3 does not have (`ber`) may mean any."""
    known = request.target_lang != UNDETERMINED and from_tag(tag) is not None
    if known and not same_language(tag, request.target_lang):
        raise FormatError(
            f"the file name tells of {tag!r}, not of {request.target_lang}",
            file=request.path,
            hint=f"if it is of that language all the same, name the format {'pairs' if forwards else 'pairs-reverse'}",
        )


def _annotation(text: str) -> tuple[str, str]:
    found = _ANNOTATION.fullmatch(text)
    return (text, "") if found is None else (found["word"], found["note"].strip())
