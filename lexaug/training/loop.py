"""The training loop: passes of fresh samples, steps, checkpoints, early stop; it continues where it was killed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import Tensor

from lexaug.training.batches import Batcher
from lexaug.training.depth import lower_blocks
from lexaug.training.dev import Dev
from lexaug.training.divergence import DivergedError, require_finite, require_finite_weights
from lexaug.training.fused import fused_lora
from lexaug.training.gradients import Crew, Place, Work, crew
from lexaug.training.objectives import Objective
from lexaug.training.optimiser import make_optimiser, rate_share, set_rates
from lexaug.training.passes import PassReader
from lexaug.training.progress import Progress, TrainingProgress
from lexaug.training.run import Plan, Position
from lexaug.training.run_state import copy_into, restore_run, save_run
from lexaug.training.samples import Samples
from lexaug.training.student import Student

MEASURED_STEPS = 20
"""Steps after which a budget in minutes becomes a number of steps."""


class Loop:
    """One run: trains a student in place.

    Args:
        student: what is trained.
        objectives: weight and objective by name.
        samples: makes the items of each pass.
        batcher: turns items into batches.
        dev: decides when to stop and which weights to keep; None trains to the end and keeps the last.
        settings: how long and how fast.
        folder: where checkpoints lie.
        progress: is told after each step.
        started: `time.monotonic()` when the run began or went on, for its wall time.

    """

    def __init__(
        self,
        student: Student,
        objectives: Mapping[str, tuple[float, Objective]],
        samples: Samples,
        batcher: Batcher,
        dev: Dev | None,
        settings: Plan,
        folder: Path,
        progress: Progress | None = None,
        started: float | None = None,
    ) -> None:
        self._student = student
        self._objectives = objectives
        self._reader = PassReader(samples, batcher, settings.tokens_per_batch, settings.seed)
        self._dev = dev
        self._plan = settings
        self._folder = folder
        self._progress = progress
        self._parameters = student.trained()
        self._optimiser = make_optimiser(self._parameters, settings.rates, weight_decay=settings.weight_decay)
        self._best: dict[str, Tensor] = {}
        self._saved = time.monotonic()
        self._started = self._saved if started is None else started
        self.position = Position()

    def run(self) -> Position:
        """Train to the end, from the newest checkpoint on where there is one.

        Raises:
            StateError: there are checkpoints, but none is whole.
            DivergedError: a loss, the gradient, a weight or the score is not finite; no checkpoint is left.

        """
        self._restore()
        depth = self._plan.depth
        encoder = self._student.peft.get_base_model()
        work = Work(self._student, self._objectives, self._reader, self._plan.seed)
        with (
            fused_lora(self._student.peft),
            lower_blocks(encoder, depth or encoder.config.num_hidden_layers),
            crew(work, self._plan.workers) as members,
            self._no_trace_of_divergence(),
        ):
            while not self.position.stopped and self.position.passes < self._plan.passes:
                self._pass(members)
        if self._best:
            copy_into(self._best, self._parameters)
        return self.position

    def _pass(self, crew: Crew) -> None:
        position = self.position
        number = position.passes
        self._reader.label(number, self._student)
        batches = self._reader.count(number)
        for place in range(position.batch, batches):
            done = self._done(place / batches)
            if done >= 1.0:
                break
            started = time.monotonic()
            tokens = self._step(crew, (number, place), done)
            position.seconds += time.monotonic() - started
            position.batch, position.step = place + 1, position.step + 1
            position.tokens += tokens
            self._measure()
            self._report(done)
            if time.monotonic() - self._saved >= self._plan.checkpoint_seconds:
                self._save()
        self._close_pass()

    def _step(self, crew: Crew, place: Place, done: float) -> int:
        """Take one step; gives the tokens read."""
        set_rates(self._optimiser, rate_share(done, self._plan.warmup, self._plan.decay))
        outcome = crew.gradients(place)
        self.position.losses.update(outcome.losses)
        norm = torch.nn.utils.clip_grad_norm_(list(self._parameters.values()), self._plan.clip)
        losses = {f"the loss {name!r}": loss for name, loss in outcome.losses.items()}
        require_finite({**losses, "the gradient": float(norm)}, self.position.step + 1)
        self._optimiser.step()
        self._optimiser.zero_grad()
        return outcome.tokens

    def _done(self, share_of_pass: float) -> float:
        position = self.position
        done = (position.passes + share_of_pass) / self._plan.passes
        return max(done, position.step / position.planned_steps) if position.planned_steps else done

    def _measure(self) -> None:
        """Turn the budget in minutes into steps, once; the checkpoint keeps the number."""
        position, minutes = self.position, self._plan.minutes
        if minutes is None or position.planned_steps is not None or position.step < MEASURED_STEPS:
            return
        position.planned_steps = max(MEASURED_STEPS, int(minutes * 60 * position.step / position.seconds))
        self._save()

    def _close_pass(self) -> None:
        position = self.position
        position.passes, position.batch = position.passes + 1, 0
        over = self._done(0.0) >= 1.0
        entry: dict[str, float] = {"pass": position.passes, "step": position.step, **self.position.losses}
        require_finite_weights(self._parameters.values(), position.step)
        if self._dev is not None:
            score = self._dev.score(self._student)
            require_finite({"the score on dev": score}, position.step)
            entry[self._dev.name] = score
            self._judge(score)
        position.history.append(entry)
        patience = self._plan.patience
        position.stopped = over or (patience is not None and position.passes_since_best >= patience)
        self._save()

    def _judge(self, score: float) -> None:
        position = self.position
        if position.best is None or score > position.best:
            position.best, position.passes_since_best = score, 0
            self._best = {name: parameter.detach().clone() for name, parameter in self._parameters.items()}
        else:
            position.passes_since_best += 1

    def _report(self, done: float) -> None:
        if self._progress is None:
            return
        position = self.position
        left = position.seconds * (1.0 - done) / done if done > 0 else None
        self._progress(
            TrainingProgress(
                stage="train",
                done=done,
                step=position.step,
                passes=position.passes,
                tokens=position.tokens,
                tokens_per_second=position.tokens / max(position.seconds, 1e-9),
                seconds_left=left,
                losses=dict(self.position.losses),
                dev=position.best,
            )
        )

    @contextmanager
    def _no_trace_of_divergence(self) -> Iterator[None]:
        """Remove the checkpoints of a run that has diverged: it would go the same way again."""
        try:
            yield
        except DivergedError:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def _save(self) -> None:
        now = time.monotonic()
        self.position.wall_seconds += now - self._started
        self._started = now
        save_run(self._folder, self.position, self._parameters, self._best, self._optimiser)
        self._saved = time.monotonic()

    def _restore(self) -> None:
        found = restore_run(self._folder, self._parameters, self._optimiser)
        if found is not None:
            self.position, self._best = found
