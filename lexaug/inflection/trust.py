"""From which confidence on an inflector is believed: chosen on forms that are known, of lemmas that it has not seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

ENOUGH_RIGHT: Final = 0.8
"""Share of the believed forms that must be right."""
LEAST: Final = 10
"""Believed forms below which a share says nothing."""


@dataclass(frozen=True, slots=True)
class Instead:
    """How good another way would be for the same forms: of `n` that it gives, `accuracy` (0 to 1) are right."""

    accuracy: float
    n: int

    def as_json(self) -> dict[str, Any]:
        """Give the figures as a manifest has them."""
        return {"accuracy": round(self.accuracy, 4), "n": self.n}


@dataclass(frozen=True, slots=True)
class Trust:
    """How far an inflector is believed in one part of speech.

    Of `tested` held-out forms it gives `n` with at least the confidence `threshold` (0 to 1), and `accuracy` (0 to 1)
    of these are right. `threshold` is None where none is high enough: then it is not used, and the other figures are
    those of all forms. `instead` says how good other ways are for all of them: `nearest`, the cell that would stand in
    for one that the table lacked, and `lemma`, the citation form.
    """

    threshold: float | None
    accuracy: float
    n: int
    tested: int
    unseen: bool = True
    instead: Mapping[str, Instead] = field(default_factory=dict)

    def believes(self, confidence: float) -> bool:
        """Tell whether a form of this confidence is used."""
        return self.threshold is not None and confidence >= self.threshold

    def as_json(self) -> dict[str, Any]:
        """Give the figures as a manifest has them."""
        threshold = None if self.threshold is None else round(self.threshold, 6)
        figures = {"threshold": threshold, "accuracy": round(self.accuracy, 4), "n": self.n, "tested": self.tested}
        said = {"held_out": "not trained on" if self.unseen else "may have been trained on"}
        return {**figures, **said, "instead": {name: way.as_json() for name, way in self.instead.items()}}


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


def share_right(right: Iterable[bool]) -> Instead:
    """Sum up what was right of some forms."""
    found = list(right)
    return Instead(sum(found) / len(found) if found else 0.0, len(found))


def describe_trust(trust: Mapping[str, Trust]) -> dict[str, dict[str, Any]]:
    """Give the figures of several parts of speech as a manifest has them."""
    return {pos: found.as_json() for pos, found in sorted(trust.items())}
