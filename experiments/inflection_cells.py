"""The cells of the studies of inflection: each is measured once and kept as a small file; a run may stop anywhere."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, TypeVar

import numpy as np

from experiments.shared_task import Source, drawn
from experiments.study import say
from lexaug.evaluation.statistics import Outcome, grouped, score
from lexaug.files import write_json
from lexaug.inflection.backbone import SHIPPED, find_backbone, has_shipped
from lexaug.inflection.examples import InflectionExample, read_examples
from lexaug.inflection.folder import load_inflector, write_inflector
from lexaug.inflection.inflector import Inflector, accuracy
from lexaug.inflection.methods import NEURAL, RULES
from lexaug.inflection.run import train_inflector
from lexaug.inflection.settings import InflectorSettings
from lexaug.training.machine import processor

FIVE = ("swa", "sme", "tur", "klr", "nav")
"""The languages whose mean is judged."""
SEEDS = (0, 1, 2)
RULES_PROCEDURE, PROCEDURE, HALLUCINATION = 2, 3, 2
"""Raised by hand when rules or networks learn otherwise, or examples are made up otherwise, which no setting tells."""
TOLD = ("seconds", "steps", "values", "trained_values", "nearest_language", "precision", "history")
"""What a result keeps of an inflector's own account of its training."""
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """A language, so many examples drawn with a seed, a method, and CPU minutes (0 for rules, which take seconds)."""

    language: str
    size: int
    method: str
    minutes: float
    seed: int

    @property
    def name(self) -> str:
        """The cell as a file name."""
        return f"{self.language}-{self.size}-{self.method}-{self.minutes:g}min-seed{self.seed}"

    @property
    def settings(self) -> InflectorSettings:
        """How the cell is trained."""
        return InflectorSettings(minutes=self.minutes, clock="cpu", seed=self.seed)

    def as_wanted(self, identity: str | None) -> Result:
        """Say what decides the cell's figures: the cell, its settings as used, the backbone's weights."""
        method = None if self.method == RULES else NEURAL[self.method]
        own = self.settings if method is None else method.settings(self.settings)
        wanted = {"cell": asdict(self), "settings": asdict(own), "backbone": identity}
        wanted["procedure"] = RULES_PROCEDURE if method is None else PROCEDURE
        if method is not None and method.hallucinated:
            wanted["made_up"] = HALLUCINATION
        return wanted


@dataclass(frozen=True, slots=True)
class Grid:
    """What is measured, where results lie, and what backbone methods that need one start from (None: none is there)."""

    folder: Path
    sizes: tuple[int, ...]
    methods: tuple[str, ...]
    minutes: tuple[float, ...]
    languages: tuple[str, ...] = FIVE
    backbone: str | None = SHIPPED if has_shipped() else None

    @property
    def identity(self) -> str | None:
        """The backbone's weights."""
        return None if self.backbone is None else find_backbone(self.backbone).identity

    @property
    def usable(self) -> tuple[str, ...]:
        """The methods that can be measured with the backbone that is there."""
        return tuple(name for name in self.methods if name == RULES or not NEURAL[name].backbone or self.backbone)

    def cells(self, minutes: Sequence[float] = ()) -> Iterator[Cell]:
        """List the cells: whole grids of one seed and one budget first, so that a part is of use."""
        budgets = tuple(minutes or self.minutes)
        for seed, budget, size, language, method in product(SEEDS, budgets, self.sizes, self.languages, self.usable):
            if method != RULES:
                yield Cell(language, size, method, budget, seed)
            elif budget == budgets[0]:
                yield Cell(language, size, method, 0.0, seed)

    def found(self, cell: Cell) -> Result | None:
        """Give a cell's result, unless it was measured with other settings or another backbone."""
        return read_result(self._place(cell), self.wanted(cell))

    def measure(self, cell: Cell) -> Result:
        """Train a cell, score it on dev and test, keep the result."""
        train, dev, test = self.rows(cell)
        load, wall = os.getloadavg()[0], time.monotonic()
        trained = train_inflector(
            cell.method, train, dev, cell.settings, backbone=self.backbone, language=cell.language
        )
        wall = time.monotonic() - wall
        inflector = as_kept(trained)
        started = time.process_time()
        forms = [found.form for found in inflector.inflect(test)]
        taken = time.process_time() - started
        result = {
            "wanted": self.wanted(cell),
            "dev": round(accuracy(inflector, dev), 2),
            **self.scored(test, forms),
            **{name: trained.metrics.get(name) for name in TOLD},
            "wall": round(wall, 1),
            "forms_per_second": round(len(forms) / taken, 1),
            "machine": processor(),
            "load": round(load, 2),
        }
        write_result(self._place(cell), result)
        return result

    def rows(self, cell: Cell) -> tuple[Sequence[InflectionExample], ...]:
        """Give what a cell learns from, its dev rows and its test rows."""
        return drawn(cell.language, cell.size, cell.seed), *dev_and_test(cell.language)

    def scored(self, test: Sequence[InflectionExample], forms: Sequence[str]) -> Result:
        """Score the forms of the test rows."""
        return by_lemma(test, forms)

    def wanted(self, cell: Cell) -> Result:
        """Say what decides a cell's figures, as its file has it."""
        needs = cell.method != RULES and NEURAL[cell.method].backbone
        return cell.as_wanted(self.identity if needs else None)

    def _place(self, cell: Cell) -> Path:
        return self.folder / f"{cell.name}.json"


