"""Similarity of texts without any backbone: tf-idf over hashed character n-grams of their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

DIMENSIONS = 1 << 14
LENGTHS = (3, 4, 5)
"""N-gram lengths in characters, boundary marks included; the word as a whole counts besides."""

Floats = npt.NDArray[np.float32]


def lexical_vectors(left: Sequence[str], right: Sequence[str]) -> tuple[Floats, Floats]:
    """Turn two lists of texts into L2-normalised vectors [texts, DIMENSIONS], weighted by rareness in both together."""
    counts = np.stack([_counts(text) for text in (*left, *right)])
    seen = (counts > 0).sum(axis=0)
    rareness = np.log((1 + len(counts)) / (1 + seen)).astype(np.float32)
    vectors = np.log1p(counts) * rareness
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors[: len(left)], vectors[len(left) :]


def _counts(text: str) -> Floats:
    places = [crc32(gram.encode()) % DIMENSIONS for gram in _grams(text)]
    return np.bincount(np.array(places, dtype=np.int64), minlength=DIMENSIONS).astype(np.float32)


def _grams(text: str) -> Iterator[str]:
    for word in text.lower().split():
        yield f"={word}"
        marked = f"<{word}>"
        for length in LENGTHS:
            for start in range(len(marked) - length + 1):
                yield marked[start : start + length]
