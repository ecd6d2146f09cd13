"""Finding each sentence's translation: similarities in, hits out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lexaug.evaluation.pairs import Pairs
from lexaug.evaluation.statistics import Outcome, Score, score

FORWARD, BACKWARD = "into_english", "from_english"

Floats = npt.NDArray[np.float32]
Hits = npt.NDArray[np.float64]


def hits(similarities: Floats, pairs: Pairs) -> Hits:
    """Tell per pair whether the nearest text of the other side is its translation: [2, pairs] of 0 and 1.

    Row 0 goes into English, row 1 comes from it. A text that stands on several lines counts as one text.
    """
    forward = [pairs.targets[best] == own for best, own in zip(similarities.argmax(1), pairs.targets, strict=True)]
    backward = [pairs.sources[best] == own for best, own in zip(similarities.argmax(0), pairs.sources, strict=True)]
    return np.array([forward, backward], dtype=np.float64)


def outcome(runs: Sequence[Hits]) -> Outcome:
    """Average the two directions per pair, for each seed's run."""
    correct = np.stack([run.mean(axis=0) for run in runs])
    return Outcome(correct, np.ones(correct.shape[1]))


def retrieval_score(name: str, runs: Sequence[Hits], signature: str) -> Score:
    """Give P@1 in per cent: the mean of both directions, with each as a slice."""
    both = 100 * np.stack(runs).mean(axis=(0, 2))
    return score(
        name, outcome(runs), signature=signature, slices=((FORWARD, float(both[0])), (BACKWARD, float(both[1])))
    )


def standardised(similarities: Floats) -> Floats:
    """Bring similarities of different systems to one scale: mean 0, deviation 1."""
    spread = max(float(similarities.std()), 1e-9)
    scaled: Floats = (similarities - similarities.mean()) / spread
    return scaled
