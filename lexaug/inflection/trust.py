"""From which confidence on an inflector is believed: chosen on forms that are known, of lemmas that it has not seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

ENOUGH_RIGHT: Final = 0.8
"""Share of the believed forms that must be right."""
OF_TABLE: Final = "rules of the table"
"""Names rules that are learnt from the table itself, where a manifest says what inflects."""
LEAST: Final = 10
"""Believed forms below which a share says nothing."""
FOLDS: Final = 10
"""Parts of the held-out lemmas, each of which is measured under the threshold that the others choose."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an inflector gave for a held-out form of a lemma: how sure it was (0 to 1), and whether it was right."""

    lemma: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Instead:
    """How good another way would be for the same forms: of `n` that it gives, `accuracy` (0 to 1) are right.

    It is None where there are none.
    """

    accuracy: float | None
    n: int

    def as_json(self) -> dict[str, Any]:
        """Give the figures as a manifest has them."""
        return {"accuracy": None if self.accuracy is None else round(self.accuracy, 4), "n": self.n}


@dataclass(frozen=True, slots=True)
class Trust:
    """How far an inflector is believed in one part of speech.

    It is believed from the confidence `threshold` (0 to 1) on, which all `tested` held-out forms chose. What is right
    of those forms from there on would flatter it, so `accuracy` (0 to 1) is cross-fitted: each tenth of the held-out
    lemmas is measured under the threshold that the others alone would choose, and `n` forms are believed so. A tenth
    for which the others choose none measures nothing, and what the others choose leans against the tenth that is left,
    so it errs to the low side; `accuracy` is None where no form is left. `threshold` is None where none is high enough:
    then it is not used, and the other figures are those of all forms. `instead` says how good other ways are for all of
    them: `nearest`, the cell that would stand in for one that the table lacked, and `lemma`, the citation form.
    `inflector` names what this is about: `OF_TABLE`, or the method of a trained one.
    """

    threshold: float | None
    accuracy: float | None
    n: int
    tested: int
    inflector: str = OF_TABLE
    instead: Mapping[str, Instead] = field(default_factory=dict)

    def believes(self, confidence: float) -> bool:
        """Tell whether a form of this confidence is used."""
        return self.threshold is not None and confidence >= self.threshold

    def as_json(self) -> dict[str, Any]:
        """Give the figures as a manifest has them."""
        threshold = None if self.threshold is None else round(self.threshold, 6)
        accuracy = None if self.accuracy is None else round(self.accuracy, 4)
        figures = {"threshold": threshold, "accuracy": accuracy, "n": self.n, "tested": self.tested}
        instead = {name: way.as_json() for name, way in self.instead.items()}
        return {"inflector": self.inflector, **figures, "instead": instead}


def choose_trust(answers: Iterable[Answer], *, enough: float = ENOUGH_RIGHT) -> Trust:
    """Choose from which confidence on an inflector is believed, and measure how often it is right then.

    Args:
        answers: those of the held-out forms.
        enough: the share of the believed forms that must be right, 0 to 1.

    """
    tried = list(answers)
    threshold = _lowest(tried, enough)
    right = [answer.right for answer in (tried if threshold is None else _cross_fitted(tried, enough))]
    return Trust(threshold, sum(right) / len(right) if right else None, len(right), len(tried))


def _lowest(answers: Iterable[Answer], enough: float) -> float | None:
    """Find the lowest confidence from which on enough forms are right; None where there is none."""
    n = right = 0
    lowest: float | None = None
    ranked = sorted(answers, key=lambda answer: -answer.confidence)
    for confidence, group in groupby(ranked, key=lambda answer: answer.confidence):
        found = [answer.right for answer in group]
        n, right = n + len(found), right + sum(found)
        if n >= LEAST and right >= enough * n and confidence > 0:
            lowest = confidence
    return lowest


def _cross_fitted(answers: Sequence[Answer], enough: float) -> list[Answer]:
    """Give the answers of each fold of the lemmas that are believed under the threshold of the other folds."""
    fold = {lemma: place % FOLDS for place, lemma in enumerate(sorted({answer.lemma for answer in answers}))}
    believed: list[Answer] = []
    for number in set(fold.values()):
        chosen_on = [answer for answer in answers if fold[answer.lemma] != number]
        if (threshold := _lowest(chosen_on, enough)) is not None:
            measured = (answer for answer in answers if fold[answer.lemma] == number)
            believed += [answer for answer in measured if answer.confidence >= threshold]
    return believed


def share_right(right: Iterable[bool]) -> Instead:
    """Sum up what was right of some forms."""
    found = list(right)
    return Instead(sum(found) / len(found) if found else None, len(found))


def describe_trust(trust: Mapping[str, Trust]) -> dict[str, dict[str, Any]]:
    """Give the figures of several parts of speech as a manifest has them."""
    return {pos: found.as_json() for pos, found in sorted(trust.items())}
