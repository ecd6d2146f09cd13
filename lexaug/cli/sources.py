"""How flags name files: `FILE[:FORMAT]` and `SPDX|FILE=SPDX`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def parse_source(text: str) -> tuple[Path, str | None]:
    """Split `FILE[:FORMAT]`; a name with a colon that exists as it stands is a file without a format."""
    name, colon, form = text.rpartition(":")
    if not colon or "/" in form or Path(text).exists():
        return Path(text), None
    return Path(name), form


def parse_licences(items: Iterable[str]) -> dict[str, str]:
    """Map file name to SPDX licence; the licence given without a file stands under the key ""."""
    licences = {}
    for item in items:
        name, _, licence = item.rpartition("=")
        licences[name] = licence
    return licences
