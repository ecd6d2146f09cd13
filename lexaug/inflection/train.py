"""Training an inflector from scratch within a budget of minutes or steps; the weights that do best on dev are kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch.nn import functional

from lexaug.errors import ConfigError
from lexaug.inflection.alphabet import PAD, Alphabet, Reading
from lexaug.inflection.batches import like_lengths, make_batch
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.hallucinate import hallucinate
from lexaug.inflection.model import InflectorConfig, InflectorModel
from lexaug.inflection.predict import inflect_all

MEASURED_STEPS = 30
"""Steps after which a budget in minutes becomes a number of steps."""
CHECKS = 8
"""How often dev is scored in a run."""
DEV_ROWS = 300
"""Rows of dev that are scored while training."""

Progress = Callable[[float, float, float | None], None]
"""Is told the share that is done, the loss, and the best accuracy on dev so far (per cent)."""


@dataclass(frozen=True, slots=True)
class InflectorSettings:
    """Shape and training of an inflector.

    `minutes` or `steps` bound the training (steps go first); `hallucinated` counts made-up examples beside the real
    ones; `smoothing` is of the labels.
    """

    hidden_size: int = 128
    num_layers: int = 3
    num_heads: int = 4
    intermediate_size: int = 256
    dropout: float = 0.2
    batch: int = 64
    learning_rate: float = 2e-3
    warmup: float = 0.1
    weight_decay: float = 0.01
    clip: float = 1.0
    smoothing: float = 0.1
    hallucinated: int = 0
    minutes: float = 4.0
    steps: int | None = None
    seed: int = 0


@dataclass(slots=True)
class TrainedInflector:
    """The model, and how it came: steps, seconds, accuracy on dev (per cent; None without dev) after each check."""

    model: InflectorModel
    steps: int = 0
    seconds: float = 0.0
    best: float | None = None
    history: list[tuple[int, float]] = field(default_factory=list)


def train_inflector(
    train: Sequence[InflectionExample],
    dev: Sequence[InflectionExample] = (),
    settings: InflectorSettings | None = None,
    progress: Progress | None = None,
) -> TrainedInflector:
    """Train from scratch.

    Args:
        train: rows with forms.
        dev: rows with forms that decide which weights are kept; the last ones without.
        settings: shape, rates and budget.
        progress: is told where the training stands.

    Raises:
        ConfigError: there is nothing to learn from.

    """
    settings = settings or InflectorSettings()
    known = [example for example in train if example.form is not None]
    if not known:
        raise ConfigError("no example has a form to learn from", hint="give a train file of lemma, form and features")
    known += hallucinate(known, settings.hallucinated, seed=settings.seed)
    alphabet = Alphabet.of(known)
    readings = [alphabet.read(example.lemma, example.bundle, example.form) for example in known]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        run = TrainedInflector(InflectorModel(_config(alphabet, settings)))
        _train(run, readings, list(dev[:DEV_ROWS]), settings, progress)
    run.model.eval()
    return run


def _config(alphabet: Alphabet, settings: InflectorSettings) -> InflectorConfig:
    return InflectorConfig(
        alphabet.characters,
        alphabet.values,
        alphabet.nests,
        hidden_size=settings.hidden_size,
        num_layers=settings.num_layers,
        num_heads=settings.num_heads,
        intermediate_size=settings.intermediate_size,
        dropout=settings.dropout,
    )


def _train(
    run: TrainedInflector,
    readings: Sequence[Reading],
    dev: Sequence[InflectionExample],
    settings: InflectorSettings,
    progress: Progress | None,
) -> None:
    model, alphabet = run.model, run.model.config.alphabet
    optimiser = torch.optim.AdamW(
        model.parameters(), settings.learning_rate, betas=(0.9, 0.98), weight_decay=settings.weight_decay, fused=True
    )
    planned, started, loss = settings.steps, time.monotonic(), 0.0
    kept: dict[str, torch.Tensor] = {}
    for group in _batches(readings, settings):
        elapsed = time.monotonic() - started
        if planned is None and run.steps == MEASURED_STEPS:
            planned = max(MEASURED_STEPS, int(settings.minutes * 60 * run.steps / max(elapsed, 1e-3)))
        done = run.steps / planned if planned else settings.warmup * run.steps / MEASURED_STEPS
        if done >= 1:
            break
        for place in optimiser.param_groups:
            place["lr"] = settings.learning_rate * _rate(done, settings.warmup)
        loss = _learn(model, optimiser, [readings[number] for number in group], alphabet, settings)
        run.steps += 1
        if planned and run.steps % max(1, planned // CHECKS) == 0:
            _check(run, dev, kept)
        if progress is not None:
            progress(done, loss, run.best)
    if kept:
        model.load_state_dict(kept)
    run.seconds = time.monotonic() - started


def _batches(readings: Sequence[Reading], settings: InflectorSettings) -> Iterator[list[int]]:
    passes = 0
    while True:
        yield from like_lengths(readings, settings.batch, np.random.default_rng([settings.seed, passes]))
        passes += 1


def _rate(done: float, warmup: float) -> float:
    """Rise in a straight line, then fall by half a cosine to zero."""
    if done < warmup:
        return (done + 1e-3) / warmup
    return 0.5 + 0.5 * float(np.cos(np.pi * (done - warmup) / (1 - warmup)))


def _learn(
    model: InflectorModel,
    optimiser: torch.optim.Optimizer,
    chosen: Sequence[Reading],
    alphabet: Alphabet,
    settings: InflectorSettings,
) -> float:
    model.train()
    batch = make_batch(chosen, alphabet)
    assert batch.form is not None
    scores, wanted = model(batch).flatten(0, 1), batch.form.flatten()
    right = functional.nll_loss(scores, wanted, ignore_index=PAD)
    there = wanted != PAD
    spread = -scores[there][:, : alphabet.size].clamp(min=-12).mean()
    loss = (1 - settings.smoothing) * right + settings.smoothing * spread
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), settings.clip)
    optimiser.step()
    return float(right.detach())


def _check(run: TrainedInflector, dev: Sequence[InflectionExample], kept: dict[str, torch.Tensor]) -> None:
    """Score dev and keep the weights where they are the best so far (or as good: the later ones)."""
    if not dev:
        return
    run.model.eval()
    found = inflect_all(run.model, dev)
    score = 100 * sum(form.form == row.form for form, row in zip(found, dev, strict=True)) / len(dev)
    run.history.append((run.steps, score))
    if run.best is None or score >= run.best:
        run.best = score
        kept.update({name: tensor.clone() for name, tensor in run.model.state_dict().items()})
