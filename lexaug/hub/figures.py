"""The figures that `metrics.json` holds of an adapter's evaluations, checked."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lexaug.errors import FormatError
from lexaug.evaluation.saving import EVALUATION
from lexaug.evaluation.verdict import COUNTERPARTS, WITHOUT

ROUNDING = 0.01
"""Points by which a difference may miss that of the scores: all are rounded to four digits."""
VERDICTS = ("helps", "no_effect", "harms")
REMEASURE = "evaluate the adapter anew: lexaug eval ... --save"
_WEIGHTS = re.compile(r"(?:^|\|)weights:([0-9a-f,]+)(?=\||$)")
"""Where a signature names, by the first digits of their SHA-256, the plain peft weights of each seed."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A score in per cent, or a difference in points, with its 95% interval and over how many seeds it was averaged."""

    value: float
    low: float
    high: float
    seeds: int = 1


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One report of `lexaug eval`.

    `systems` are scores by system, those without the adapter among them; `gains` differences by (system with the
    adapter, system without); `best` and `against` are the pair that the verdict rests on; `test` names the test file
    and `n` counts its sentences or pairs; `language` is an ISO 639-3 code; `signature` is everything needed
    to get the figures again.
    """

    language: str
    task: str
    n: int
    systems: Mapping[str, Figure]
    gains: Mapping[tuple[str, str], Figure]
    verdict: str
    best: str
    against: str
    signature: str
    test: str = ""
    notes: tuple[str, ...] = ()

    @property
    def gain(self) -> Figure:
        """The adapter's best system minus the system that it was judged against."""
        return self.gains[self.best, self.against]

    def is_of(self, weights: str) -> bool:
        """Tell whether adapter weights of this SHA-256 were measured; a signature that names none excludes none."""
        named = _WEIGHTS.search(self.signature)
        return named is None or any(digits and weights.startswith(digits) for digits in named[1].split(","))


def read_evaluations(metrics: Mapping[str, Any], *, file: Path) -> tuple[Evaluation, ...]:
    """Read the evaluations of an adapter's metrics; there may be none.

    Raises:
        FormatError: a report is not what `lexaug eval --save` writes.

    """
    reports = metrics.get(EVALUATION, [])
    if not isinstance(reports, list):
        raise _no_report(file, "it is no list")
    return tuple(_evaluation(report, file) for report in reports)


def _evaluation(report: Any, file: Path) -> Evaluation:  # noqa: ANN401
    try:
        found = Evaluation(
            language=_text(report["language"]),
            task=_text(report["task"]),
            n=_count(report["n"]),
            systems={_text(name): _figure(value) for name, value in report["systems"].items()},
            gains={_pair(name): _figure(value) for name, value in report["deltas"].items()},
            verdict=_text(report["verdict"]),
            best=_text(report["best"]),
            against=_text(report["against"]),
            signature=_text(report["signature"]),
            test=_text(report.get("test", "")),
            notes=tuple(_text(note) for note in report.get("notes", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise _no_report(file, fault) from None
    if found.verdict not in VERDICTS:
        raise _no_report(file, f"unknown verdict {found.verdict!r}")
    if (found.best, found.against) not in found.gains or not {found.best, found.against} <= set(found.systems):
        raise _no_report(file, f"it has no figures of {found.best!r} and {found.against!r}")
    if not _follows(found):
        raise _no_report(file, f"its verdict {found.verdict!r} is not borne out by its figures")
    for (ours, other), figure in found.gains.items():
        if abs(figure.value - _difference(found.systems, ours, other)) > ROUNDING:
            raise _no_report(file, f"its gain of {ours!r} over {other!r} is not the difference of their scores")
    return found


def _difference(systems: Mapping[str, Figure], ours: str, other: str) -> float:
    return systems[ours].value - systems[other].value if {ours, other} <= set(systems) else math.inf


def _follows(found: Evaluation) -> bool:
    """Tell whether the figures allow the verdict, as `lexaug.evaluation.verdict.judge` gives it.

    Every system without the adapter counts: a rival that beats it is not left out of the comparison.
    """
    rivals = [(found.best, rival) for rival in WITHOUT if rival in found.systems]
    leads = all(pair in found.gains and found.gains[pair].low > 0 for pair in rivals)
    if found.verdict == "helps":
        return leads
    if found.verdict == "harms":
        return found.gain.high < 0
    fallen = any(found.gains[pair].high < 0 for pair in COUNTERPARTS.items() if pair in found.gains)
    return not leads and not fallen


def _figure(value: Mapping[str, Any]) -> Figure:
    numbers = [value["value"], value["low"], value["high"]]
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in numbers):
        raise TypeError(f"{value!r} are no figures")
    middle, low, high = map(float, numbers)
    if not -100 <= low <= high <= 100 or not -100 <= middle <= 100:
        raise ValueError(f"{middle} [{low}, {high}] is no figure in per cent with its interval")
    return Figure(middle, low, high, _count(value.get("seeds", 1)))


def _pair(name: str) -> tuple[str, str]:
    """Split `A-B`; names of systems have no hyphen."""
    with_adapter, _, without = name.partition("-")
    if not with_adapter or not without:
        raise ValueError(f"{name!r} names no two systems")
    return with_adapter, without


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise TypeError(f"{value!r} is no count")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _no_report(file: Path, fault: object) -> FormatError:
    return FormatError(
        f"{EVALUATION!r} holds no report of an evaluation: {fault}",
        file=file,
        hint=REMEASURE,
    )