def as_kept(inflector: Inflector) -> Inflector:
    """Give an inflector as it comes back from its folder, an adapter merged into its backbone."""
    with TemporaryDirectory() as folder:
        write_inflector(Path(folder) / "inflector", inflector, {})
        return load_inflector(Path(folder) / "inflector")


def dev_and_test(language: str) -> tuple[tuple[InflectionExample, ...], tuple[InflectionExample, ...]]:
    """Read the dev and test rows of a language of 2023."""
    source = Source(language, 2023)
    return read_examples(source.dev).rows, read_examples(source.train.with_suffix(".tst")).rows


def read_result(path: Path, wanted: Mapping[str, Any]) -> Result | None:
    """Read a result; None where there is none, or one of something else than is wanted."""
    if not path.is_file():
        return None
    result: Result = json.loads(path.read_text(encoding="utf-8"))
    return result if result["wanted"] == json.loads(json.dumps(wanted)) else None


def write_result(path: Path, result: Result) -> None:
    """Keep a result, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_json(path, result)


def by_lemma(rows: Sequence[InflectionExample], forms: Sequence[str]) -> Result:
    """Give accuracy in per cent, and right and all rows of each lemma in alphabetical order."""
    right = [form == row.form for row, form in zip(rows, forms, strict=True)]
    found = grouped(right, [row.lemma for row in rows])
    counts = {"right": found.correct[0], "total": found.total}
    return {"test": round(found.value, 2), **{name: count.astype(int).tolist() for name, count in counts.items()}}


def outcome(results: Sequence[Mapping[str, Any]]) -> Outcome:
    """Give the right forms of each seed and lemma."""
    right = np.array([result["right"] for result in results], np.float64)
    return Outcome(right, np.array(results[0]["total"], np.float64))


def shown(found: Outcome) -> str:
    """Write a score, its standard deviation over the seeds where there are several, and its interval."""
    figure = score("accuracy", found)
    spread = f" ±{figure.spread:.1f}" if figure.seeds > 1 else ""
    return f"{figure.value:.1f}{spread} [{figure.low:.1f}, {figure.high:.1f}]"


class Timed(Protocol):
    """A cell of any study."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def minutes(self) -> float:
        """How long it trains."""


Piece = TypeVar("Piece", bound=Timed, contravariant=True)


class Study(Protocol[Piece]):
    """What measures cells and keeps their results."""

    def found(self, cell: Piece, /) -> Result | None:
        """Give a cell's result, None where there is none."""

    def measure(self, cell: Piece, /) -> Result:
        """Measure a cell and keep the result."""


def work_through(cells: Sequence[Piece], until: float, study: Study[Piece]) -> bool:
    """Measure the cells that lack a result, none that would end after so many minutes; tells whether all have one."""
    started = time.monotonic()
    for place, cell in enumerate(cells):
        if study.found(cell) is not None:  # asked anew each time: another run may have measured it meanwhile
            continue
        if (time.monotonic() - started) / 60 + cell.minutes > until:
            return False
        result = study.measure(cell)
        say(f"{place + 1}/{len(cells)} {cell.name}: dev {result['dev']:.1f}, test {result['test']:.1f}")
    return True
