"""What the frozen backbone makes of the English source: computed once for all runs, kept as float16, read by number."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from lexaug.errors import ConfigError
from lexaug.files import atomic_file, cache_folder, fingerprint_json
from lexaug.training.backbone import Backbone
from lexaug.training.batch import frame, tokenize_words
from lexaug.training.encode import Floats, encode_sentences, encode_words

KEPT = 8
"""Files that stay in the cache: those used last. One holds 140 MB for 6,000 sentences in two layers of 384 values."""
_CHUNK = 256
"""Sentences encoded before their vectors go to the file."""
LARGEST = float(np.finfo(np.float16).max)
Halves = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Teacher:
    """Frozen vectors of source sentences.

    `words` is float16 [all words, layers, hidden]; the words of sentence n start at `starts[n]`. `scales` [layers] is
    the mean square of each layer's values, by which errors are divided. `sentences` is float32 [n, hidden], normalised.
    """

    layers: tuple[int, ...]
    words: Halves
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
    *,
    prefix: str = "",
    with_sentences: bool = False,
    folder: Path | None = None,
) -> Teacher:
    """Encode source sentences with the frozen backbone, or read what an earlier call with the same input has kept.

    Languages and seeds that learn from the same source share one file.

    Args:
        backbone: the bare backbone (no adapter attached).
        sentences: words of each source sentence.
        layers: layers to keep, from 1; 0 is the embedding layer.
        prefix: text before each sentence.
        with_sentences: also keep mean-pooled sentence vectors.
        folder: where vectors are kept; lexaug's cache if not given.

    """
    starts = np.cumsum([0, *(len(words) for words in sentences)])
    place = folder or cache_folder() / "teachers"
    key = _key(backbone, sentences, prefix)
    words = _kept(
        place / f"{key}-words-{'-'.join(map(str, layers))}.npy",
        (int(starts[-1]), len(layers), backbone.hidden_size),
        lambda: _words(backbone, sentences, layers, prefix),
    )
    pooled = np.zeros((0, backbone.hidden_size), np.float16)
    if with_sentences:
        pooled = _kept(
            place / f"{key}-sentences.npy",
            (len(sentences), backbone.hidden_size),
            lambda: _sentences(backbone, sentences, prefix),
        )
    return Teacher(tuple(layers), words, starts[:-1], _scales(words), torch.from_numpy(np.asarray(pooled, np.float32)))


def _key(backbone: Backbone, sentences: Sequence[Sequence[str]], prefix: str) -> str:
    """Identify vectors by what gives them: the weights, and the token numbers that the encoder reads."""
    read = [(tokens.ids, tokens.word_ids) for tokens in tokenize_words(backbone.tokenizer, sentences)]
    return fingerprint_json([backbone.weights_hash, frame(backbone.tokenizer, prefix), read])[:32]


def _words(
    backbone: Backbone, sentences: Sequence[Sequence[str]], layers: Sequence[int], prefix: str
) -> Iterator[Floats]:
    for first in range(0, len(sentences), _CHUNK):
        chunk = sentences[first : first + _CHUNK]
        for vectors in encode_words(backbone.model, backbone.tokenizer, chunk, layers=layers, prefix=prefix):
            yield vectors.reshape(len(vectors), len(layers), -1)


def _sentences(backbone: Backbone, sentences: Sequence[Sequence[str]], prefix: str) -> Iterator[Floats]:
    texts = [" ".join(words) for words in sentences]
    yield encode_sentences(backbone.model, backbone.tokenizer, texts, prefix=prefix)


def _halves(vectors: Floats) -> Halves:
    """Give vectors in half precision.

    Raises:
        ConfigError: a value is beyond its range.

    """
    if len(vectors) and float(np.abs(vectors).max()) > LARGEST:
        raise ConfigError(
            "the backbone's vectors go beyond half precision", hint="choose other teacher_layers and head_layers"
        )
    return vectors.astype("<f2")


def _kept(path: Path, shape: tuple[int, ...], make: Callable[[], Iterable[Floats]]) -> Halves:
    """Read an array from the cache, made and written first where it is not there; files used long ago go."""
    found = _read(path)
    if found is None or found.shape != shape:
        with atomic_file(path) as temporary, temporary.open("wb") as stream:
            header = {"descr": "<f2", "fortran_order": False, "shape": shape}
            np.lib.format.write_array_header_1_0(stream, header)
            for part in make():
                stream.write(_halves(part).tobytes())
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    _keep_newest(path)
    return found


def _keep_newest(path: Path) -> None:
    """Mark a file as used, and remove those used longest ago; other processes may do the same at this moment."""
    used: list[tuple[int, Path]] = []
    with suppress(FileNotFoundError):
        os.utime(path)
    for file in path.parent.glob("*.npy"):
        with suppress(FileNotFoundError):
            used.append((file.stat().st_mtime_ns, file))
    for _, old in sorted(used, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)


def _read(path: Path) -> Halves | None:
    try:
        found: Halves = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return found


def _scales(words: Halves) -> Tensor:
    sample = np.asarray(words[:: max(1, len(words) // 4096)], np.float32)
    return torch.from_numpy(np.square(sample).mean((0, 2))) if len(sample) else torch.ones(words.shape[1])
