"""Text from strangers, on a terminal or in a page: nothing in it unseen."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
"""Part of the spelling in Arabic and Indic scripts."""


def written_out(text: str) -> str:
    """Write out what could not be seen, would steer a terminal, or would turn the line around."""
    return "".join(letter if _seen(letter) else repr(letter)[1:-1] for letter in text)


def _seen(letter: str) -> bool:
    return letter.isprintable() or letter in _JOINERS or unicodedata.category(letter) == "Zs"
