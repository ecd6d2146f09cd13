"""Training an inflector, in examples per second: mixed beside single precision, and beside the machine's floor."""

from __future__ import annotations

from functools import partial
from typing import cast

import torch
from torch.utils.flop_counter import FlopCounterMode

from experiments.benchmarks.measure import Figure, best_rates, rate
from experiments.shared_task import drawn
from lexaug.inflection.backbone import find_backbone, load_inflection_backbone
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.methods import NEURAL, Method, make_learner
from lexaug.inflection.pointer import PointerLearner
from lexaug.inflection.settings import InflectorSettings
from lexaug.inflection.train import fit
from lexaug.training.precision import has_bfloat16

LANGUAGE, EXAMPLES = "tur", 1_000
STEPS = 40
"""Steps of a round."""
METHODS = ("scratch", "full", "lora")
SHAPE, REPEATS = (640, 192, 512), 200
"""A product of the backbone's: places of a batch, values that go in, values that come out."""


def inflection() -> list[Figure]:
    """Train by each method for some steps, in both precisions in turn."""
    torch.set_num_threads(1)
    rows = drawn(LANGUAGE, EXAMPLES, 0)
    products = max(rate(_products) for _ in range(3))
    return [figure for name in METHODS for figure in _figures(NEURAL[name], rows, products)]


def _figures(method: Method, rows: list[InflectionExample], products: float) -> tuple[Figure, Figure]:
    settings = method.settings(InflectorSettings(steps=STEPS))
    base = load_inflection_backbone(find_backbone()) if method.backbone else None
    learner = cast(PointerLearner, make_learner(method, rows, settings, base, LANGUAGE))
    train = partial(_train, learner, rows, settings)
    with FlopCounterMode(display=False) as counter:
        examples = train()
    operations = counter.get_total_flops() / examples
    mixed, single = best_rates(train, partial(train, single=True))
    name = f"training an inflector, {method.name}"
    needed = f"{operations / 1e6:.0f} MFLOP an example without attention"
    note = f"{needed}; {products / 1e9:.0f} GFLOP/s in products of {SHAPE}"
    return (
        Figure(name, "examples/s", mixed, single, "single precision", None),
        Figure(f"{name}, share of the floor", "examples/s", mixed, products / operations, "products alone", None, note),
    )


def _train(
    learner: PointerLearner, rows: list[InflectionExample], settings: InflectorSettings, *, single: bool = False
) -> int:
    """Train for some steps; gives the examples."""
    learner.mixed = has_bfloat16() and not single
    return fit(learner, rows, settings=settings).steps * settings.batch


def _products() -> int:
    """Multiply in the precision of training; gives the operations."""
    rows, inner, outer = SHAPE
    numbers = torch.bfloat16 if has_bfloat16() else torch.float32
    left, right = torch.randn(rows, inner, dtype=numbers), torch.randn(inner, outer, dtype=numbers)
    for _ in range(REPEATS):
        left @ right
    return 2 * rows * inner * outer * REPEATS
