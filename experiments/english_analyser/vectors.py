"""Word vectors of the frozen backbone, computed once and kept as half-precision arrays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lexaug.files import atomic_file, cache_folder, fingerprint_json
from lexaug.morphology.english.analysis import Analysis
from lexaug.training.backbone import Backbone
from lexaug.training.encode import encode_words

Vectors = npt.NDArray[np.float16]


def word_vectors(backbone: Backbone, sentences: Sequence[Analysis], layers: Sequence[int]) -> Vectors:
    """Give float16 [all words in order, layers x hidden], read from the cache where they are known."""
    words = [sentence.tokens for sentence in sentences]
    path = _cache_file(fingerprint_json([backbone.weights_hash, list(layers), words]))
    if not path.is_file():
        vectors = encode_words(backbone.model, backbone.tokenizer, words, layers=layers)
        with atomic_file(path) as temporary, temporary.open("wb") as stream:
            np.save(stream, np.concatenate(vectors).astype(np.float16))
    return np.load(path, mmap_mode="r")


def _cache_file(key: str) -> Path:
    return cache_folder() / "experiments" / "english_analyser" / f"{key}.npy"
