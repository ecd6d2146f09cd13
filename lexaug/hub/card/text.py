"""Text of others in a Markdown card: shown as it is, never read as Markdown or HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from lexaug.hub.figures import Figure

_MARKS = re.compile(r"([\\`*_{}\[\]|~#!])")
_ACTING = re.compile(r"(?i)\b(javascript|vbscript|data)\s*:")
_APART = r"\1："
"""The wide colon: what is read stays the same, and no program takes it for an address."""
_ANGLES = str.maketrans("<>`", "‹›'")
_PIPE = re.compile(r"(?<!\\)\|")
_ESCAPED = r"\\|"
LONGEST = 300


def plain(text: object) -> str:
    """Escape a stranger's text for a line of Markdown: no marks, no HTML, no link that acts, one line."""
    line = " ".join(str(text).split())
    shown = "".join(letter for letter in line if letter.isprintable())[:LONGEST]
    return _ACTING.sub(_APART, _MARKS.sub(r"\\\1", html.escape(shown, quote=False)))


def code(text: object, longest: int = LONGEST) -> str:
    """Show a stranger's text as code within a line."""
    line = "".join(letter for letter in " ".join(str(text).split()) if letter.isprintable())[:longest]
    return f"`{_ACTING.sub(_APART, line.translate(_ANGLES))}`" if line else ""


def interval(figure: Figure) -> str:
    """Write a score: value and 95% interval."""
    return f"{figure.value:z.1f} [{figure.low:z.1f}, {figure.high:z.1f}]"


def gain(figure: Figure) -> str:
    """Write a difference in points with its sign and 95% interval."""
    return f"{figure.value:+z.1f} [{figure.low:z.1f}, {figure.high:z.1f}]"


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Write a Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(_PIPE.sub(_ESCAPED, cell) for cell in cells)} |" for cells in lines)
