"""Late fusion: two systems' log-probabilities, summed."""

from __future__ import annotations

from typing import cast

import numpy as np
import torch

from lexaug.evaluation.gold import Floats, Gold
from lexaug.evaluation.predictions import Chosen, Prediction

WEIGHTS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Weights of the second system that are tried on dev."""
DEFAULT_WEIGHT = 1.0


def fuse(first: Prediction, second: Prediction, dev: Gold | None, chosen: Chosen | None = None) -> Prediction:
    """Sum two systems, the second with a weight: a chosen one, else the best on dev, else 1."""
    if chosen:
        weight = cast(float, chosen["weight"])
    elif dev is None or first.dev is None or second.dev is None:
        weight = DEFAULT_WEIGHT
    else:
        # of equally good weights the one nearest to 1
        weight = max(WEIGHTS, key=lambda w: (dev.accuracy(_sum(first.dev, second.dev, w)), -abs(np.log(w))))
    fused_dev = None if first.dev is None or second.dev is None else _sum(first.dev, second.dev, weight)
    return Prediction(_sum(first.test, second.test, weight), fused_dev, {"weight": weight})


def _sum(first: Floats | None, second: Floats | None, weight: float) -> Floats:
    total = torch.log_softmax(torch.from_numpy(first + weight * second), dim=1)  # type: ignore[operator]
    scores: Floats = total.numpy()
    return scores
