"""Whole sentences: the pseudo-sentence lies nearer to its own English sentence than to others."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from lexaug.training.objectives.base import Setting
from lexaug.training.student import Reading

TEMPERATURE = 0.05
STRANGERS = 256
"""Sentences of the teacher drawn beside the batch's own, as ones to keep away from."""


class Sentences:
    """Contrastive loss (InfoNCE, van den Oord et al. 2018) between mean-pooled vectors."""

    def __init__(self, setting: Setting) -> None:
        self._vectors = setting.teacher.sentences

    def loss(self, reading: Reading, random: np.random.Generator) -> Tensor | None:
        """Mean over the sentences that have a source; a source met twice counts as the same."""
        sources = reading.batch.sources
        if not len(sources):
            return None
        drawn = torch.from_numpy(random.integers(0, len(self._vectors), STRANGERS))
        known, place = torch.unique(torch.cat([sources, drawn]), return_inverse=True)
        student = functional.normalize(reading.sentences[reading.batch.source_rows], dim=-1)
        scores = student @ self._vectors[known].T / TEMPERATURE
        return functional.cross_entropy(scores, place[: len(sources)])
