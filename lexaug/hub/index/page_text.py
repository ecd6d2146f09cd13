"""Text from strangers as it may stand in a page: inert, and nothing in it unseen."""

from __future__ import annotations

import unicodedata
from html import escape

_JOINERS = "\u200c\u200d"
"""Part of the spelling in Arabic and Indic scripts."""


def visible(text: str) -> str:
    """Escape what HTML would read as markup, and write out what could not be seen or would turn the line around."""
    return escape(written_out(text))


def written_out(text: str) -> str:
    """Write out what could not be seen, would steer a terminal, or would turn the line around."""
    return "".join(letter if _seen(letter) else f"\\u{ord(letter):04x}" for letter in text)


def _seen(letter: str) -> bool:
    return letter.isprintable() or letter in _JOINERS or unicodedata.category(letter) == "Zs"


def points(value: float) -> str:
    """Write a difference with its sign and one decimal."""
    return f"{value:+z.1f}".replace("-", "−")


def size(count: int) -> str:
    """Write a number of bytes in the unit that suits it."""
    value = float(count)
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"
