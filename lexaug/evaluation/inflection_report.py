"""Inflection scores of one or several languages, and of two systems side by side: for scripts and for people."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.evaluation.inflection import InflectionScore
from lexaug.evaluation.statistics import Delta, Score, delta, score, side_by_side

if TYPE_CHECKING:
    from rich.console import Group
    from rich.text import Text

_DIGITS = 4
MACRO = "macro"
SIZES = {"up to 100": 100, "up to 1,000": 1_000, "up to 10,000": 10_000, "more": math.inf}
"""Numbers of training rows that count as one: the settings low, medium and high of 2017 and 2018, and beyond."""
SHOWN = 12
"""Feature bundles shown to people: the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Average:
    """Several gold files, each of which counts the same: accuracy in per cent, distance in characters."""

    files: int
    accuracy: Score
    distance: float


@dataclass(frozen=True, slots=True)
class InflectionReport:
    """Scores by language, their average, also by training size, and what another system does less well.

    `sizes` are {} where no training rows were given; `deltas` hold, by language and for the average, this system minus
    the other in points; {} without another.
    """

    scores: Mapping[str, InflectionScore]
    macro: Average
    sizes: Mapping[str, Average]
    deltas: Mapping[str, Delta]
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
            "signature": self.signature,
        }


def inflection_report(
    scores: Sequence[InflectionScore], others: Sequence[InflectionScore] = (), *, signature: str = ""
) -> InflectionReport:
    """Join the scores of languages; `others` are another system's on the same gold files, in the same order."""
    deltas = {s.language: delta(s.outcome, o.outcome) for s, o in zip(scores, others, strict=False)}
    if others:
        deltas[MACRO] = delta(*(side_by_side(found.outcome for found in system) for system in (scores, others)))
    by_size: dict[str, list[InflectionScore]] = {name: [] for name in SIZES}
    for found in scores:
        if found.train is not None:
            by_size[next(name for name, most in SIZES.items() if found.train <= most)].append(found)
    return InflectionReport(
        {found.language: found for found in scores},
        _mean(MACRO, scores, signature),
        {name: _mean(name, group, signature) for name, group in by_size.items() if group},
        deltas,
        signature,
    )


def _mean(name: str, scores: Sequence[InflectionScore], signature: str) -> Average:
    accuracy = score(name, side_by_side(found.outcome for found in scores), signature=signature)
    return Average(len(scores), accuracy, sum(found.distance for found in scores) / len(scores))


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


def _average(mean: Average) -> dict[str, float]:
    return {**_interval(mean.accuracy), "distance": round(mean.distance, _DIGITS)}


def _interval(found: Score) -> dict[str, float]:
    return _rounded({"accuracy": found.value, "low": found.low, "high": found.high})


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, _DIGITS) for name, value in values.items()}


def _language(found: InflectionScore) -> dict[str, Any]:
    return {
        "n": found.n,
        "formless": found.formless,
        "lemmas": found.lemmas,
        "train": found.train,
        **_interval(found.accuracy),
        "raw": round(found.raw, _DIGITS),
        "any_form": round(found.any_form, _DIGITS),
        "distance": round(found.distance, _DIGITS),
        "slices": {
            name: {part: _rounded(asdict(cut)) for part, cut in cuts.items()} for name, cuts in found.slices.items()
        },
    }


def render_inflection(report: InflectionReport) -> Group:
    """Lay out a report for a terminal: a row per language, then the breakdowns of a single one."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(title="inflection: exact match, 95% intervals by lemma", title_justify="left")
    columns = ("language", "rows", "lemmas", "accuracy", "raw", "any form", "distance", "lead")
    for name in columns if report.deltas else columns[:-1]:
        table.add_column(name, justify="left" if name == "language" else "right")
    for name, found in report.scores.items():
        counts = (str(found.n), str(found.lemmas))
        more = (f"{found.raw:.1f}", f"{found.any_form:.1f}", f"{found.distance:.2f}")
        table.add_row(name, *counts, _shown(found.accuracy), *more, *_against(report, name))
    if len(report.scores) > 1:
        mean = report.macro
        table.add_row(MACRO, "", "", _shown(mean.accuracy), "", "", f"{mean.distance:.2f}", *_against(report, MACRO))
    parts: list[Table] = [_sizes(report)] if len(report.scores) > 1 and report.sizes else []
    for found in report.scores.values() if len(report.scores) == 1 else ():
        parts += [_cuts(name, found) for name in found.slices]
    return Group(table, *parts, *_formless(report), Text(report.signature, "dim"))


def _formless(report: InflectionReport) -> list[Text]:
    from rich.text import Text

    return [
        Text(f"{name}: of {found.n} gold rows {found.formless} have no form; an empty prediction is right there")
        for name, found in report.scores.items()
        if found.formless
    ]


def _sizes(report: InflectionReport) -> Any:  # noqa: ANN401
    from rich.table import Table

    table = Table(title="by training size", title_justify="left")
    for column in ("training rows", "files", "accuracy", "distance"):
        table.add_column(column, justify="left" if column == "training rows" else "right")
    for name, mean in report.sizes.items():
        table.add_row(name, str(mean.files), _shown(mean.accuracy), f"{mean.distance:.2f}")
    return table


def _cuts(name: str, found: InflectionScore) -> Any:  # noqa: ANN401
    from rich.table import Table

    table = Table(title=f"by {name}", title_justify="left")
    for column in (name, "rows", "accuracy", "distance"):
        table.add_column(column, justify="left" if column == name else "right")
    largest = sorted(found.slices[name].items(), key=lambda item: (-item[1].n, item[0]))[:SHOWN]
    for part, cut in largest:
        table.add_row(part, str(cut.n), f"{cut.accuracy:.1f}", f"{cut.distance:.2f}")
    return table


def _shown(found: Score) -> Text:
    from rich.text import Text

    return Text(f"{found.value:.1f} [{found.low:.1f}, {found.high:.1f}]")


def _against(report: InflectionReport, name: str) -> tuple[Text, ...]:
    from rich.text import Text

    found = report.deltas.get(name)
    return () if found is None else (Text(f"{found.value:+.1f} [{found.low:.1f}, {found.high:.1f}]"),)
