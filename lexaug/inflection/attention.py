"""Attention with rotary positions, so that characters see how far apart they are in both words."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

BASE = 10_000.0
"""Base of the wavelengths (Su et al. 2021, "RoFormer")."""

Cache = tuple[Tensor, Tensor]
"""Keys and values [batch, heads, places, width] of the places seen so far."""


def rotated(vectors: Tensor, positions: Tensor) -> Tensor:
    """Turn vectors [batch, heads, places, width] by their positions [batch, places]; an even width is needed."""
    half = vectors.shape[-1] // 2
    rates = BASE ** (-torch.arange(half, dtype=vectors.dtype) / half)
    angles = positions[:, None, :, None] * rates
    left, right = vectors[..., :half], vectors[..., half:]
    cosine, sine = angles.cos(), angles.sin()
    return torch.cat([left * cosine - right * sine, right * cosine + left * sine], -1)


class Attention(nn.Module):
    """Multi-head attention whose queries and keys are turned by their positions."""

    def __init__(self, hidden: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, hidden)

    def keys(self, states: Tensor, positions: Tensor) -> Cache:
        """Give keys and values of states [batch, places, hidden]."""
        return rotated(self._split(self.key(states)), positions), self._split(self.value(states))

    def forward(self, states: Tensor, positions: Tensor, known: Cache, mask: Tensor | None) -> Tensor:
        """Let states look at keys; `mask` [batch, 1, places or 1, keys] is true where they may."""
        queries = rotated(self._split(self.query(states)), positions)
        dropout = self.dropout if self.training else 0.0
        seen = functional.scaled_dot_product_attention(queries, *known, attn_mask=mask, dropout_p=dropout)
        out: Tensor = self.out(seen.transpose(1, 2).flatten(2))
        return out

    def _split(self, states: Tensor) -> Tensor:
        batch, places, hidden = states.shape
        return states.view(batch, places, self.heads, hidden // self.heads).transpose(1, 2)


class FeedForward(nn.Module):
    """Two linear layers with a gated unit between them (Shazeer 2020, "GLU Variants Improve Transformer")."""

    def __init__(self, hidden: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.widen = nn.Linear(hidden, 2 * inner)
        self.narrow = nn.Linear(inner, hidden)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor) -> Tensor:
        """Change each state by itself."""
        gate, value = self.widen(states).chunk(2, -1)
        out: Tensor = self.narrow(self.dropout(functional.silu(gate) * value))
        return out
