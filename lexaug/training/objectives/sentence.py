"""Whole sentences: the pseudo-sentence lies at its own English sentence, and nearer to it than to others."""

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
CLOSENESS = 10.0
"""Weight of the distance to the own English sentence beside the contrastive loss."""


class Sentences:
    """Contrastive loss (InfoNCE, van den Oord et al. 2018) and cosine distance between mean-pooled vectors.

    The contrastive loss alone lets sentences drift together to where none of the English ones lie: they find their
    translations, but are themselves the nearest neighbours of many others. Their distance to the teacher (Reimers and
    Gurevych 2020) keeps them in place.
    """

    def __init__(self, setting: Setting) -> None:
        self._vectors = setting.teacher.sentences

    def loss(self, reading: Reading, random: np.random.Generator) -> Tensor | None:
        """Mean over sentences that have a source; a source met twice counts as the same."""
        sources = reading.batch.sources
        if not len(sources):
            return None
        drawn = torch.from_numpy(random.integers(0, len(self._vectors), STRANGERS))
        known, place = torch.unique(torch.cat([sources, drawn]), return_inverse=True)
        student = functional.normalize(reading.sentences[reading.batch.source_rows], dim=-1)
        cosines = student @ self._vectors[known].T
        own = place[: len(sources)]
        distance = 1 - cosines.gather(1, own[:, None]).mean()
        return functional.cross_entropy(cosines / TEMPERATURE, own) + CLOSENESS * distance
