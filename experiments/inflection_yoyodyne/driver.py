"""Train yoyodyne's rotary pointer-generator and let it inflect, in an environment of its own: `driver.py JOB`.

JOB is a JSON file: `train`, `dev`, `checked`, `rated`, `test` (tables of lemma, form, features, as yoyodyne reads
them), `folder` for its index, `seconds`, `threads`, `seed`, `longest` (characters of a form) and `settings`. The last
line written is JSON with the forms of dev and test and how the training went. Nothing of lexaug is imported here.

What yoyodyne need not do costs it nothing: data lie in memory, Lightning runs bare (no log, no bar, no files), and the
clock stands still while dev is checked, by yoyodyne's own accuracy of whole words. The best weights on dev stay.
"""

from __future__ import annotations

import json
import logging
import math
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import lightning
import torch
from torch.utils.data import DataLoader
from yoyodyne import data, models, optimizers, schedulers, trainers
from yoyodyne.data.datasets import Item, MappableDataset
from yoyodyne.models import modules

CHECKS = 48
"""Checks of dev at most, evenly spread over the budget, where an epoch ends."""
BATCHES = (32, 256)
"""Sizes of batches in which `rated` is inflected, beside the test set's: the fastest counts."""
TEST_BATCH = 128
COLUMNS = {"source_col": 1, "target_col": 2, "features_col": 3}
own_time = time.thread_time
"""The clock: time of the main thread on a processor, which is wall time where nothing else runs."""


class InMemory(data.DataModule):
    """Yoyodyne's data module, its rows read once and put together by the process that trains."""

    def train_dataloader(self) -> DataLoader:
        """Give the shuffled batches of training."""
        return DataLoader(self.items(self.train), self.batch_size, shuffle=True, collate_fn=self.collator)

    def items(self, path: str) -> list[Item]:
        """Read the rows of a file."""
        rows = MappableDataset(path, data.Mapper(self.index), self.parser)
        return [rows[place] for place in range(len(rows))]


class Course(lightning.Callback):
    """The clock, the checks of dev, and the best weights."""

    def __init__(self, seconds: float, dev: Sequence[data.Batch]) -> None:
        self.seconds, self.dev = seconds, dev
        self.steps = self.examples = 0
        self.history: list[tuple[float, int, float]] = []
        self.best: dict[str, torch.Tensor] = {}
        self.started = 0.0

    @property
    def spent(self) -> float:
        """Seconds of training so far."""
        return own_time() - self.started

    def on_train_start(self, trainer: lightning.Trainer, model: models.BaseModel) -> None:
        """Start the clock."""
        self.started = own_time()

    def on_train_batch_end(
        self, trainer: lightning.Trainer, model: models.BaseModel, outputs: object, batch: data.Batch, number: int
    ) -> None:
        """Count a step; stop where the time is over."""
        self.steps += 1
        self.examples += len(batch)
        trainer.should_stop = self.spent >= self.seconds

    def on_train_epoch_end(self, trainer: lightning.Trainer, model: models.BaseModel) -> None:
        """Check dev, unless that was done lately."""
        if self.spent >= self.seconds or self.spent >= (len(self.history) + 1) * self.seconds / CHECKS:
            spent = self.spent
            self._check(trainer, model)
            self.started = own_time() - spent

    def _check(self, trainer: lightning.Trainer, model: models.BaseModel) -> None:
        model.eval()
        trainer.validating = True
        model.on_validation_epoch_start()
        with torch.inference_mode():
            for number, batch in enumerate(self.dev):
                model.validation_step(batch, number)
        found = 100 * float(model.accuracy.compute())
        trainer.training = True
        model.train()
        if not self.history or found >= max(score for _, _, score in self.history):
            self.best = {name: value.clone() for name, value in model.state_dict().items()}
        self.history.append((round(self.spent, 2), self.steps, round(found, 2)))


def main() -> None:
    """Do the job whose file is named."""
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(json.dumps(work(job), ensure_ascii=False))


