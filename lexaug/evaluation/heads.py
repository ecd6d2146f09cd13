"""Linear heads through one encoder: on English alone, and on English with label-projected pseudo-text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from lexaug.evaluation.gold import Floats, Gold, tag_numbers
from lexaug.evaluation.predictions import Chosen, Prediction
from lexaug.evaluation.views import Pooling, Vectors, View, all_views, default_view
from lexaug.synthesis.tagged import UPOS, TaggedSentence
from lexaug.training.probe import DEFAULT_L2, L2_GRID, Probe, train_probe

CHOOSING_SENTENCES = 400
"""Training sentences (of each kind) that a view is chosen with."""
ENGLISH, PSEUDO = "english", "pseudo"


@dataclass(frozen=True, slots=True)
class Texts:
    """What heads learn from, and what they are tuned and scored on."""

    english: tuple[TaggedSentence, ...]
    pseudo: tuple[TaggedSentence, ...]
    dev: Gold | None
    test: Gold

    def of(self, kind: str) -> tuple[TaggedSentence, ...]:
        """Give the training sentences of a kind."""
        return self.english if kind == ENGLISH else self.pseudo


class Heads:
    """Trains heads on the texts through one encoder.

    Where there is a dev set and nothing was chosen before, prefix, pooling and layers are chosen on it with heads of
    few sentences, then the penalty with the whole head. Every encoder and every kind of text goes through the same.
    """

    def __init__(self, vectors: Vectors, texts: Texts, seed: int) -> None:
        self._vectors = vectors
        self._texts = texts
        self._seed = seed
        for kind in (ENGLISH, PSEUDO):
            vectors.add(kind, [s.tokens for s in texts.of(kind)])
            vectors.add(f"{kind}, few", [s.tokens for s in texts.of(kind)[:CHOOSING_SENTENCES]])
        vectors.add("test", texts.test.words)
        if texts.dev:
            vectors.add("dev", texts.dev.words)

    def predict(self, kinds: Sequence[str], chosen: Chosen | None = None) -> Prediction:
        """Train a head on the texts of these kinds and let it tag dev and test.

        Args:
            kinds: of `ENGLISH` and `PSEUDO`.
            chosen: settings to use again, as an earlier prediction has them.

        """
        view = _view(chosen) if chosen else self._choose_view(kinds)
        probe, l2 = self._tuned(kinds, view, cast(float, chosen["l2"]) if chosen else None)
        dev = probe.log_probabilities(self._vectors.look("dev", view)) if self._texts.dev else None
        settings = {"prefix": view.prefix, "pooling": view.pooling, "layers": list(view.layers), "l2": l2}
        return Prediction(probe.log_probabilities(self._vectors.look("test", view)), dev, settings)

    def _choose_view(self, kinds: Sequence[str]) -> View:
        if self._texts.dev is None:
            return default_view(self._vectors.depth)
        scores = {
            view: self._dev_score(self._train(kinds, view, DEFAULT_L2, few=True), view)
            for view in all_views(self._vectors.depth)
        }
        return max(scores, key=scores.__getitem__)

    def _tuned(self, kinds: Sequence[str], view: View, l2: float | None) -> tuple[Probe, float]:
        if l2 is not None or self._texts.dev is None:
            l2 = DEFAULT_L2 if l2 is None else l2
            return self._train(kinds, view, l2), l2
        probes = {candidate: self._train(kinds, view, candidate) for candidate in L2_GRID}
        best = max(probes, key=lambda candidate: self._dev_score(probes[candidate], view))
        return probes[best], best

    def _train(self, kinds: Sequence[str], view: View, l2: float, *, few: bool = False) -> Probe:
        features = np.concatenate([self._vectors.look(f"{kind}, few" if few else kind, view) for kind in kinds])
        cut = CHOOSING_SENTENCES if few else None
        tags = np.concatenate([tag_numbers(self._texts.of(kind)[:cut]) for kind in kinds])
        return train_probe(features, tags, len(UPOS), l2=l2, seed=self._seed)

    def _dev_score(self, probe: Probe, view: View) -> float:
        dev = self._texts.dev
        assert dev is not None
        scores: Floats = probe.log_probabilities(self._vectors.look("dev", view))
        return dev.accuracy(scores)


def _view(chosen: Chosen) -> View:
    layers = cast("list[int]", chosen["layers"])
    return View(str(chosen["prefix"]), cast(Pooling, chosen["pooling"]), tuple(layers))
