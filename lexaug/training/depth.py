"""Running only the lower blocks of an encoder, where nothing above them is read: the same vectors for less work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

PLAIN = ("bert", "xlm-roberta", "roberta")
"""Families whose hidden state k is exactly what block k gives, without a norm after the last."""


@contextmanager
def lower_blocks(model: Any, count: int) -> Iterator[int]:  # noqa: ANN401
    """Leave the blocks above the first `count` out for a while; gives how many are run.

    Other families than `PLAIN` keep all blocks.
    """
    total = int(model.config.num_hidden_layers)
    parent = _parent(model, total) if model.config.model_type in PLAIN and count < total else None
    if parent is None:
        yield total
        return
    # transformers hooks the blocks that it finds at the first call for hidden states: it must find them all
    with torch.no_grad():
        model(input_ids=torch.zeros(1, 1, dtype=torch.long), output_hidden_states=True)
    blocks = parent.layer
    parent.layer = torch.nn.ModuleList(list(blocks)[:count])
    try:
        yield count
    finally:
        parent.layer = blocks


def _parent(model: Any, total: int) -> Any:  # noqa: ANN401
    for module in model.modules():
        blocks = getattr(module, "layer", None)
        if isinstance(blocks, torch.nn.ModuleList) and len(blocks) == total:
            return module
    return None
