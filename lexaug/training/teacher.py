"""What the frozen backbone makes of the English source: computed once, kept as float16, read by word number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from lexaug.errors import StateError
from lexaug.files import atomic_file
from lexaug.training.backbone import Backbone
from lexaug.training.encode import encode_sentences, encode_words

_CHUNK = 256
"""Sentences encoded before their vectors go to the file."""


@dataclass(frozen=True, slots=True)
class Teacher:
    """Frozen vectors of source sentences.

    `words` is float16 [all words, layers, hidden]; the words of sentence n start at `starts[n]`. `scales` [layers] is
    the mean square of each layer's values, by which errors are divided. `sentences` is float32 [n, hidden], normalised.
    """

    layers: tuple[int, ...]
    words: npt.NDArray[np.float16]
    starts: npt.NDArray[np.int64]
    scales: Tensor
    sentences: Tensor

    def vectors(self, numbers: npt.NDArray[np.int64], layers: Sequence[int]) -> Tensor:
        """Read words by number: float32 [words, layers, hidden]."""
        places = [self.layers.index(layer) for layer in layers]
        return torch.from_numpy(self.words[numbers][:, places].astype(np.float32))


def read_teacher(
    backbone: Backbone,
    sentences: Sequence[Sequence[str]],
    layers: Sequence[int],
    path: Path,
    *,
    prefix: str = "",
    with_sentences: bool = False,
) -> Teacher:
    """Encode source sentences with the frozen backbone, or read the file of an earlier call with the same input.

    Args:
        backbone: the bare backbone (no adapter attached).
        sentences: words of each source sentence.
        layers: layers to keep, from 1; 0 is the embedding layer.
        path: cache file (.npy); written atomically.
        prefix: text before each sentence.
        with_sentences: also keep mean-pooled sentence vectors.

    """
    starts = np.cumsum([0, *(len(words) for words in sentences)])
    shape = (int(starts[-1]), len(layers), backbone.hidden_size)
    if not path.is_file():
        _write(backbone, sentences, layers, path, prefix, shape)
    words = np.load(path, mmap_mode="r", allow_pickle=False)
    if words.shape != shape:
        raise StateError("the cached teacher vectors belong to other sentences", file=path, hint="remove this file")
    pooled = (
        torch.from_numpy(
            encode_sentences(backbone.model, backbone.tokenizer, [" ".join(s) for s in sentences], prefix=prefix)
        )
        if with_sentences
        else torch.zeros(0, backbone.hidden_size)
    )
    return Teacher(tuple(layers), words, starts[:-1], _scales(words), pooled)


def _write(
    backbone: Backbone,
    sentences: Sequence[Sequence[str]],
    layers: Sequence[int],
    path: Path,
    prefix: str,
    shape: tuple[int, ...],
) -> None:
    with atomic_file(path) as temporary:
        out = np.lib.format.open_memmap(temporary, mode="w+", dtype=np.float16, shape=shape)
        row = 0
        for first in range(0, len(sentences), _CHUNK):
            chunk = sentences[first : first + _CHUNK]
            for vectors in encode_words(backbone.model, backbone.tokenizer, chunk, layers=layers, prefix=prefix):
                out[row : row + len(vectors)] = vectors.reshape(len(vectors), *shape[1:])
                row += len(vectors)
        out.flush()
        del out


def _scales(words: npt.NDArray[np.float16]) -> Tensor:
    sample = np.asarray(words[:: max(1, len(words) // 4096)], np.float32)
    return torch.from_numpy(np.square(sample).mean((0, 2))) if len(sample) else torch.ones(words.shape[1])
