"""How an inflector is trained: its shape where it starts from nothing, its rates, and its budget."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from lexaug.errors import ConfigError

CLOCKS: dict[str, Callable[[], float]] = {"wall": time.monotonic, "cpu": time.process_time}
"""What a budget in minutes counts: time that passes, or time of this process on a processor."""

Progress = Callable[[float, float, float | None], None]
"""Is told the share that is done, the loss, and the best accuracy on dev so far (per cent)."""
DEFAULT_RATE = 4e-3
SHAPE = ("hidden_size", "encoder_layers", "decoder_layers", "num_heads", "intermediate_size", "dropout")
"""Settings of what starts from nothing; a backbone has a shape of its own."""
OF_POINTER = ("smoothing", "hidden")
"""Settings of pointer-generators alone."""


@dataclass(frozen=True, slots=True)
class InflectorSettings:
    """Shape and training of an inflector.

    `minutes` of a `clock` or `steps` bound the training (steps go first). The learning rate is the method's own if not
    given. `smoothing` is of the labels; `averaging` is how much of the running mean of the weights a step keeps (0:
    none); `hidden` is the share of examples that hide a letter and a feature value, so that unknown ones are learnt;
    `hallucinated` counts made-up examples that are asked for beside the real ones: the method's own number.
    """

    hidden_size: int = 128
    encoder_layers: int = 2
    decoder_layers: int = 2
    num_heads: int = 4
    intermediate_size: int = 256
    dropout: float = 0.3
    batch: int = 32
    learning_rate: float | None = None
    warmup: float = 0.1
    weight_decay: float = 0.01
    clip: float = 1.0
    smoothing: float = 0.0
    averaging: float = 0.99
    hidden: float = 0.05
    hallucinated: int = 0
    minutes: float = 4.0
    clock: str = "wall"
    steps: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse a training that would never begin or never be over."""
        if self.steps is not None and self.steps < 1:
            raise ConfigError(f"{self.steps} steps to train", hint="give at least one")
        if not 0 <= self.minutes < math.inf:
            raise ConfigError(f"{self.minutes} minutes to train", hint="give a number, such as 4")
