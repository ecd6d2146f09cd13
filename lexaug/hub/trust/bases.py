"""Measures of backbones that are known by name, so that an adapter's tensors can be held against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class BaseShape:
    """Values per token, blocks and vocabulary of a backbone, and the width between the two feed-forward layers."""

    hidden: int
    layers: int
    vocabulary: int
    inner: int

    @classmethod
    def of(cls, config: Any) -> BaseShape:  # noqa: ANN401
        """Take the measures from a transformers config of an encoder."""
        return cls(config.hidden_size, config.num_hidden_layers, config.vocab_size, config.intermediate_size)


_BASE, _LARGE = (768, 12), (1024, 24)
_XLMR, _XLMR_PADDED, _MBERT = 250_002, 250_037, 119_547

KNOWN: Mapping[str, BaseShape] = MappingProxyType(
    {
        "intfloat/multilingual-e5-small": BaseShape(384, 12, _XLMR_PADDED, 1536),
        "intfloat/multilingual-e5-base": BaseShape(*_BASE, _XLMR, 3072),
        "intfloat/multilingual-e5-large": BaseShape(*_LARGE, _XLMR, 4096),
        "FacebookAI/xlm-roberta-base": BaseShape(*_BASE, _XLMR, 3072),
        "FacebookAI/xlm-roberta-large": BaseShape(*_LARGE, _XLMR, 4096),
        "xlm-roberta-base": BaseShape(*_BASE, _XLMR, 3072),
        "xlm-roberta-large": BaseShape(*_LARGE, _XLMR, 4096),
        "google-bert/bert-base-multilingual-cased": BaseShape(*_BASE, _MBERT, 3072),
        "bert-base-multilingual-cased": BaseShape(*_BASE, _MBERT, 3072),
    }
)
"""Measures as the models' config.json files on the Hub state them."""
