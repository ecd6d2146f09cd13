"""What a word looks like: hashed character n-grams, affixes and shape, for the character part and the n-gram tagger."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

LONGEST_GRAM = 5
"""Length in characters, boundary marks included, of the longest n-gram."""
LONGEST_AFFIX = 6
"""Length in characters of the longest prefix and suffix beside the n-grams."""
NEIGHBOUR_ENDING = 4
"""Length in characters of the longest ending of a neighbour."""
_START, _END = "\x02", "\x03"
_GOLDEN = 0x9E3779B97F4A7C15

Ids = npt.NDArray[np.int64]


def character_features(word: str, buckets: int) -> Ids:
    """Give the bucket numbers (0 to `buckets` - 1) of what a word looks like; the same on every machine.

    The features are the lower-cased word, its n-grams of 1 to `LONGEST_GRAM` characters with boundary marks, prefixes
    and suffixes, and its shape (case, digits, hyphen, punctuation). The CRC-32 of each is mixed by SplitMix64's
    finaliser (Steele, Lea and Flood 2014) and reduced modulo `buckets`.
    """
    return _bucket(word, 0, buckets)


def window_features(words: Sequence[str], index: int, buckets: int, *, radius: int = 2) -> Ids:
    """Give the bucket numbers of a word and its neighbours; the same feature has another bucket at another distance.

    Of neighbours, only the word, its endings and its shape count: fewer features that tag no worse than all n-grams.

    Args:
        words: the sentence.
        index: the place of the word, from 0.
        buckets: the number of buckets, shared by all distances.
        radius: how many neighbours count on each side; places outside the sentence give a feature of their own.

    """
    parts = [_bucket(words[index], 0, buckets)]
    for offset in (o for o in range(-radius, radius + 1) if o):
        place = index + offset
        word = words[place] if 0 <= place < len(words) else _START
        parts.append(_bucket(word, offset, buckets))
    return np.concatenate(parts)


@lru_cache(maxsize=1 << 17)
def _hashes(word: str, near: bool) -> npt.NDArray[np.uint64]:
    features = _features(word) if near else _features_of_neighbour(word)
    return np.array(sorted({crc32(feature.encode()) for feature in features}), dtype=np.uint64)


@lru_cache(maxsize=1 << 18)
def _bucket(word: str, offset: int, buckets: int) -> Ids:
    mixed = _hashes(word, offset == 0) + np.uint64(_GOLDEN * (offset % 256 + 1) % (1 << 64))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    ids = ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(buckets)).astype(np.int64)
    ids.setflags(write=False)
    return ids


def _features(word: str) -> Iterator[str]:
    lower = word.lower()
    marked = f"{_START}{lower}{_END}"
    yield f"word={lower}"
    for length in range(1, LONGEST_GRAM + 1):
        for start in range(len(marked) - length + 1):
            yield marked[start : start + length]
    for length in range(1, min(LONGEST_AFFIX, len(lower)) + 1):
        yield f"prefix={lower[:length]}"
        yield f"suffix={lower[-length:]}"
    yield from _shape(word)


def _features_of_neighbour(word: str) -> Iterator[str]:
    lower = word.lower()
    yield f"word={lower}"
    for length in range(1, min(NEIGHBOUR_ENDING, len(lower)) + 1):
        yield f"suffix={lower[-length:]}"
    yield from _shape(word)


def _shape(word: str) -> Iterator[str]:
    yield f"case={_case(word)}"
    if any(character.isdigit() for character in word):
        yield "digit"
    if "-" in word.strip("-"):
        yield "hyphen"
    if not any(character.isalnum() for character in word):
        yield f"punctuation={unicodedata.category(word[0]) if word else ''}"
    yield f"length={min(len(word), 12)}"


def _case(word: str) -> str:
    if word.islower():
        return "lower"
    if word.isupper():
        return "upper" if len(word) > 1 else "initial"
    return "title" if word[:1].isupper() else "other"