def work(job: dict[str, Any]) -> dict[str, Any]:
    """Train, inflect dev and test, and tell how it went."""
    torch.set_num_threads(job["threads"])
    lightning.seed_everything(job["seed"], verbose=False)
    known = InMemory(
        model_dir=job["folder"],
        train=job["train"],
        batch_size=job["settings"]["batch"],
        max_target_length=job["longest"],
        **COLUMNS,
    )
    checked = list(DataLoader(known.items(job["checked"]), TEST_BATCH, collate_fn=known.collator))
    course = Course(job["seconds"], checked)
    mixed = job["settings"]["products"] == "bf16-mixed"
    if job["settings"]["products"] == "oneDNN":
        torch.set_float32_matmul_precision("medium")  # lets oneDNN multiply, in single precision without AMX
    model = make_model(job["settings"], known, lambda: course.spent / course.seconds)
    load, wall, cpu = os.getloadavg()[0], time.monotonic(), time.process_time()
    trainer = trainers.Trainer(
        accelerator="cpu",
        devices=1,
        max_epochs=-1,
        barebones=True,
        limit_val_batches=0,
        precision="bf16-mixed" if mixed else "32-true",
        gradient_clip_val=job["settings"]["clip"],
        callbacks=[course],
    )
    trainer.fit(model, known)
    told = {"wall": time.monotonic() - wall, "cpu": time.process_time() - cpu, "load": load}
    model.load_state_dict(course.best)
    model.eval()
    rates = {str(size): inflect(model, known, job["rated"], size)[1] for size in BATCHES}
    test, rates[str(TEST_BATCH)] = inflect(model, known, job["test"], TEST_BATCH)
    return {
        **{name: round(value, 2) for name, value in told.items()},
        "seconds": course.history[-1][0],
        "steps": course.steps,
        "examples": course.examples,
        "history": course.history,
        "values": sum(weight.numel() for weight in model.parameters()),
        "rates": rates,
        "versions": {name: version(name) for name in ("yoyodyne", "lightning", "torch")},
        "dev": inflect(model, known, job["dev"], TEST_BATCH)[0],
        "test": test,
    }


def make_model(settings: dict[str, Any], known: InMemory, done: Callable[[], float]) -> models.BaseModel:
    """Make the model as yoyodyne's own configuration would; `done` tells the share of the budget that is spent."""
    shape = {"embedding_size": settings["embedding"], "dropout": settings["dropout"], "layers": settings["layers"]}
    invariant = settings["encoder"] == "invariant"
    kind = modules.FeatureInvariantRotaryTransformerEncoder if invariant else modules.RotaryTransformerEncoder
    encoder = partial(kind, hidden_size=settings["hidden"], attention_heads=settings["heads"], **shape)
    return models.PointerGeneratorRotaryTransformerModel(
        source_encoder=encoder(),
        features_encoder=encoder() if settings["encoder"] == "separate" else True,
        embedding_size=settings["embedding"],
        decoder_hidden_size=settings["hidden"],
        decoder_layers=settings["layers"],
        decoder_attention_heads=settings["heads"],
        decoder_dropout=settings["dropout"],
        label_smoothing=settings["smoothing"],
        optimizer=partial(optimizers.Adam, lr=settings["rate"], beta2=settings["beta2"]),
        scheduler=scheduler(settings, done),
        max_source_length=known.max_source_length,
        max_features_length=known.max_features_length,
        max_target_length=known.max_target_length,
        target_vocab_size=known.target_vocab_size,
        vocab_size=known.vocab_size,
    )


def scheduler(settings: dict[str, Any], done: Callable[[], float]) -> Callable[[torch.optim.Optimizer], Any]:
    """Give one of yoyodyne's schedulers, or half a cosine over the budget."""
    if settings["schedule"] == "constant":
        return schedulers.Dummy
    if settings["schedule"] == "inverse root":
        return partial(schedulers.WarmupInverseSquareRoot, warmup_epochs=settings["warmup"])

    def share(epoch: int) -> float:
        rise = min(1.0, (epoch + 1) / settings["warmup"])
        return rise * (0.5 + 0.5 * math.cos(math.pi * min(1.0, done()))) if epoch else rise

    return partial(torch.optim.lr_scheduler.LambdaLR, lr_lambda=share)


def inflect(model: models.BaseModel, known: InMemory, path: str, size: int) -> tuple[list[str], float]:
    """Give the form of each row of a file, and forms per second from text to text."""
    started = own_time()
    forms = list(_forms(model, known, DataLoader(known.items(path), size, collate_fn=known.collator)))
    return forms, round(len(forms) / (own_time() - started), 1)


@torch.inference_mode()
def _forms(model: models.BaseModel, known: InMemory, batches: DataLoader) -> Iterator[str]:
    mapper = data.Mapper(known.index)
    for number, batch in enumerate(batches):
        for written in model.predict_step(batch, number).tolist():
            yield "".join(mapper.decode_target(written))


if __name__ == "__main__":
    main()
