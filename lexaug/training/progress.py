"""What a run tells while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """Where a run stands.

    `stage` is "teacher", "train" or "dev"; `done` is the part of the stage's work that is done (0 to 1);
    `tokens_per_second` counts tokens of the training text; `losses` has the newest value of each objective; `dev` the
    newest dev score.
    """

    stage: str
    done: float
    step: int = 0
    passes: int = 0
    tokens: int = 0
    tokens_per_second: float = 0.0
    seconds_left: float | None = None
    losses: dict[str, float] = field(default_factory=dict)
    dev: float | None = None


Progress = Callable[[TrainingProgress], None]
