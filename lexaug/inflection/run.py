"""One method, trained and scored: rules or a network, through one door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from lexaug.inflection.backbone import LoadedBackbone, find_backbone, load_inflection_backbone
from lexaug.inflection.examples import InflectionExample, odd_letters
from lexaug.inflection.hallucinate import hallucinate
from lexaug.inflection.inflector import Asked, Inflector, RuleAsked, StartedFrom, accuracy, lemma_mark
from lexaug.inflection.methods import NEURAL, RULES, Method, known_rows, make_learner
from lexaug.inflection.notation import Notation
from lexaug.inflection.rules import fit_rules
from lexaug.inflection.settings import CLOCKS, OF_POINTER, SHAPE, InflectorSettings, Progress
from lexaug.registry import unknown


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
        dev: rows with forms that decide which weights are kept, and that the result is scored on; they are asked for
            in the notation of `train`.
        settings: budget, seed and shape; the method has its own rates.
        backbone: name, folder or Hub id, for methods that start from one.
        language: ISO 639-3 code, for backbones that know languages.
        progress: is told where the training stands.

    Raises:
        ConfigError: an unknown method, no row with a form, or an adapter that would be too large.
        MissingError, FormatError: the backbone cannot be had.

    """
    settings = settings or InflectorSettings()
    if method not in (RULES, *NEURAL):
        raise unknown("method", method, (RULES, *NEURAL))
    clock = CLOCKS[settings.clock]
    started = clock()
    needs = method != RULES and NEURAL[method].backbone
    base = load_inflection_backbone(find_backbone(backbone)) if needs else None
    rows = known_rows(train)
    notation = Notation.of_rows(rows)
    dev = notation.translate(dev)
    if method == RULES:
        asked, metrics = _rules(rows, settings)
    else:
        asked, metrics = _network(NEURAL[method], rows, dev, settings, base, language, progress)
    metrics["seconds"] = round(clock() - started, 1)
    metrics["dev_accuracy"] = accuracy(asked, dev) if dev else None
    lemmas = frozenset(lemma_mark(row.lemma) for row in (*train, *dev))
    started_from = None if base is None else StartedFrom(base.name, base.identity)
    return Inflector(asked, method, started_from, language, metrics, lemmas, notation, odd_letters(rows))


def _rules(rows: Sequence[InflectionExample], settings: InflectorSettings) -> tuple[Asked, dict[str, Any]]:
    rules = fit_rules(rows, seed=settings.seed)
    return RuleAsked(rules, rows), {"weights": asdict(rules.weights), "rows": len(rows)}


def _network(
    method: Method,
    rows: Sequence[InflectionExample],
    dev: Sequence[InflectionExample],
    settings: InflectorSettings,
    base: LoadedBackbone | None,
    language: str | None,
    progress: Progress | None,
) -> tuple[Asked, dict[str, Any]]:
    from lexaug.inflection import adapter, scratch  # noqa: F401 - what they import is no part of the training
    from lexaug.inflection.train import fit

    own = method.settings(settings, large=base is not None and base.tokenizer is not None)
    clock = CLOCKS[own.clock]
    started = clock()
    made_up = hallucinate(rows, own.hallucinated, seed=own.seed)
    learner = make_learner(method, rows, own, base, language, made_up)
    course = fit(learner, rows, dev, own, progress, made_up=made_up, spent=clock() - started)
    weights = [weight.numel() for weight in learner.module.parameters() if weight.requires_grad]
    facts = {
        **learner.notes,
        **({"made_up": len(made_up)} if method.hallucinated else {}),
        "steps": course.steps,
        "trained_values": sum(weights),
        "values": sum(weight.numel() for weight in learner.module.parameters()),
        "history": course.history,
        **_converted(base),
        "settings": _applied(own, base),
    }
    return learner, facts


def _applied(settings: InflectorSettings, base: LoadedBackbone | None) -> dict[str, Any]:
    """Give the settings that had a say in the training."""
    idle = () if base is None else SHAPE if base.tokenizer is None else (*SHAPE, *OF_POINTER)
    return {name: value for name, value in asdict(settings).items() if name not in idle}


def _converted(base: LoadedBackbone | None) -> dict[str, Any]:
    """Say where a backbone's weights are not the repository's own."""
    return {} if base is None or base.request is None else {"backbone_request": base.request}
