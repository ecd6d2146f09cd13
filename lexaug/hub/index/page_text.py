"""Text from strangers as it may stand in a page: inert, and nothing in it unseen."""

from __future__ import annotations

from html import escape

from lexaug.written import written_out


def visible(text: str) -> str:
    """Escape what HTML would read as markup, and write out what could not be seen or would turn the line around."""
    return escape(written_out(text))


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
