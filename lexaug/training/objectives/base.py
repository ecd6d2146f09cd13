"""What every objective is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from torch import Tensor

from lexaug.training.student import Reading
from lexaug.training.teacher import Teacher


@dataclass(frozen=True, slots=True)
class Setting:
    """What objectives are made with: the teacher's vectors, the layers that word alignment compares, a mask-LM model.

    `masked` is None where the backbone was loaded without a mask-LM head.
    """

    teacher: Teacher
    teacher_layers: Sequence[int]
    masked: Any = None


class Objective(Protocol):
    """A loss on what the student makes of a batch."""

    def __init__(self, setting: Setting) -> None: ...

    def loss(self, reading: Reading, random: np.random.Generator) -> Tensor | None:
        """Give the mean loss (a scalar), or None where the batch holds nothing for this objective."""
        ...
