"""What is measured: the tuning of yoyodyne, then both sides at equal time, seed by seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from experiments.inflection_cells import FIVE, SEEDS, Cell, Grid, Result
from experiments.inflection_yoyodyne.runs import EXAMPLES, Run, Yoyodyne
from experiments.inflection_yoyodyne.settings import AXES, SHAPES, Search, Settings, around, search
from experiments.study import RESULTS

SECONDS = 240.0
SHORTER = (0.25, 0.5, 0.75, 1.0, 1.25)
"""CPU minutes in which lexaug is trained anew, to find how soon it reaches yoyodyne's accuracy."""
WHOLE = SECONDS / 60
METHODS = ("scratch", "lora")
"""Lexaug's side: a model as new as yoyodyne's, and an adapter on the shipped backbone."""
THREADS = (1, 2)
TUNED_ON, TUNING_SEED = ("tur", "swa"), 9
"""Languages and rows of the tuning: rows drawn with a seed of their own, judged on dev."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Both sides: the folder of the results, and what runs yoyodyne; `languages` and `seconds` as measured."""

    folder: Path
    theirs: Yoyodyne
    languages: tuple[str, ...] = FIVE
    seconds: float = SECONDS

    @property
    def ours(self) -> Grid:
        """Lexaug's side."""
        folder = self.folder / "lexaug"
        return Grid(folder, (EXAMPLES,), METHODS, (*SHORTER, WHOLE), self.languages)

    def search(self, steps: int = len(AXES)) -> Search:
        """Tell where the tuning stands, with the first axes only if wanted."""
        return search(self.dev, axes=AXES[:steps])

    def tried(self) -> list[Settings]:
        """List all settings that the search compares, as far as it has come."""
        found = list(SHAPES)
        for step, (name, values) in enumerate(AXES):
            before = self.search(step)
            if before.open:
                break
            found += around(before.best, name, values)
        return list(dict.fromkeys(found))

    def dev(self, settings: Settings) -> float | None:
        """Give the mean accuracy on dev of settings, None where not all is measured."""
        found = [self.theirs.found(run) for run in self._tuned(settings)]
        scores = [result["dev"] for result in found if result is not None]
        return mean(scores) if len(scores) == len(found) else None

    def tuning(self) -> list[Run]:
        """List the runs of the next step of the tuning; none where it is over."""
        return [run for settings in self.search().open for run in self._tuned(settings)]

    def cells(self) -> list[Cell | Run]:
        """List the measured cells, the sides in turn, whole seeds first."""
        best = self.search().best
        ours = list(self.ours.cells())
        cells: list[Cell | Run] = []
        for seed in SEEDS:
            for language in self.languages:
                cells += [cell for cell in ours if (cell.language, cell.seed) == (language, seed)]
                cells += [self.run(language, seed, threads, best) for threads in THREADS]
        return cells

    def run(self, language: str, seed: int, threads: int, settings: Settings) -> Run:
        """Give a measured run of yoyodyne."""
        return Run(language, seed, threads, settings, self.seconds)

    def found(self, cell: Cell | Run) -> Result | None:
        """Give the result of a cell of either side."""
        return self.theirs.found(cell) if isinstance(cell, Run) else self.ours.found(cell)

    def measure(self, cell: Cell | Run) -> Result:
        """Measure a cell of either side."""
        return self.theirs.measure(cell) if isinstance(cell, Run) else self.ours.measure(cell)

    def _tuned(self, settings: Settings) -> Sequence[Run]:
        return [self.run(language, TUNING_SEED, 1, settings) for language in TUNED_ON]


FOLDER = RESULTS / "inflection_yoyodyne"
PLAN = Plan(FOLDER, Yoyodyne(FOLDER / "yoyodyne"))
