"""How UniMorph writes one feature: atoms, compounds (`IN+ALL`), choices (`MASC/FEM`), complements, nested arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lexaug.errors import FormatError
from lexaug.morphology.schema import Place, schema

_ATOM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OPEN, _CLOSE = "({", ")}"
DEEPEST = 20
"""Brackets that may stand inside each other; those of UniMorph are at most three."""


def split_bundle(text: str) -> list[str]:
    """Split a bundle at the semicolons that stand outside brackets."""
    return text.split(";") if "(" not in text else _split(text, ";")


@lru_cache(maxsize=65536)
def canonical_tag(text: str) -> str:
    """Bring one top-level tag to its canonical spelling: arguments and choices in schema order.

    Raises:
        FormatError: brackets are unbalanced, or a part is empty or not made of letters, digits, `.`, `_` and `-`.

    """
    text = text.strip()
    if "(" not in text:
        return _choice(text)
    head, _, rest = text.partition("(")
    if not rest.endswith(")"):
        raise _fault(text)
    arguments = {canonical_tag(part) for part in _split(rest[:-1], ",;")}
    return f"{_choice(head)}({','.join(sorted(arguments, key=rank))})"


def parts(tag: str) -> tuple[str, tuple[str, ...]]:
    """Split a canonical tag into its head and its arguments (none for a flat tag)."""
    head, bracket, rest = tag.partition("(")
    return (head, tuple(_split(rest[:-1], ","))) if bracket else (head, ())


def atoms(tag: str) -> Iterator[str]:
    """Iterate over the schema tags inside a tag: `AT+ABL(PSS(1,SG))` holds AT, ABL, PSS, 1 and SG."""
    for text in re.split(r"[(),;+/{}]", tag):
        if text and text != "non":
            yield text


@lru_cache(maxsize=65536)
def rank(tag: str) -> tuple[Place, str]:
    """Sort key of a tag: the place of its first atom in the schema, then its spelling."""
    return schema().place(next(atoms(tag), "")), tag


def _choice(text: str) -> str:
    inner = text
    negated = text.startswith("non{")
    if negated or text.startswith("{"):
        if not text.endswith("}"):
            raise _fault(text)
        inner = text[4 if negated else 1 : -1]
    options = {_compound(option) for option in inner.split("/")}
    chosen = "/".join(sorted(options, key=rank))
    return f"non{{{chosen}}}" if negated else chosen


def _compound(text: str) -> str:
    pieces = [piece.strip() for piece in text.split("+")]
    if not all(_ATOM.fullmatch(piece) for piece in pieces):
        raise _fault(text)
    return "+".join(pieces)


def _split(text: str, separators: str) -> list[str]:
    found, depth, start = [], 0, 0
    for index, char in enumerate(text):
        depth += (char in _OPEN) - (char in _CLOSE)
        if not 0 <= depth <= DEEPEST:
            raise _fault(text)
        if depth == 0 and char in separators:
            found.append(text[start:index])
            start = index + 1
    if depth:
        raise _fault(text)
    return [*found, text[start:]]


def _fault(text: str) -> FormatError:
    return FormatError(f"{text!r} is not a feature tag", hint="tags look like PST, IN+ALL, MASC/FEM or NOM(1,SG)")
