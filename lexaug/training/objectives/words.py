"""Aligned words: the adapted backbone reads the pseudo-sentence as the frozen one reads the English."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from lexaug.training.objectives.base import Setting
from lexaug.training.student import Reading


class Words:
    """Squared error at aligned words in some layers, each divided by the mean square of the teacher's values there."""

    def __init__(self, setting: Setting) -> None:
        self._teacher = setting.teacher
        self._layers = tuple(setting.teacher_layers)
        places = [setting.teacher.layers.index(layer) for layer in self._layers]
        self._scales = setting.teacher.scales[places]

    def loss(self, reading: Reading, random: np.random.Generator) -> Tensor | None:
        """Mean over aligned pairs, layers and values."""
        pairs = reading.batch.student_words
        if not len(pairs):
            return None
        wanted = self._teacher.vectors(reading.batch.teacher_words, self._layers)
        read = torch.stack([reading.words(layer)[pairs] for layer in self._layers], 1)
        return ((read - wanted).square().mean((0, 2)) / self._scales).mean()
