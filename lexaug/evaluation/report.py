"""The result of an evaluation: for scripts as JSON, for people as a table and one line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lexaug.evaluation.statistics import Delta, Outcome, Score
from lexaug.evaluation.verdict import WITHOUT, Judgement

if TYPE_CHECKING:
    from rich.console import Group

_DIGITS = 4
_WORDS = {"helps": "helps", "no_effect": "no effect", "harms": "harms"}
_COLOURS = {"helps": "green", "no_effect": "yellow", "harms": "red"}


@dataclass(frozen=True, slots=True)
class EvalReport:
    """All systems of one evaluation on the same items.

    `n` is the number of test sentences or pairs; `outcomes` say what each system got right of each; `deltas` are named
    `A-B` and hold A minus B in points; `notes` say what a reader must know besides (words not scored, sentences left
    out); `chosen` are the settings of each system.
    """

    language: str
    task: str
    n: int
    systems: Mapping[str, Score]
    outcomes: Mapping[str, Outcome]
    deltas: Mapping[str, Delta]
    judgement: Judgement
    signature: str
    notes: tuple[str, ...] = ()
    chosen: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def verdict_line(self) -> str:
        """Say in one line whether the adapter helps, and against which system that was decided."""
        found = self.judgement
        lead = self.deltas[f"{found.best}-{found.against}"]
        return (
            f"{_WORDS[found.verdict]}: {found.best} {self.systems[found.best].value:.1f} against "
            f"{found.against} {self.systems[found.against].value:.1f}, {_delta(lead)}, n = {self.n}"
        )

    def as_json(self) -> dict[str, Any]:
        """Give the object that `lexaug eval --json` prints; scores in per cent, deltas in points."""
        return {
            "language": self.language,
            "task": self.task,
            "n": self.n,
            "systems": {name: _score_json(score) for name, score in self.systems.items()},
            "deltas": {name: _delta_json(delta) for name, delta in self.deltas.items()},
            "verdict": self.judgement.verdict,
            "best": self.judgement.best,
            "against": self.judgement.against,
            "notes": list(self.notes),
            "signature": self.signature,
        }


def render(report: EvalReport) -> Group:
    """Lay out a report for a terminal."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{report.task}, {report.language}: n = {report.n}, 95% intervals", title_justify="left")
    table.add_column("system")
    for column in ("score", "interval", "seeds", "spread"):
        table.add_column(column, justify="right")
    for name, score in report.systems.items():
        style = "" if name in WITHOUT else "bold"
        spread = f"{score.spread:.2f}" if score.seeds > 1 else ""
        interval = f"[{score.low:.1f}, {score.high:.1f}]"
        table.add_row(Text(name, style), f"{score.value:.1f}", Text(interval), str(score.seeds), spread)
        for part, value in score.slices:
            table.add_row(Text(f"  {part}", "dim"), f"{value:.1f}", "", "", "")
    verdict = Text(report.verdict_line, style=f"bold {_COLOURS[report.judgement.verdict]}")
    return Group(table, verdict, *(Text(note, "dim") for note in report.notes), Text(report.signature, "dim"))


def _score_json(score: Score) -> dict[str, Any]:
    value: dict[str, Any] = {
        "name": score.name,
        "value": round(score.value, _DIGITS),
        "low": round(score.low, _DIGITS),
        "high": round(score.high, _DIGITS),
        "seeds": score.seeds,
    }
    if score.slices:
        value["slices"] = {part: round(figure, _DIGITS) for part, figure in score.slices}
    return value


def _delta_json(delta: Delta) -> dict[str, float]:
    return {
        "value": _signed(delta.value),
        "low": _signed(delta.low),
        "high": _signed(delta.high),
    }


def _signed(points: float) -> float:
    """Round, but not to zero what is not zero: the verdict rests on the side of it that an interval's end lies on."""
    return round(points, _DIGITS) or (math.copysign(10**-_DIGITS, points) if points else 0.0)


def _delta(delta: Delta) -> str:
    return f"{delta.value:+z.1f} [{delta.low:z.1f}, {delta.high:z.1f}] points"
