"""What the tagger without a backbone sees of a word: its characters, and less of each neighbour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from lexaug.training.characters import character_features

BUCKETS = 1 << 20
"""Hash buckets; only those that occur in training get weights, so many cost nothing and few features collide."""
NEIGHBOUR_SUFFIX = 3
"""Length in characters of the longest suffix seen of a neighbour."""
OUTSIDE = "\x02"
"""Stands for the places before the first and after the last word."""

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Windows:
    """Words in their windows, each distinct (word, distance) once.

    `places` [words, 2 * radius + 1] are rows; the features of row r are `ids[starts[r] : starts[r + 1]]`.
    """

    places: Ids
    starts: Ids
    ids: Ids

    @property
    def owners(self) -> Ids:
        """Give the row that each of `ids` belongs to."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def windows(sentences: Sequence[Sequence[str]], radius: int) -> Windows:
    """Look at each word of the sentences, in order, and at `radius` neighbours on each side."""
    rows: dict[tuple[str, int], int] = {}
    places = [
        rows.setdefault((word, offset), len(rows))
        for sentence in sentences
        for position in range(len(sentence))
        for word, offset in _window(sentence, position, radius)
    ]
    features = [word_features(word, offset) for word, offset in rows]
    starts = np.zeros(len(features) + 1, dtype=np.int64)
    np.cumsum([len(ids) for ids in features], out=starts[1:])
    ids = np.concatenate(features) if features else np.zeros(0, dtype=np.int64)
    return Windows(np.array(places, dtype=np.int64).reshape(-1, 2 * radius + 1), starts, ids)


def word_features(word: str, offset: int) -> Ids:
    """Give the distinct bucket numbers of a word at a distance; 0 is the word that is tagged."""
    if offset == 0:
        return np.unique(character_features(word, BUCKETS))
    return np.unique([crc32(f"{offset}{feature}".encode()) % BUCKETS for feature in _seen_from_afar(word)])


def _window(sentence: Sequence[str], position: int, radius: int) -> Iterator[tuple[str, int]]:
    for offset in range(-radius, radius + 1):
        place = position + offset
        yield sentence[place] if 0 <= place < len(sentence) else OUTSIDE, offset


def _seen_from_afar(word: str) -> Iterator[str]:
    lower = word.lower()
    yield f"word={lower}"
    yield f"capital={word[:1].isupper()}"
    yield f"letters={word.isalpha()}"
    for length in range(1, NEIGHBOUR_SUFFIX + 1):
        yield f"suffix={lower[-length:]}"
