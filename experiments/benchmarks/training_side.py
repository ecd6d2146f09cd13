"""One side of the training benchmark in a process of its own: `python -m experiments.benchmarks.training_side SETUP`.

SETUP is a `Setup` as JSON; the answer is JSON with the rate.
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import torch

from experiments.benchmarks.trainer_side import train_with_trainer
from experiments.benchmarks.training_setup import FOLDER, Meter, Setup, prepare_side
from lexaug.training.loop import Loop
from lexaug.training.progress import TrainingProgress
from lexaug.training.setup import Prepared

PRODUCT = (768, 384, 1_536)
"""Shapes of the matrix product of the machine's rate: tokens of a batch through a feed-forward layer."""


def measure(setup: Setup) -> dict[str, float]:
    """Run one side for its time; gives its rate, and what is needed to judge it."""
    torch.set_num_threads(1 if setup.side == "lexaug" else setup.cores)
    if setup.side == "products":
        return {"rate": _products(setup.seconds)}
    prepared = prepare_side(setup)
    meter = Meter(setup.seconds)
    if setup.side == "lexaug":
        _lexaug(prepared, meter)
    else:
        train_with_trainer(prepared, setup, meter)
    return {"rate": meter.rate, "steps": len(meter.marks), "depth": prepared.plan.depth or 0, **prepared.sizes()}


class _Over(Exception):  # noqa: N818
    """The time of the measurement is over."""


def _lexaug(prepared: Prepared, meter: Meter) -> None:
    def progress(now: TrainingProgress) -> None:
        if meter.full(now.tokens):
            raise _Over

    parts = (prepared.student, prepared.objectives, prepared.samples, prepared.batcher, prepared.dev, prepared.plan)
    with tempfile.TemporaryDirectory(dir=FOLDER) as checkpoints, suppress(_Over):
        Loop(*parts, Path(checkpoints), progress).run()


def _products(seconds: float) -> float:
    """Give GFLOP/s of float32 matrix products."""
    rows, inner, columns = PRODUCT
    left, right, out = torch.randn(rows, inner), torch.randn(columns, inner), torch.empty(rows, columns)
    meter = Meter(seconds)
    count = 0
    while not meter.full(count):
        for _ in range(20):
            torch.mm(left, right.T, out=out)
        count += 20
    return meter.rate * 2 * rows * inner * columns / 1e9


if __name__ == "__main__":
    setup = Setup(**json.loads(sys.argv[1]))
    print(json.dumps({**asdict(setup), **measure(setup)}))
