"""Projected labels: the head tags the words of pseudo-text and of English."""

from __future__ import annotations

import numpy as np
from torch import Tensor
from torch.nn import functional

from lexaug.training.head import IGNORED
from lexaug.training.objectives.base import Setting
from lexaug.training.student import Reading


class Labels:
    """Cross-entropy of the label head, end to end, and of the characters' scores beside it.

    Each learns on its own, since characters, which learn fast, would leave the encoder little to explain if the loss
    saw only the sum that tags in the end (a product of experts, Hinton 2002).
    """

    def __init__(self, setting: Setting) -> None:
        del setting

    def loss(self, reading: Reading, random: np.random.Generator) -> Tensor | None:
        """Mean over labelled words."""
        labels = reading.batch.labels
        if not bool((labels != IGNORED).any()):
            return None
        experts = (reading.encoder_logits, reading.character_logits)
        losses = [functional.cross_entropy(e, labels, ignore_index=IGNORED) for e in experts if e is not None]
        return sum(losses[1:], losses[0])
