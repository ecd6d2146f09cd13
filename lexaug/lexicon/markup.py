"""HTML in lexicons: what a browser would run or style with is no text."""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\b[^<>]*>|\Z)", re.DOTALL | re.IGNORECASE)


def without_unseen(markup: str) -> str:
    """Take out script and style elements with their content; one that is never closed goes to the end."""
    return _UNSEEN.sub(" ", markup) if "<" in markup else markup
