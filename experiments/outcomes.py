"""What was measured of one adapter, kept as a committed file: a study that takes many hours goes on on any machine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np

from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.statistics import Outcome, score
from lexaug.evaluation.verdict import differences, judge
from lexaug.files import write_json

FOLDER = Path("docs/results/outcomes")
TRAINING = ("passes", "tokens", "tokens_per_second", "wall_seconds", "token_rows", "adapter_values", "character_values")
"""What is kept of an adapter's own metrics, with everything that it measured on dev."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One adapter beside all systems that do without, on one test set.

    `correct` counts by system what was right of each item, `total` what there was to get right; `best` is the system
    that stands for the adapter; `slices` are figures of parts by system; `training` says how the adapter was trained.
    `version` names the facts and settings that it was made from: with others it counts no longer.
    """

    version: str
    language: str
    task: str
    total: tuple[float, ...]
    correct: Mapping[str, tuple[float, ...]]
    slices: Mapping[str, Mapping[str, float]]
    chosen: Mapping[str, Mapping[str, object]]
    best: str
    signature: str
    training: Mapping[str, Any]

    @classmethod
    def of(cls, version: str, report: EvalReport, metrics: Mapping[str, Any]) -> Self:
        """Take what is kept of the evaluation of a single adapter, and of its metrics."""
        first = next(iter(report.outcomes.values()))
        kept = {name: value for name, value in metrics.items() if name in TRAINING or name.startswith("dev_")}
        return cls(
            version=version,
            language=report.language,
            task=report.task,
            total=tuple(first.total.tolist()),
            correct={name: tuple(found.correct[0].tolist()) for name, found in report.outcomes.items()},
            slices={name: dict(found.slices) for name, found in report.systems.items() if found.slices},
            chosen=report.chosen,
            best=report.judgement.judged,
            signature=report.signature,
            training=kept,
        )


def write_measured(path: Path, measured: Measured) -> None:
    """Write a measurement, whole or not at all; counts stand as plain numbers, one line a system."""
    facts = {name: getattr(measured, name) for name in Measured.__dataclass_fields__}
    facts["total"] = _numbers(measured.total)
    facts["correct"] = {name: _numbers(found) for name, found in measured.correct.items()}
    write_json(path, facts)


def read_measured(path: Path, version: str) -> Measured | None:
    """Read a measurement; None where there is none yet, or only one of another version."""
    facts = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if facts.get("version") != version:
        return None
    facts["total"] = _from_numbers(facts["total"])
    facts["correct"] = {name: _from_numbers(found) for name, found in facts["correct"].items()}
    return Measured(**facts)


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:g}" for value in values)


def _from_numbers(text: str) -> tuple[float, ...]:
    return tuple(map(float, text.split()))


def join(seeds: Sequence[Measured]) -> EvalReport:
    """Report measurements of several seeds on the same items as one; settings and the system judged are the first's."""
    first = seeds[0]
    total = np.array(first.total)
    outcomes = {name: Outcome(np.array([seed.correct[name] for seed in seeds]), total) for name in first.correct}
    deltas = differences(outcomes)
    systems = {name: score(name, found, signature=first.signature) for name, found in outcomes.items()}
    for name in first.slices:
        means = {part: float(np.mean([seed.slices[name][part] for seed in seeds])) for part in first.slices[name]}
        systems[name] = replace(systems[name], slices=tuple(means.items()))
    return EvalReport(
        language=first.language,
        task=first.task,
        n=len(total),
        systems=systems,
        outcomes=outcomes,
        deltas=deltas,
        judgement=judge(outcomes, deltas, first.best),
        signature=" + ".join(seed.signature for seed in seeds),
        chosen=first.chosen,
    )
