"""Further scripts and English names: Wiktionary's list of language codes (as language_data carries it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wheels import Wheels

MOST_NAMES = 6
"""The list holds names of dialects too; the first few are the common ones."""


@dataclass(frozen=True)
class Names:
    """What the list says of one language."""

    names: tuple[str, ...]
    scripts: tuple[str, ...]


NONE = Names((), ())


def read(wheels: Wheels, two_letter: Mapping[str, str]) -> dict[str, Names]:
    """Read the list; codes of two letters are brought to ISO 639-3, codes of Wiktionary's own are left out."""
    found = {}
    for line in wheels.read("language_data", "wiktionary/codes-en.csv").decode("utf-8").splitlines():
        code, name, _family, scripts, others, *_ = (*line.split("\t"), "", "", "", "")
        names = [name, *others.split(", ")][:MOST_NAMES]
        found[two_letter.get(code, code)] = Names(
            tuple(name for name in names if name.strip()),
            tuple(script for script in scripts.split(", ") if len(script) == len("Latn")),
        )
    return found
