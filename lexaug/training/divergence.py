"""A run that has left the numbers: told at the step where a loss, the gradient, a weight or a score is not finite."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import torch

from lexaug.errors import StateError


class DivergedError(StateError):
    """Training has left the numbers, and would again from any checkpoint."""


HINT = "lower learning_rate or the rates of rows, characters and head under [training]; nothing was written"


def require_finite(values: Mapping[str, float], step: int) -> None:
    """Raise DivergedError for the first value that is infinite or no number; steps count from 1."""
    for name, value in values.items():
        if not math.isfinite(value):
            raise DivergedError(f"the training diverged: {name} is {value} at step {step}", hint=HINT)


def require_finite_weights(weights: Iterable[torch.Tensor], step: int) -> None:
    """Raise DivergedError where trained weights are not finite after a step."""
    if not all(bool(torch.isfinite(weight).all()) for weight in weights):
        raise DivergedError(f"the training diverged: weights are not finite after step {step}", hint=HINT)
