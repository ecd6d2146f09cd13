"""Ways to make one vector of a sentence: prefix, pooling, layer. The same grid for every encoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from lexaug.evaluation.frozen import Frozen
from lexaug.evaluation.matching import hits
from lexaug.evaluation.pairs import Pairs
from lexaug.evaluation.views import POOLINGS, PREFIXES, Pooling

Floats = npt.NDArray[np.float32]


class SentenceEncoder(Protocol):
    """What gives sentence vectors: the frozen backbone or an adapted model."""

    def encode_sentences(self, texts: Sequence[str], *, prefix: str, layer: int, pooling: Pooling) -> Floats:
        """Give L2-normalised vectors [texts, hidden]."""
        ...


class BareSentences:
    """The bare backbone as a sentence encoder; what it was asked once it knows, also while an adapter is on it.

    Only texts and views that were asked before may be asked for while an adapter is on the backbone.
    """

    def __init__(self, frozen: Frozen) -> None:
        self._frozen = frozen
        self._known: dict[tuple[tuple[str, ...], str, int, str], Floats] = {}

    @property
    def depth(self) -> int:
        """Number of layers."""
        return self._frozen.backbone.layers

    def encode_sentences(self, texts: Sequence[str], *, prefix: str, layer: int, pooling: Pooling) -> Floats:
        """Give L2-normalised vectors [texts, hidden]."""
        from lexaug.training.encode import encode_sentences

        asked = (tuple(texts), prefix, layer, pooling)
        if asked not in self._known:
            bare = self._frozen.backbone
            self._known[asked] = encode_sentences(
                bare.model, bare.tokenizer, texts, prefix=prefix, layer=layer, pooling=pooling
            )
        return self._known[asked]


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One way to look at sentences; layers count from 1, the default is how the E5 models were trained."""

    prefix: str
    pooling: Pooling
    layer: int

    def __str__(self) -> str:
        """Show the view as signatures do."""
        return f"{self.prefix.strip(': ') or 'no'}-prefix/{self.pooling}/{self.layer}"


def choose_view(encoder: SentenceEncoder, english: SentenceEncoder, dev: Pairs | None, depth: int) -> SentenceView:
    """Choose the view with the best P@1 on dev; without dev the prefix "query: ", the mean and the last layer."""
    default = SentenceView(PREFIXES[-1], POOLINGS[0], depth)
    if dev is None:
        return default
    # the default comes first, so that it is kept where another is no better
    views = dict.fromkeys([default, *_all_views(depth)])

    def precision(view: SentenceView) -> float:
        return float(hits(encode(encoder, dev.sources, view) @ encode(english, dev.targets, view).T, dev).mean())

    return max(views, key=precision)


def encode(encoder: SentenceEncoder, texts: Sequence[str], view: SentenceView) -> Floats:
    """Encode texts in one view: [texts, hidden]."""
    return encoder.encode_sentences(texts, prefix=view.prefix, layer=view.layer, pooling=view.pooling)


def _all_views(depth: int) -> Iterator[SentenceView]:
    for prefix in PREFIXES:
        for pooling in POOLINGS:
            for layer in (depth, max(1, 3 * depth // 4)):
                yield SentenceView(prefix, pooling, layer)
