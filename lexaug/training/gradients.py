"""One step's gradients, computed here or shared among processes, one core each."""

from __future__ import annotations

import mmap
import multiprocessing
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

import torch
from torch import Tensor

from lexaug.errors import StateError
from lexaug.training.objectives import Objective
from lexaug.training.passes import PassReader
from lexaug.training.seeds import generator, seeded
from lexaug.training.student import Student

Place = tuple[int, int]
"""Pass and batch, both from 0."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Losses by objective, and the tokens read."""

    losses: dict[str, float]
    tokens: int


@dataclass(frozen=True, slots=True)
class Work:
    """Computes gradients: the student, the weighted objectives, the batches, the seed."""

    student: Student
    objectives: Mapping[str, tuple[float, Objective]]
    reader: PassReader
    seed: int

    def gradients(self, place: Place, part: int = 0, parts: int = 1) -> Outcome:
        """Add the gradients of a part of a batch, weighted by its share of the sentences, to the parameters'."""
        batch, share = self.reader.batch(*place, part, parts)
        if batch is None:
            return Outcome({}, 0)
        losses: dict[str, float] = {}
        total: Tensor | None = None
        with seeded(self.seed, "step", *place, part):
            reading = self.student.read(batch)
            for name, (weight, objective) in self.objectives.items():
                loss = objective.loss(reading, generator(self.seed, name, *place, part))
                if loss is not None:
                    losses[name] = loss.item()
                    total = weight * share * loss if total is None else total + weight * share * loss
            if total is not None:
                total.backward()  # type: ignore[no-untyped-call]
        return Outcome(losses, batch.real_tokens)


class Crew:
    """The process and its workers: each computes a part of every batch, the first adds up in a fixed order."""

    def __init__(self, work: Work, pipes: list[Connection], shared: list[list[Tensor]]) -> None:
        self._work = work
        self._pipes = pipes
        self._shared = shared

    def gradients(self, place: Place) -> Outcome:
        """Compute the gradients of a batch.

        Raises:
            StateError: a worker has died.

        """
        parts = len(self._pipes) + 1
        try:
            for pipe in self._pipes:
                pipe.send(place)
            own = self._work.gradients(place, 0, parts)
            others: list[Outcome] = [pipe.recv() for pipe in self._pipes]
        except (EOFError, OSError):
            raise StateError("a training process has died", hint="run the same command again to continue") from None
        parameters = list(self._work.student.trained().values())
        for gradients in self._shared:
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter.grad = gradient.clone() if parameter.grad is None else parameter.grad.add_(gradient)
        losses = {name: loss for outcome in (*others, own) for name, loss in outcome.losses.items()}
        return Outcome(losses, own.tokens + sum(outcome.tokens for outcome in others))


@contextmanager
def crew(work: Work, workers: int) -> Iterator[Crew]:
    """Start workers (this process counts as one) that share the parameters' memory, for as long as the block lasts."""
    if workers > 1:
        for parameter in work.student.trained().values():
            parameter.data = _shared(parameter.data)
    context = multiprocessing.get_context("fork")
    pipes: list[Connection] = []
    shared: list[list[Tensor]] = []
    processes = []
    for part in range(1, workers):
        mine, theirs = context.Pipe()
        buffers = [_shared(torch.zeros_like(p)) for p in work.student.trained().values()]
        process = context.Process(
            target=_work, args=(work, theirs, [*pipes, mine], buffers, part, workers), daemon=True
        )
        process.start()
        theirs.close()
        pipes.append(mine)
        shared.append(buffers)
        processes.append(process)
    try:
        yield Crew(work, pipes, shared)
    finally:
        for pipe in pipes:
            pipe.close()
        for process in processes:
            process.join()


def _shared(tensor: Tensor) -> Tensor:
    """Copy a tensor into memory that forked processes share; anonymous, since /dev/shm is small in containers."""
    memory = mmap.mmap(-1, max(1, tensor.nbytes))
    return torch.frombuffer(memory, dtype=tensor.dtype, count=tensor.numel()).view(tensor.shape).copy_(tensor)


def _work(
    work: Work, pipe: Connection, foreign: list[Connection], buffers: list[Tensor], part: int, parts: int
) -> None:
    """Compute one part of each batch asked for, until the other end of the pipe closes."""
    for connection in foreign:
        connection.close()
    torch.set_num_threads(1)
    for parameter, buffer in zip(work.student.trained().values(), buffers, strict=True):
        parameter.grad = buffer
    try:
        while True:
            place = pipe.recv()
            for buffer in buffers:
                buffer.zero_()
            pipe.send(work.gradients(place, part, parts))
    except (EOFError, OSError, KeyboardInterrupt):
        return
