"""The two sides on the same seeds: accuracies, times, rates."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import geometric_mean, mean

from experiments.inflection_cells import SEEDS, Cell, Result, outcome
from experiments.inflection_yoyodyne.plan import SHORTER, THEIR_SHORTER, THREADS, WHOLE, Plan
from experiments.inflection_yoyodyne.runs import EXAMPLES
from lexaug.evaluation.statistics import Outcome, side_by_side

CLOSE = 1.0
"""Points on dev within which yoyodyne counts as having reached its own accuracy."""
ByLanguage = Mapping[str, Sequence[Result]]
"""The results of each language, one per seed."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A method of lexaug by CPU minutes, yoyodyne by threads, and by seconds of shorter runs; on whole seeds."""

    seeds: tuple[int, ...]
    ours: Mapping[float, ByLanguage]
    theirs: Mapping[int, ByLanguage]
    shorter: Mapping[float, ByLanguage]

    @property
    def threads(self) -> int:
        """The threads with which yoyodyne does best on dev."""
        return max(self.theirs, key=lambda threads: dev_mean(self.theirs[threads]))

    @property
    def whole(self) -> ByLanguage:
        """Lexaug in the whole time."""
        return self.ours[WHOLE]

    @property
    def best(self) -> ByLanguage:
        """Yoyodyne at its best."""
        return self.theirs[self.threads]

    @property
    def needed_seconds(self) -> float:
        """Seconds in which yoyodyne comes close to its own accuracy on dev: on the way, or in a shorter run.

        Close is `CLOSE` points: the best of many checks stands above its neighbours by chance.
        """
        on_the_way = mean(close_after(result["history"]) for result in results_of(self.best))
        enough = [seconds for seconds, side in self.shorter.items() if dev_mean(side) >= dev_mean(self.best) - CLOSE]
        return min(on_the_way, *enough) if enough else on_the_way

    @property
    def reached_seconds(self) -> float | None:
        """Seconds of the shortest training in which lexaug reaches yoyodyne's mean on dev; None where none does."""
        reached = [side for _, side in sorted(self.ours.items()) if dev_mean(side) >= dev_mean(self.best)]
        return mean(result["seconds"] for result in results_of(reached[0])) if reached else None


def compare(plan: Plan, method: str) -> Compared | None:
    """Gather what is measured of a method and with the settings of now; None where no seed is whole."""
    settings = plan.best
    budgets, whole = (*SHORTER, WHOLE), plan.seconds

    def ours(minutes: float, language: str, seed: int) -> Result | None:
        return plan.found(Cell(language, EXAMPLES, method, minutes, seed))

    def theirs(threads: int, language: str, seed: int, seconds: float = whole) -> Result | None:
        return plan.found(plan.run(language, seed, threads, settings, seconds))

    def complete(language: str, seed: int) -> bool:
        return (
            all(ours(minutes, language, seed) for minutes in budgets)
            and all(theirs(threads, language, seed) for threads in THREADS)
            and all(theirs(THREADS[0], language, seed, seconds) for seconds in THEIR_SHORTER)
        )

    seeds = [seed for seed in SEEDS if all(complete(language, seed) for language in plan.languages)]
    if not seeds:
        return None
    return Compared(
        tuple(seeds),
        {minutes: _gather(plan.languages, seeds, partial(ours, minutes)) for minutes in budgets},
        {threads: _gather(plan.languages, seeds, partial(theirs, threads)) for threads in THREADS},
        {
            seconds: _gather(plan.languages, seeds, partial(theirs, THREADS[0], seconds=seconds))
            for seconds in THEIR_SHORTER
        },
    )


def _gather(languages: Sequence[str], seeds: Sequence[int], find: Callable[[str, int], Result]) -> ByLanguage:
    return {language: [find(language, seed) for seed in seeds] for language in languages}


def results_of(results: ByLanguage) -> list[Result]:
    """List the results of all languages and seeds."""
    return [result for seeds in results.values() for result in seeds]


def dev_mean(results: ByLanguage) -> float:
    """Give the mean accuracy on dev."""
    return mean(result["dev"] for result in results_of(results))


def language_mean(results: ByLanguage) -> Outcome:
    """Give the languages' outcomes side by side, each counting the same."""
    return side_by_side(outcome(seeds) for seeds in results.values())


def close_after(history: Sequence[Sequence[float]]) -> float:
    """Give the seconds of the first check of dev that is at most `CLOSE` points below the best."""
    best = max(score for _, _, score in history)
    return min(seconds for seconds, _, score in history if score >= best - CLOSE)


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
