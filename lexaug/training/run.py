"""What a run is given, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from lexaug.training.optimiser import Decay, Rates


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train.

    `passes` over the samples at most, `minutes` of training at most (None: no limit), batches of `tokens_per_batch`
    padded tokens, `warmup` as a part of the run, stop after `patience` passes without a better dev score (None: never),
    checkpoints every `checkpoint_seconds`. Blocks above `depth` are not run (None: all are).
    `workers` processes share each batch.
    """

    passes: int
    tokens_per_batch: int
    rates: Rates
    weight_decay: float
    warmup: float
    decay: Decay
    minutes: float | None = None
    patience: int | None = None
    clip: float = 1.0
    checkpoint_seconds: float = 60.0
    depth: int | None = None
    workers: int = 1
    seed: int = 0


@dataclass(slots=True)
class Position:
    """Where a run stands; everything else follows from it, the seed and the tensors of the checkpoint.

    `seconds` were spent in steps, `wall_seconds` since the run began, interruptions aside: with the teacher's vectors,
    the synthesis of each pass, dev and checkpoints.
    """

    passes: int = 0
    batch: int = 0
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    wall_seconds: float = 0.0
    planned_steps: int | None = None
    best: float | None = None
    passes_since_best: int = 0
    stopped: bool = False
    losses: dict[str, float] = field(default_factory=dict)
    history: list[dict[str, float]] = field(default_factory=list)
