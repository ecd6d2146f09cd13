"""What is measured: the tuning of yoyodyne, then both sides at equal time, seed by seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from experiments.inflection_cells import FIVE, SEEDS, Cell, Grid, Result
from experiments.inflection_low_resource.page import LOW_RESOURCE
from experiments.inflection_yoyodyne.runs import EXAMPLES, Run, Yoyodyne
from experiments.inflection_yoyodyne.settings import AXES, SHAPES, Search, Settings, around, search
from experiments.study import RESULTS

SECONDS = 240.0
SHORTER = (0.25, 0.5, 0.75, 1.0, 1.25, 2.0)
"""CPU minutes in which lexaug is trained anew, to find how soon it reaches yoyodyne's accuracy."""
WHOLE = SECONDS / 60
METHODS = ("scratch", "full+hallucination")
"""Lexaug's side: a model as new as yoyodyne's, and the default method, best on dev in inflection_low_resource."""
THREADS = (1, 2)
THEIR_SHORTER = (60.0, 120.0)
"""Seconds in which yoyodyne is trained anew, on one thread, to find how soon it reaches its own accuracy."""
TUNED_ON, TUNING_SEED = ("tur", "swa"), 9
"""Languages and rows of the tuning: rows drawn with a seed of their own, judged on dev."""
FINALISTS = 3
"""Settings, the best of those tried, that are compared once more, on dev of all languages."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Both sides: the folder of lexaug's cells, and what runs yoyodyne; `languages` and `seconds` as measured."""

    folder: Path
    theirs: Yoyodyne
    languages: tuple[str, ...] = FIVE
    seconds: float = SECONDS

    @property
    def ours(self) -> Grid:
        """Lexaug's side."""
        return Grid(self.folder, (EXAMPLES,), METHODS, (*SHORTER, WHOLE), self.languages)

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

    def dev(self, settings: Settings, languages: Sequence[str] = TUNED_ON) -> float | None:
        """Give the mean accuracy on dev of settings, None where not all is measured."""
        found = [self.theirs.found(run) for run in self._tuned(settings, languages)]
        scores = [result["dev"] for result in found if result is not None]
        return mean(scores) if len(scores) == len(found) else None

    def finalists(self) -> dict[Settings, float | None]:
        """List the best settings of the search, once it is over, with their mean accuracy on dev of all languages."""
        if self.search().open:
            return {}
        best = sorted(self.tried(), key=lambda settings: -(self.dev(settings) or 0.0))[:FINALISTS]
        return {settings: self.dev(settings, self.languages) for settings in best}

    @property
    def best(self) -> Settings:
        """The settings that yoyodyne is measured with: the best finalist, or as far as the tuning has come."""
        scores = {settings: score for settings, score in self.finalists().items() if score is not None}
        return max(scores, key=scores.__getitem__) if scores else self.search().best

    def tuning(self) -> list[Run]:
        """List the runs of the next step of the tuning; none where it is over."""
        if unsure := self.search().open:
            return [run for settings in unsure for run in self._tuned(settings, TUNED_ON)]
        finalists = self.finalists()
        if None not in finalists.values():
            return []
        return [run for settings in finalists for run in self._tuned(settings, self.languages)]

    def cells(self) -> list[Cell | Run]:
        """List the measured cells, the sides in turn, whole seeds first."""
        best, ours = self.best, list(self.ours.cells())
        cells: list[Cell | Run] = []
        for seed in SEEDS:
            for language in self.languages:
                cells += [cell for cell in ours if (cell.language, cell.seed) == (language, seed)]
                cells += [self.run(language, seed, threads, best) for threads in THREADS]
                cells += [self.run(language, seed, THREADS[0], best, seconds) for seconds in THEIR_SHORTER]
        return cells

    def run(self, language: str, seed: int, threads: int, settings: Settings, seconds: float | None = None) -> Run:
        """Give a run of yoyodyne, of the whole time if none is given."""
        return Run(language, seed, threads, settings, seconds or self.seconds)

    def found(self, cell: Cell | Run) -> Result | None:
        """Give the result of a cell of either side."""
        return self.theirs.found(cell) if isinstance(cell, Run) else self.ours.found(cell)

    def measure(self, cell: Cell | Run) -> Result:
        """Measure a cell of either side."""
        return self.theirs.measure(cell) if isinstance(cell, Run) else self.ours.measure(cell)

    def _tuned(self, settings: Settings, languages: Sequence[str]) -> Sequence[Run]:
        return [self.run(language, TUNING_SEED, 1, settings) for language in languages]


PLAN = Plan(LOW_RESOURCE.folder, Yoyodyne(RESULTS / "inflection_yoyodyne"))
"""Lexaug's cells lie with those of the grid, which has some of them too: each is measured once."""
