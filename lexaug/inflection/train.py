"""Training an inflector within a budget of minutes or steps; the weights that do best on dev are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from lexaug.errors import ConfigError
from lexaug.inflection.examples import InflectionExample, spread
from lexaug.inflection.inflector import accuracy
from lexaug.inflection.learner import Learner
from lexaug.inflection.mixture import batches
from lexaug.inflection.settings import CLOCKS, DEFAULT_RATE, InflectorSettings, Progress
from lexaug.training.fused import fused_lora
from lexaug.training.optimiser import rate_share

CHECKS = (0.5, 0.7, 0.85, 1.0)
"""Shares of the budget after which dev is scored; the rates fall to zero at the end, so the end is mostly best."""
DEV_ROWS = 300
"""Rows of dev that are scored while training."""
SETTLED = 10
"""The running mean of weights follows the weights closely at first: over at most a tenth of the steps so far."""


@dataclass(slots=True)
class Course:
    """How a training went: steps, seconds, accuracy on dev (per cent; None without dev) after each check."""

    steps: int = 0
    seconds: float = 0.0
    best: float | None = None
    history: list[tuple[int, float]] = field(default_factory=list)


def fit(
    learner: Learner,
    rows: Sequence[InflectionExample],
    dev: Sequence[InflectionExample] = (),
    settings: InflectorSettings | None = None,
    progress: Progress | None = None,
    *,
    made_up: Sequence[InflectionExample] = (),
    spent: float = 0.0,
) -> Course:
    """Train what wants a gradient; the learner ends with the weights that did best on dev, or the last ones.

    Args:
        learner: what is trained.
        rows: rows with forms.
        dev: rows with forms that decide which weights are kept; `DEV_ROWS` of them, evenly spread.
        settings: rates and budget.
        progress: is told where the training stands.
        made_up: hallucinated rows, read along for a part of the budget (`lexaug.inflection.mixture`).
        spent: seconds of the budget that preparing has taken.

    Raises:
        ConfigError: the budget is empty.

    """
    settings = settings or InflectorSettings()
    if not settings.steps and not settings.minutes:
        raise ConfigError("no time to train", hint="give minutes or steps")
    with torch.random.fork_rng(devices=[]), fused_lora(learner.module):
        torch.manual_seed(settings.seed)
        return _Run(learner, spread(dev, DEV_ROWS), settings, progress, spent).train(rows, made_up)


class _Run:
    """One training: the optimiser, the running mean of the weights, and the best weights so far."""

    def __init__(
        self,
        learner: Learner,
        dev: Sequence[InflectionExample],
        settings: InflectorSettings,
        progress: Progress | None,
        spent: float,
    ) -> None:
        self._learner, self._dev, self._settings, self._progress = learner, dev, settings, progress
        self._weights = [weight for weight in learner.module.parameters() if weight.requires_grad]
        self._mean = [weight.detach().clone() for weight in self._weights]
        self._kept: list[torch.Tensor] = []
        self._course = Course()
        self._rate = settings.learning_rate or DEFAULT_RATE
        self._optimiser = torch.optim.AdamW(
            self._weights, self._rate, betas=(0.9, 0.98), weight_decay=settings.weight_decay, fused=True
        )
        self._clock = CLOCKS[settings.clock]
        self._started = self._clock() - spent

    def train(self, rows: Sequence[InflectionExample], made_up: Sequence[InflectionExample]) -> Course:
        """Go through the rows until the budget is spent."""
        checks = list(CHECKS)
        random = np.random.default_rng([self._settings.seed, 1])
        for batch in batches(rows, made_up, self._settings.batch, self._settings.seed, self._done):
            loss = self._learn(batch, random)
            done = self._done()
            if done >= checks[0]:
                checks = [check for check in checks if check > done] or [1.0]
                self._check()
            if self._progress is not None:
                self._progress(min(done, 1.0), loss, self._course.best)
            if done >= 1:
                break
        put(self._weights, self._kept or self._mean)
        self._learner.module.eval()
        self._course.seconds = self._clock() - self._started
        return self._course

    def _done(self) -> float:
        if self._settings.steps is not None:
            return self._course.steps / self._settings.steps
        return (self._clock() - self._started) / (60 * self._settings.minutes)

    def _learn(self, rows: Sequence[InflectionExample], random: np.random.Generator) -> float:
        settings = self._settings
        for place in self._optimiser.param_groups:
            place["lr"] = self._rate * rate_share(self._done(), settings.warmup, "cosine")
        self._learner.module.train()
        loss = self._learner.loss(rows, random)
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._weights, settings.clip)
        self._optimiser.step()
        self._course.steps += 1
        kept = min(settings.averaging, 1 - 1 / (1 + self._course.steps / SETTLED))
        torch._foreach_lerp_(self._mean, [weight.detach() for weight in self._weights], 1 - kept)
        return float(loss.detach())

    def _check(self) -> None:
        """Score the mean weights on dev; keep them where they are the best so far (or as good: the later ones)."""
        if not self._dev:
            return
        current = [weight.detach().clone() for weight in self._weights]
        put(self._weights, self._mean)
        self._learner.module.eval()
        score = accuracy(self._learner, self._dev)
        self._course.history.append((self._course.steps, score))
        if self._course.best is None or score >= self._course.best:
            self._course.best = score
            self._kept = [weight.clone() for weight in self._mean]
        put(self._weights, current)


@torch.no_grad()
def put(weights: Sequence[torch.nn.Parameter], values: Sequence[torch.Tensor]) -> None:
    """Write values into weights."""
    for weight, value in zip(weights, values, strict=True):
        weight.copy_(value)
