"""One method, trained and scored: rules or a network, through one door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from lexaug.inflection.backbone import find_backbone
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.hallucinate import hallucinate
from lexaug.inflection.inflector import Asked, Inflector, RuleAsked, accuracy, lemma_mark
from lexaug.inflection.methods import NEURAL, RULES, known_rows, make_learner
from lexaug.inflection.rules import fit_rules
from lexaug.inflection.settings import CLOCKS, InflectorSettings, Progress


def train_inflector(
    method: str,
    train: Sequence[InflectionExample],
    dev: Sequence[InflectionExample] = (),
    settings: InflectorSettings | None = None,
    *,
    backbone: str | None = None,
    language: str | None = None,
    progress: Progress | None = None,
) -> Inflector:
    """Train an inflector by a method.

    Args:
        method: `rules` or a name of `NEURAL`.
        train: rows; those without a form are left aside.
        dev: rows with forms that decide which weights are kept, and that the result is scored on.
        settings: budget, seed and shape; the method has its own rates.
        backbone: name, folder or Hub id, for methods that start from one.
        language: ISO 639-3 code, for backbones that know languages.
        progress: is told where the training stands.

    Raises:
        ConfigError: an unknown method, no row with a form, or an adapter that would be too large.
        MissingError, FormatError: the backbone cannot be had.

    """
    settings = settings or InflectorSettings()
    clock = CLOCKS[settings.clock]
    started = clock()
    asked, metrics = (_rules if method == RULES else _network)(
        method, train, dev, settings, backbone, language, progress
    )
    metrics["seconds"] = round(clock() - started, 1)
    metrics["dev_accuracy"] = accuracy(asked, dev) if dev else None
    started_from = find_backbone(backbone).name if method != RULES and NEURAL[method].backbone else None
    lemmas = frozenset(lemma_mark(row.lemma) for row in (*train, *dev))
    return Inflector(asked, method, started_from, language, metrics, lemmas)


def _rules(
    method: str, train: Sequence[InflectionExample], dev: object, settings: InflectorSettings, *_: object
) -> tuple[Asked, dict[str, Any]]:
    known = known_rows(train)
    rules = fit_rules(known, seed=settings.seed)
    return RuleAsked(rules, known), {"weights": asdict(rules.weights), "rows": len(known)}


def _network(
    method: str,
    train: Sequence[InflectionExample],
    dev: Sequence[InflectionExample],
    settings: InflectorSettings,
    backbone: str | None,
    language: str | None,
    progress: Progress | None,
) -> tuple[Asked, dict[str, Any]]:
    from lexaug.inflection.train import fit

    clock = CLOCKS[settings.clock]
    started = clock()
    chosen = NEURAL[method]
    base = find_backbone(backbone) if chosen.backbone else None
    own = chosen.settings(settings, large=base is not None and not base.pointer)
    rows = known_rows(train)
    made_up = hallucinate(rows, own.hallucinated, seed=own.seed)
    learner = make_learner(chosen, rows, own, base, language, made_up)
    course = fit(learner, rows, dev, own, progress, made_up=made_up, spent=clock() - started)
    weights = [weight.numel() for weight in learner.module.parameters() if weight.requires_grad]
    facts = {
        **learner.notes,
        "steps": course.steps,
        "trained_values": sum(weights),
        "values": sum(weight.numel() for weight in learner.module.parameters()),
        "history": course.history,
        "settings": asdict(own),
    }
    return learner, facts
