"""Scripts, autonyms and English names from the Unicode CLDR (as Babel carries it)."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError, __version__
from babel.core import get_global

PINNED = "2.18.0"
if __version__ != PINNED:
    raise SystemExit(f"the tables are made with Babel {PINNED}, this is {__version__}")


@dataclass(frozen=True)
class Tags:
    """What CLDR knows of one language."""

    scripts: tuple[str, ...]
    autonym: str
    english: str


ENGLISH = Locale("en").languages
LIKELY = get_global("likely_subtags")


def read(code: str) -> Tags:
    """Give what CLDR says under exactly this code (ISO 639-1 where there is one, else ISO 639-3)."""
    likely = LIKELY.get(code, "").split("_")
    scripts = tuple(part for part in likely[1:2] if likely[0] == code and len(part) == len("Latn"))
    return Tags(scripts, _autonym(code), ENGLISH.get(code, ""))


def _autonym(code: str) -> str:
    try:
        return str(Locale.parse(code).languages.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""
