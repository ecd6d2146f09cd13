"""Writing systems of characters and words, and look-alike letters that strayed in from another one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_TOGETHER = {"CJK": "JAPANESE", "HIRAGANA": "JAPANESE", "KATAKANA": "JAPANESE", "HANGUL": "JAPANESE"}
_NO_SCRIPT = {"MODIFIER", "MICRO", "FEMININE", "MASCULINE", "KELVIN", "ANGSTROM", "OHM", "SCRIPT", "DOUBLE-STRUCK"}
_LETTER_RUN = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")

_LATIN_CYRILLIC = dict(
    zip(
        "aceopxyijshəæçăĕöëïABCEHKMOPTXYSJƏÆÇĂĔÖËÏ",
        "асеорхуіјѕһәӕҫӑӗӧёїАВСЕНКМОРТХУЅЈӘӔҪӐӖӦЁЇ",
        strict=True,
    )
)
_LATIN_GREEK = dict(zip("ovɛɣABEZHIKMNOPTYX", "ονεγΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", strict=True))

LOOK_ALIKES: Mapping[tuple[str, str], Mapping[str, str]] = MappingProxyType(
    {
        ("LATIN", "CYRILLIC"): _LATIN_CYRILLIC,
        ("CYRILLIC", "LATIN"): {cyrillic: latin for latin, cyrillic in _LATIN_CYRILLIC.items()},
        ("LATIN", "GREEK"): _LATIN_GREEK,
        ("GREEK", "LATIN"): {greek: latin for latin, greek in _LATIN_GREEK.items()},
    }
)
"""(strayed from, into) → letter → the letter of the word's own script that looks the same.

Latin capital I is left out of the Cyrillic table: Kazakh reads it as `І`, Avar and Chechen as the palochka `Ӏ`.
"""


@lru_cache(maxsize=1 << 16)
def script_of(character: str) -> str:
    """Name the script of one letter (`LATIN`, `CYRILLIC`, `DEVANAGARI`, …), or "" for what belongs to no script.

    Digits, marks, punctuation and modifier letters belong to none; Han, kana and hangul, which are written together,
    count as one. The name is the first word of the letter's Unicode name.
    """
    if not unicodedata.category(character).startswith("L"):
        return ""
    words = unicodedata.name(character, "").split()
    if not words or words[0] in _NO_SCRIPT:
        return ""
    first = words[1] if words[0] in ("FULLWIDTH", "HALFWIDTH", "MATHEMATICAL") and len(words) > 1 else words[0]
    return _TOGETHER.get(first, first)


def scripts(text: str) -> Counter[str]:
    """Count the letters of a text by script."""
    if text.isascii():
        return Counter({"LATIN": letters}) if (letters := sum(map(str.isalpha, text))) else Counter()
    counts = Counter(map(script_of, text))
    counts.pop("", None)
    return counts


def mixed_script(text: str) -> bool:
    """Tell whether some run of letters in the text mixes scripts, as Latin `a` inside a Cyrillic word.

    Hyphens, apostrophes, digits and spaces end a run: `USB-кабель` is not mixed.
    """
    if text.isascii():
        return False
    return _mixes(text) and any(map(_mixes, _LETTER_RUN.findall(text)))


def _mixes(text: str) -> bool:
    return len({*map(script_of, text)} - {""}) > 1


def unify_look_alikes(text: str) -> str:
    """Replace look-alike letters of another script where a run of letters mixes Latin with Cyrillic or Greek.

    A run is brought into the script of most of its letters, of equals into the text's, and failing that into the
    other: into the first for which every strayed letter has a look-alike. Where there is none for either, the run is
    left as it is, so that `mixed_script` still finds it.
    """
    if not mixed_script(text):
        return text
    overall = scripts(text)
    return _LETTER_RUN.sub(lambda found: _unify_run(found.group(), overall), text)


def _unify_run(run: str, overall: Counter[str]) -> str:
    counts = scripts(run)
    if len(counts) != 2:
        return run
    first, second = sorted(counts, key=lambda script: (-counts[script], -overall[script], script))
    for own, strayed in ((first, second), (second, first)):
        table = LOOK_ALIKES.get((strayed, own), {})
        if all(letter in table for letter in run if script_of(letter) == strayed):
            return "".join(table.get(letter, letter) if script_of(letter) == strayed else letter for letter in run)
    return run
