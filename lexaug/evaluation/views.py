"""Ways to look at words through an encoder: prefix, pooling, layers. The same grid for every system that has one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

Pooling = Literal["mean", "first"]
PREFIXES = ("", "query: ")
"""Text before a sentence; the E5 models were trained with the second (Wang et al. 2024, "Multilingual E5")."""
POOLINGS: tuple[Pooling, ...] = ("mean", "first")

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]


class WordEncoder(Protocol):
    """What gives word vectors: the frozen backbone or an adapted model."""

    def encode_words(
        self, sentences: Sequence[Sequence[str]], *, layers: Sequence[int], pooling: Pooling, prefix: str
    ) -> list[Floats]:
        """Give one array [words, layers x hidden] per sentence."""
        ...


@dataclass(frozen=True, slots=True)
class FrozenEncoder:
    """The bare backbone as a word encoder."""

    model: Any
    tokenizer: Any

    def encode_words(
        self, sentences: Sequence[Sequence[str]], *, layers: Sequence[int], pooling: Pooling, prefix: str
    ) -> list[Floats]:
        """Give one array [words, layers x hidden] per sentence."""
        from lexaug.training.encode import encode_words

        return encode_words(self.model, self.tokenizer, sentences, layers=layers, pooling=pooling, prefix=prefix)


@dataclass(frozen=True, slots=True)
class View:
    """One way to look; `layers` are counted from 1 (0 would be the embedding layer) and concatenated."""

    prefix: str
    pooling: Pooling
    layers: tuple[int, ...]

    def __str__(self) -> str:
        """Show the view as signatures do."""
        layers = "+".join(map(str, self.layers))
        return f"{self.prefix.strip(': ') or 'no'}-prefix/{self.pooling}/{layers}"


def layer_choices(depth: int) -> tuple[tuple[int, ...], ...]:
    """Choose layers of an encoder of that depth: the last, the one at three quarters, both with the middle one."""
    middle, upper = max(1, depth // 2), max(1, 3 * depth // 4)
    return tuple(dict.fromkeys([(depth,), (upper,), tuple(dict.fromkeys((middle, upper, depth)))]))


def all_views(depth: int) -> Iterator[View]:
    """Go through the grid."""
    for prefix in PREFIXES:
        for pooling in POOLINGS:
            for layers in layer_choices(depth):
                yield View(prefix, pooling, layers)


def default_view(depth: int) -> View:
    """Give the view where no dev set can choose one."""
    return View(PREFIXES[-1], POOLINGS[0], layer_choices(depth)[-1])


class Vectors:
    """Word vectors of named sets of sentences through one encoder; each set is encoded once per prefix and pooling.

    Vectors are kept in half precision, all the grid's layers side by side.
    """

    def __init__(self, encoder: WordEncoder, depth: int) -> None:
        self.depth = depth
        self._encoder = encoder
        self._layers = layer_choices(depth)[-1]
        self._sets: dict[str, tuple[Sequence[str], ...]] = {}
        self._known: dict[tuple[str, str, str], Halves] = {}

    def add(self, name: str, sentences: Sequence[Sequence[str]]) -> None:
        """Name a set of sentences; a name that stood for others loses their vectors."""
        new = tuple(sentences)
        if self._sets.get(name) == new:
            return
        self._sets[name] = new
        for known in [known for known in self._known if known[0] == name]:
            del self._known[known]

    def look(self, name: str, view: View) -> Floats:
        """Give the vectors of all words of a set: float32 [words, features]."""
        place = (name, view.prefix, view.pooling)
        if place not in self._known:
            arrays = self._encoder.encode_words(
                self._sets[name], layers=self._layers, pooling=view.pooling, prefix=view.prefix
            )
            self._known[place] = np.concatenate(arrays).astype(np.float16)
        whole = self._known[place]
        width = whole.shape[1] // len(self._layers)
        parts = [whole[:, i * width : (i + 1) * width] for i in (self._layers.index(layer) for layer in view.layers)]
        return np.concatenate(parts, axis=1).astype(np.float32)
