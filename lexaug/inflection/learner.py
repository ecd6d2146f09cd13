"""What can be trained to inflect: the training loop asks no more of a model than this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from torch import Tensor, nn

from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.rules import Candidate


class Learner(Protocol):
    """A model that learns from rows and inflects them."""

    @property
    def module(self) -> nn.Module:
        """What holds the weights; those that are to be trained want a gradient."""

    @property
    def notes(self) -> Mapping[str, str]:
        """What is worth telling of how it started and learns."""

    def loss(self, rows: Sequence[InflectionExample], random: np.random.Generator) -> Tensor:
        """Give the mean loss over the characters of the rows' forms."""

    def inflect(self, rows: Sequence[InflectionExample]) -> list[Candidate]:
        """Give each row's form and its probability, in order; forms in the rows are not read."""
