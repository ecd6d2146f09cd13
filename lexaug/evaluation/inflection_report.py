"""Inflection scores of one or several languages, and of two systems side by side, joined and as JSON."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any

from lexaug.evaluation.inflection import InflectionScore, Slice
from lexaug.evaluation.inflection_rows import Official
from lexaug.evaluation.statistics import Delta, Score, delta, score, side_by_side

_DIGITS = 4
MACRO = "macro"
SIZES = {"up to 100": 100, "up to 1,000": 1_000, "up to 10,000": 10_000, "more": math.inf}
"""Numbers of training rows that count as one: the settings low, medium and high of 2017 and 2018, and beyond."""


@dataclass(frozen=True, slots=True)
class Average:
    """Gold files, each of which counts the same, and their rows: accuracy in per cent, distance in characters.

    `official` is the mean of what the shared tasks' scripts tell of each, and the sum of their cells.
    """

    files: int
    n: int
    accuracy: Score
    distance: float
    official: Official


@dataclass(frozen=True, slots=True)
class InflectionReport:
    """Scores by language, their average, also by training size, and what another system does less well.

    `sizes` are {} where no training rows were given; `others` hold, by language and for the average, what the other
    system reaches, and `deltas` this system minus the other in points; {} without another.
    """

    scores: Mapping[str, InflectionScore]
    macro: Average
    sizes: Mapping[str, Average]
    deltas: Mapping[str, Delta]
    others: Mapping[str, Average]
    signature: str

    def as_json(self) -> dict[str, Any]:
        """Give the object that `lexaug eval inflection --json` prints: per cent, points and characters."""
        return {
            "task": "inflection",
            "n": sum(found.n for found in self.scores.values()),
            "formless": sum(found.formless for found in self.scores.values()),
            "macro": _average(self.macro),
            "sizes": {name: {"files": mean.files, **_average(mean)} for name, mean in self.sizes.items()},
            "languages": {name: _language(found) for name, found in self.scores.items()},
            "deltas": {name: _rounded(asdict(found)) for name, found in self.deltas.items()},
            "others": {name: {"n": other.n, **_average(other)} for name, other in self.others.items()},
            "signature": self.signature,
        }


def inflection_report(
    scores: Sequence[InflectionScore], others: Sequence[InflectionScore] = (), *, signature: str = ""
) -> InflectionReport:
    """Join the scores of languages; `others` are another system's on the same gold files, in the same order."""
    deltas = {s.language: delta(s.outcome, o.outcome) for s, o in zip(scores, others, strict=False)}
    reached = {s.language: _mean(s.language, [o], signature) for s, o in zip(scores, others, strict=False)}
    if others:
        deltas[MACRO] = delta(*(side_by_side(found.outcome for found in system) for system in (scores, others)))
        reached[MACRO] = _mean(MACRO, others, signature)
    by_size: dict[str, list[InflectionScore]] = {name: [] for name in SIZES}
    for found in scores:
        if found.train is not None:
            by_size[next(name for name, most in SIZES.items() if found.train <= most)].append(found)
    return InflectionReport(
        {found.language: found for found in scores},
        _mean(MACRO, scores, signature),
        {name: _mean(name, group, signature) for name, group in by_size.items() if group},
        deltas,
        reached,
        signature,
    )


def _mean(name: str, scores: Sequence[InflectionScore], signature: str) -> Average:
    accuracy = score(name, side_by_side(found.outcome for found in scores), signature=signature)
    rows, scripts = sum(found.n for found in scores), [found.official for found in scores]
    return Average(
        len(scores),
        rows,
        accuracy,
        fmean(found.distance for found in scores),
        Official(
            sum(found.cells for found in scripts),
            fmean(found.accuracy for found in scripts),
            fmean(found.distance for found in scripts),
        ),
    )


def named_apart(scores: Sequence[InflectionScore], *files: Sequence[Path]) -> list[InflectionScore]:
    """Name scores apart where two languages, or a language and the average, would have one name.

    Args:
        scores: of one language each.
        files: their gold files, then their predictions, then others; a score is named by its first that tells it apart,
            at last by its number.

    """
    found = [score.language for score in scores]
    for names in (*files, range(1, len(scores) + 1)):
        shared = Counter([MACRO, *found])
        found = [str(other) if shared[name] > 1 else name for name, other in zip(found, names, strict=False)]
    return [replace(score, language=name) for score, name in zip(scores, found, strict=True)]


def _average(mean: Average) -> dict[str, Any]:
    figures = {**_interval(mean.accuracy), "distance": round(mean.distance, _DIGITS)}
    return {**figures, "official": _official(mean.official)}


def _official(found: Official) -> dict[str, float]:
    return {"cells": found.cells, **_rounded({"accuracy": found.accuracy, "distance": found.distance})}


def _interval(found: Score) -> dict[str, float]:
    return _rounded({"accuracy": found.value, "low": found.low, "high": found.high})


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: rounded(value, _DIGITS) for name, value in values.items()}


def rounded(value: float, digits: int) -> float:
    """Round a figure; a small negative one becomes 0.0, not -0.0."""
    return round(value, digits) + 0.0


def _language(found: InflectionScore) -> dict[str, Any]:
    return {
        "n": found.n,
        "formless": found.formless,
        "lemmas": found.lemmas,
        "train": found.train,
        "leaked": found.leaked,
        "other_forms": found.other_forms,
        **_interval(found.accuracy),
        "raw": round(found.raw, _DIGITS),
        "any_form": round(found.any_form, _DIGITS),
        "distance": round(found.distance, _DIGITS),
        "official": _official(found.official),
        "slices": {name: {part: _slice(cut) for part, cut in cuts.items()} for name, cuts in found.slices.items()},
    }


def _slice(cut: Slice) -> dict[str, float]:
    return {"n": cut.n, "lemmas": cut.accuracy.n, **_interval(cut.accuracy), "distance": round(cut.distance, _DIGITS)}
