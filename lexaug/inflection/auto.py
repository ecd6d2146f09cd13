"""Choosing the method on dev: every one trains for the same time, the best one stays, and the table says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lexaug.errors import ConfigError
from lexaug.inflection.backbone import find_backbone, has_shipped, require_loadable
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.inflector import Inflector
from lexaug.inflection.methods import NEURAL, RULES
from lexaug.inflection.run import right, train_inflector
from lexaug.inflection.settings import InflectorSettings

HELD_OUT = 0.1
"""Share of the lemmas that serve as dev where none is given."""
RESAMPLES = 2000

Announce = Callable[[str, int, int], None]
"""Is told the method that comes next, how many are done and of how many."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A method and which dev rows came out right."""

    inflector: Inflector
    right: tuple[bool, ...]

    @property
    def accuracy(self) -> float:
        """Per cent of the dev rows."""
        return 100 * sum(self.right) / len(self.right)


def candidates(backbone: str | None) -> tuple[str, ...]:
    """Name the methods to try: those that start from a backbone only where one is given or shipped."""
    usable = backbone is not None or has_shipped()
    return (RULES, *(name for name, method in NEURAL.items() if usable or not method.backbone))


def choose(
    train: Sequence[InflectionExample],
    dev: Sequence[InflectionExample] = (),
    settings: InflectorSettings | None = None,
    *,
    backbone: str | None = None,
    language: str | None = None,
    methods: Sequence[str] | None = None,
    announce: Announce | None = None,
) -> Inflector:
    """Train every method for the same time and keep the one that does best on dev (of equals, the one named first).

    Without dev, a tenth of the training lemmas is held out for all methods. `metrics["auto"]` of the result tells the
    accuracy of each, and the interval of the lead over the next best.

    Raises:
        ConfigError: there is too little to hold lemmas out.
        MissingError, FormatError: a backbone cannot be had.

    """
    settings = settings or InflectorSettings()
    rows, tuned = (list(train), list(dev)) if dev else held_out(train, settings.seed)
    names = methods or candidates(backbone)
    if any(name != RULES and NEURAL[name].backbone for name in names):
        require_loadable(find_backbone(backbone))  # before time is spent on others
    best: Trial | None = None
    trials: list[tuple[str, tuple[bool, ...], float]] = []
    for place, name in enumerate(names):
        if announce is not None:
            announce(name, place, len(names))
        inflector = train_inflector(name, rows, tuned, settings, backbone=backbone, language=language)
        trial = Trial(inflector, tuple(right(inflector, tuned)))
        trials.append((name, trial.right, inflector.metrics["seconds"]))
        if best is None or trial.accuracy > best.accuracy:
            best = trial
    assert best is not None
    return replace(best.inflector, metrics=best.inflector.metrics | {"auto": _told(best, trials, tuned)})


def held_out(rows: Sequence[InflectionExample], seed: int) -> tuple[list[InflectionExample], list[InflectionExample]]:
    """Split rows by lemma into those to learn from and a tenth to choose on.

    Raises:
        ConfigError: fewer than two lemmas.

    """
    lemmas = sorted({row.lemma for row in rows if row.form is not None})
    if len(lemmas) < 2:
        raise ConfigError("there are too few lemmas to choose a method on", hint="give --dev, or name a --method")
    count = max(1, round(HELD_OUT * len(lemmas)))
    chosen = set(np.random.default_rng([seed, len(lemmas)]).permutation(lemmas)[:count].tolist())
    known = [row for row in rows if row.form is not None]
    return [row for row in known if row.lemma not in chosen], [row for row in known if row.lemma in chosen]


def _told(
    best: Trial, trials: Sequence[tuple[str, tuple[bool, ...], float]], dev: Sequence[InflectionExample]
) -> dict[str, Any]:
    ranked = sorted(trials, key=lambda trial: -sum(trial[1]))
    table = [
        {"method": name, "dev_accuracy": round(100 * sum(good) / len(good), 2), "seconds": seconds}
        for name, good, seconds in ranked
    ]
    others = [trial for trial in ranked if trial[0] != best.inflector.method]
    told: dict[str, Any] = {"rows": len(dev), "trials": table}
    if others:
        name, good, _ = others[0]
        low, high = _lead(best.right, good, [row.lemma for row in dev])
        lead = 100 * (sum(best.right) - sum(good)) / len(good)
        told["reason"] = (
            f"{best.inflector.method} has {best.accuracy:.1f}% of {len(dev):,} dev rows right, "
            f"{lead:.1f} points [{low:.1f}, {high:.1f}] above {name}, the next best"
        )
    return told


def _lead(one: Sequence[bool], other: Sequence[bool], lemmas: Sequence[str]) -> tuple[float, float]:
    """Give the 95% interval of a lead in points: a paired bootstrap by lemma."""
    numbers = {lemma: place for place, lemma in enumerate(dict.fromkeys(lemmas))}
    places = [numbers[lemma] for lemma in lemmas]
    gain = np.bincount(places, np.array(one, float) - np.array(other, float))
    size = np.bincount(places)
    drawn = np.random.default_rng(len(lemmas)).integers(0, len(size), (RESAMPLES, len(size)))
    leads = 100 * gain[drawn].sum(1) / size[drawn].sum(1)
    low, high = np.quantile(leads, [0.025, 0.975]).tolist()
    return low, high
