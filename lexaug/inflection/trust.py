"""From which confidence on an inflector is believed: chosen on forms that are known, of lemmas that it has not seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

ENOUGH_RIGHT: Final = 0.8
"""Share of the believed forms that must be right."""
LEAST: Final = 10
"""Believed forms below which a share says nothing."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How far an inflector is believed in one part of speech.

    Of `tested` held-out forms it gives `n` with at least the confidence `threshold` (0 to 1), and `accuracy` (0 to 1)
    of these are right. `threshold` is None where none is high enough: then it is not used, and the other figures are
    those of all forms.
    """

    threshold: float | None
    accuracy: float
    n: int
    tested: int
    unseen: bool = True

    def believes(self, confidence: float) -> bool:
        """Tell whether a form of this confidence is used."""
        return self.threshold is not None and confidence >= self.threshold

    def as_json(self) -> dict[str, Any]:
        """Give the figures as a manifest has them."""
        threshold = None if self.threshold is None else round(self.threshold, 6)
        figures = {"threshold": threshold, "accuracy": round(self.accuracy, 4), "n": self.n, "tested": self.tested}
        return {**figures, "held_out": "not trained on" if self.unseen else "may have been trained on"}


def choose_trust(answers: Iterable[tuple[float, bool]], *, enough: float = ENOUGH_RIGHT) -> Trust:
    """Choose the lowest confidence from which on enough forms are right.

    Args:
        answers: confidence (0 to 1) and whether it was right, of each held-out form.
        enough: the share that must be right, 0 to 1.

    """
    ranked = sorted(answers, reverse=True)
    n = right = 0
    best: Trust | None = None
    for confidence, group in groupby(ranked, key=lambda answer: answer[0]):
        found = [correct for _, correct in group]
        n, right = n + len(found), right + sum(found)
        if n >= LEAST and right >= enough * n and confidence > 0:
            best = Trust(confidence, right / n, n, len(ranked))
    return best or Trust(None, right / n if n else 0.0, n, len(ranked))


def describe_trust(trust: Mapping[str, Trust]) -> dict[str, dict[str, Any]]:
    """Give the figures of several parts of speech as a manifest has them."""
    return {pos: found.as_json() for pos, found in sorted(trust.items())}
