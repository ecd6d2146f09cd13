"""Whether a language tag found in a file (`se`, `swh`, `apd-SD`) can mean a wanted ISO 639-3 code."""

from __future__ import annotations

from functools import cache

from lexaug.languages import from_tag, language

_SHARED = (frozenset(("tgl", "fil")), frozenset(("pan", "pnb")))
"""Languages that go by one tag without being members of one macrolanguage: `tl`, `pa`."""


@cache
def same_language(tag: str, code: str) -> bool:
    """Tell whether a tag (ISO 639-1 or -3, maybe with script or region behind it) can mean the ISO 639-3 code.

    A tag of a macrolanguage can mean each of its languages and the other way round (`sw` and `swc`, `kmr` and `ku`),
    but not one individual language another (`swh` is not `swc`).
    """
    found = from_tag(tag)
    if found is None:
        return tag.lower() == code
    return found == code or {found, code} in _SHARED or _wider(found) == code or _wider(code) == found


def _wider(code: str) -> str | None:
    return language(code).macrolanguage if from_tag(code) == code else None
