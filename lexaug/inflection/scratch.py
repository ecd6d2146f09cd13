"""A pointer-generator that starts from nothing."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from lexaug.inflection.alphabet import Alphabet
from lexaug.inflection.config import InflectorConfig
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.model import InflectorModel
from lexaug.inflection.pointer import PointerLearner
from lexaug.inflection.settings import InflectorSettings


def new_learner(rows: Sequence[InflectionExample], settings: InflectorSettings) -> PointerLearner:
    """Make a model for the characters and features of rows; the seed decides its first weights."""
    alphabet = Alphabet.of(rows)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        model = InflectorModel(new_config(alphabet, settings))
    return PointerLearner(model, alphabet, smoothing=settings.smoothing, hidden=settings.hidden)


def new_config(alphabet: Alphabet, settings: InflectorSettings) -> InflectorConfig:
    """Give the configuration of a model of the wanted shape."""
    return InflectorConfig(
        alphabet.characters,
        alphabet.values,
        alphabet.nests,
        hidden_size=settings.hidden_size,
        encoder_layers=settings.encoder_layers,
        decoder_layers=settings.decoder_layers,
        num_heads=settings.num_heads,
        intermediate_size=settings.intermediate_size,
        dropout=settings.dropout,
        scaled=True,
    )
