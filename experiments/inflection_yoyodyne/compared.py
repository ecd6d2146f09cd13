"""The two sides on the same seeds: accuracies, times, rates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import geometric_mean, mean

from experiments.inflection_cells import SEEDS, Cell, Result, outcome
from experiments.inflection_yoyodyne.plan import SHORTER, THREADS, WHOLE, Plan
from experiments.inflection_yoyodyne.runs import EXAMPLES, Run
from lexaug.evaluation.statistics import Outcome, side_by_side

ByLanguage = Mapping[str, Sequence[Result]]
"""The results of each language, one per seed."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A method of lexaug by CPU minutes, yoyodyne by threads, each on the seeds that are whole."""

    seeds: tuple[int, ...]
    ours: Mapping[float, ByLanguage]
    theirs: Mapping[int, ByLanguage]

    @property
    def threads(self) -> int:
        """The threads with which yoyodyne does best on dev."""
        return max(self.theirs, key=lambda threads: mean(result["dev"] for result in _all(self.theirs[threads])))

    @property
    def whole(self) -> ByLanguage:
        """Lexaug in the whole time."""
        return self.ours[WHOLE]

    @property
    def best(self) -> ByLanguage:
        """Yoyodyne at its best."""
        return self.theirs[self.threads]

    @property
    def kept_seconds(self) -> float:
        """Seconds after which yoyodyne had the weights that were kept, on average."""
        return mean(kept_after(result["history"]) for result in _all(self.best))

    @property
    def reached_seconds(self) -> float | None:
        """The shortest training in which lexaug reaches yoyodyne's mean accuracy, seconds; None where none does."""
        wanted = language_mean(self.best).value
        reached = [60 * minutes for minutes in sorted(self.ours) if language_mean(self.ours[minutes]).value >= wanted]
        return reached[0] if reached else None


def compare(plan: Plan, method: str) -> Compared | None:
    """Gather what is measured of a method and with the settings of now; None where no seed is whole."""
    settings = plan.search().best

    def ours(minutes: float, language: str, seed: int) -> Result | None:
        return plan.found(Cell(language, EXAMPLES, method, minutes, seed))

    def theirs(threads: int, language: str, seed: int) -> Result | None:
        return plan.found(Run(language, seed, threads, settings, plan.seconds))

    budgets = (*SHORTER, WHOLE)
    seeds = [
        seed
        for seed in SEEDS
        if all(ours(minutes, language, seed) for minutes in budgets for language in plan.languages)
        and all(theirs(THREADS[0], language, seed) for language in plan.languages)
    ]
    if not seeds:
        return None
    mine = {minutes: _gather(plan.languages, seeds, lambda *at, m=minutes: ours(m, *at)) for minutes in budgets}
    other = {threads: _gather(plan.languages, seeds, lambda *at, t=threads: theirs(t, *at)) for threads in THREADS}
    whole = {threads: found for threads, found in other.items() if all(map(all, found.values()))}
    return Compared(tuple(seeds), mine, whole)


def _gather(languages, seeds, find) -> dict[str, list[Result]]:  # noqa: ANN001
    return {language: [find(language, seed) for seed in seeds] for language in languages}


def _all(results: ByLanguage) -> list[Result]:
    return [result for seeds in results.values() for result in seeds]


def language_mean(results: ByLanguage) -> Outcome:
    """Give the languages' outcomes side by side, each counting the same."""
    return side_by_side(outcome(seeds) for seeds in results.values())


def kept_after(history: Sequence[Sequence[float]]) -> float:
    """Give the seconds of the check whose weights stay: the best, of equals the last."""
    best = max(score for _, _, score in history)
    return max(seconds for seconds, _, score in history if score == best)


def dev_by(history: Sequence[Sequence[float]], seconds: float) -> float:
    """Give the best check of dev until then; 0 before the first."""
    return max((score for at, _, score in history if at <= seconds), default=0.0)


def our_examples_per_second(result: Result) -> float:
    """Give lexaug's rate of training; its own checks of dev count as time."""
    batch = result["wanted"]["settings"]["batch"]
    return float(result["steps"] * EXAMPLES / math.ceil(EXAMPLES / batch) / result["seconds"])


def their_examples_per_second(result: Result) -> float:
    """Give yoyodyne's rate of training; its checks of dev do not count."""
    return float(result["examples"] / result["seconds"])


def training_rates(found: Compared) -> dict[str, tuple[float, float]]:
    """Give examples per second of both sides by language: the best run of each, on any threads."""
    return {
        language: (
            max(map(our_examples_per_second, seeds)),
            max(their_examples_per_second(result) for side in found.theirs.values() for result in side[language]),
        )
        for language, seeds in found.whole.items()
    }


def inflection_rates(found: Compared) -> dict[str, tuple[float, float]]:
    """Give forms per second of both sides by language: the best run of each, on any threads."""
    return {
        language: (
            max(result["forms_per_second"] for result in seeds),
            max(result["forms_per_second"] for side in found.theirs.values() for result in side[language]),
        )
        for language, seeds in found.whole.items()
    }


def mean_ratio(rates: Mapping[str, tuple[float, float]]) -> float:
    """Give how many times yoyodyne's rate lexaug's is, the languages' geometric mean."""
    return geometric_mean(ours / theirs for ours, theirs in rates.values())
