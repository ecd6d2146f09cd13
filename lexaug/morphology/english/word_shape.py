"""What a word's letters say: its form, beginnings, endings and shape, as hashed feature numbers."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

LONGEST_PREFIX = 3
LONGEST_SUFFIX = 5
_SHAPES = ((re.compile("[A-Z]+"), "X"), (re.compile("[a-z]+"), "x"), (re.compile("[0-9]+"), "d"))


@lru_cache(maxsize=1 << 16)
def shape_features(word: str, buckets: int) -> tuple[int, ...]:
    """Hash a word's features into numbers below `buckets`; the same on every machine (CRC-32)."""
    lower = word.lower()
    names = [f"w{lower}", f"h{shape(word)}"]
    names += [f"p{lower[:size]}" for size in range(1, min(LONGEST_PREFIX, len(lower)) + 1)]
    names += [f"s{lower[-size:]}" for size in range(1, min(LONGEST_SUFFIX, len(lower)) + 1)]
    return tuple(zlib.crc32(name.encode()) % buckets for name in names)


def shape(word: str) -> str:
    """Write capitals as X, small letters as x, digits as d, each run once: `McDonald's` is `XxXx'x`."""
    for pattern, letter in _SHAPES:
        word = pattern.sub(letter, word)
    return word
