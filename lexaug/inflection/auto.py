"""Choosing the method on dev: every one trains for the same time, the best one stays, and the table says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from lexaug.errors import ConfigError
from lexaug.evaluation.statistics import delta, grouped
from lexaug.inflection.backbone import find_backbone, has_shipped, load_inflection_backbone
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.inflector import Inflector, right
from lexaug.inflection.methods import NEURAL, RULES
from lexaug.inflection.run import train_inflector
from lexaug.inflection.settings import InflectorSettings

HELD_OUT = 0.1
"""Share of the lemmas that serve as dev where none is given."""

Announce = Callable[[str, int, int], None]
"""Is told the method that comes next, how many are done and of how many."""


def _accuracy(inflector: Inflector) -> float:
    return float(inflector.metrics["dev_accuracy"])


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
    accuracy of each, and the interval of the lead over the next best; `refused` are those that cannot be trained, such
    as an adapter that would be too large for its backbone, and why.

    Raises:
        ConfigError: there is too little to hold lemmas out, or no method can be trained.
        MissingError, FormatError: a backbone cannot be had.

    """
    settings = settings or InflectorSettings()
    rows, tuned = (list(train), list(dev)) if dev else held_out(train, settings.seed)
    names = methods or candidates(backbone)
    if any(name != RULES and NEURAL[name].backbone for name in names):
        load_inflection_backbone(find_backbone(backbone))  # before time is spent on others
    ahead: list[Inflector] = []
    trials: list[dict[str, Any]] = []
    refused: dict[str, str] = {}
    for place, name in enumerate(names):
        if announce is not None:
            announce(name, place, len(names))
        try:
            inflector = train_inflector(name, rows, tuned, settings, backbone=backbone, language=language)
        except ConfigError as fault:
            refused[name] = fault.message
            continue
        seconds = inflector.metrics["seconds"]
        trials.append({"method": name, "dev_accuracy": round(_accuracy(inflector), 2), "seconds": seconds})
        ahead = sorted([*ahead, inflector], key=_accuracy, reverse=True)[:2]
    if not ahead:
        raise ConfigError(f"no method can be trained: {'; '.join(refused.values())}", hint="name one: --method")
    trials.sort(key=lambda trial: -trial["dev_accuracy"])
    told: dict[str, Any] = {"rows": len(tuned), "trials": trials, "refused": refused}
    if len(ahead) > 1:
        told["reason"] = _reason(ahead[0], ahead[1], tuned)
    return replace(ahead[0], metrics=ahead[0].metrics | {"auto": told})


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


def _reason(best: Inflector, second: Inflector, dev: Sequence[InflectionExample]) -> str:
    lemmas = [row.lemma for row in dev]
    lead = delta(*(grouped(right(inflector, dev), lemmas) for inflector in (best, second)))
    return (
        f"{best.method} has {_accuracy(best):.1f}% of {len(dev):,} dev rows right, {lead.value:.1f} points "
        f"[{lead.low:.1f}, {lead.high:.1f}] above {second.method}, the next best"
    )
