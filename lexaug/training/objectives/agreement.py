"""Real text without labels: encoder and characters learn from what both together are sure of."""

from __future__ import annotations

import numpy as np
from torch import Tensor
from torch.nn import functional

from lexaug.training.objectives.base import Setting
from lexaug.training.student import Reading

START = 0.3
"""Part of the run before which nothing is learned from real text: the tags are too uncertain."""
SURE = 0.8
"""Probability of the tag from which a word counts."""


class Agreement:
    """Cross-entropy of each expert against the tags of the product of both (co-training, Blum and Mitchell 1998)."""

    def __init__(self, setting: Setting) -> None:
        del setting

    def loss(self, reading: Reading, random: np.random.Generator) -> Tensor | None:
        """Mean over the words of real text that both together are sure of."""
        real = reading.batch.real
        if reading.done < START or not bool(real.any()):
            return None
        certainty, tags = reading.logits.detach()[real].softmax(-1).max(-1)
        sure = certainty >= SURE
        if not bool(sure.any()):
            return None
        experts = (reading.encoder_logits, reading.character_logits)
        losses = [functional.cross_entropy(e[real][sure], tags[sure]) for e in experts if e is not None]
        return sum(losses[1:], losses[0])
