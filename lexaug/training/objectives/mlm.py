"""Masked words: the encoder fills gaps in text of the language. For backbones with a mask-LM head."""

from __future__ import annotations

from typing import Any

import numpy as np
from torch import Tensor
from torch.nn import functional

from lexaug.errors import ConfigError
from lexaug.training.objectives.base import Setting
from lexaug.training.student import Reading


class MaskedWords:
    """Cross-entropy at masked tokens (Devlin et al. 2019); the head sees these tokens alone."""

    def __init__(self, setting: Setting) -> None:
        self._masked = setting.masked

    def loss(self, reading: Reading, random: np.random.Generator) -> Tensor | None:
        """Mean over masked tokens."""
        hidden = reading.batch.hidden
        if hidden is None or not len(hidden.targets):
            return None
        vectors = reading.states[-1].flatten(0, 1)[hidden.places]
        return functional.cross_entropy(vocabulary_scores(self._masked, vectors), hidden.targets)


def vocabulary_scores(model: Any, vectors: Tensor) -> Tensor:  # noqa: ANN401
    """Apply the mask-LM head of a BERT, XLM-R or ModernBERT model to [tokens, hidden] vectors.

    Raises:
        ConfigError: the model has no such head.

    """
    if hasattr(model, "cls"):
        scores: Tensor = model.cls(vectors)
    elif hasattr(model, "lm_head"):
        scores = model.lm_head(vectors)
    elif hasattr(model, "head") and hasattr(model, "decoder"):
        scores = model.decoder(model.head(vectors))
    else:
        raise ConfigError("the backbone has no mask-LM head", hint="leave the mlm objective out")
    return scores
