"""The layers' parts: attention with rotary positions, so that characters see how far apart they are in both words."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from lexaug.training.precision import full_precision

BASE = 10_000.0
"""Base of the wavelengths (Su et al. 2021, "RoFormer")."""

Cache = tuple[Tensor, Tensor]
"""Keys and values [batch, heads, places, width] of the places seen so far."""


def turns(positions: Tensor, width: int) -> Tensor:
    """Give the turn of each position [..., places] as complex numbers [..., places, 1, width / 2]; `width` is even."""
    half = width // 2
    steps = torch.arange(half, dtype=torch.float32, device=positions.device)
    angles = positions.to(torch.float32)[..., None, None] * BASE ** (-steps / half)
    return torch.polar(torch.ones_like(angles), angles)


def rotated(vectors: Tensor, turn: Tensor) -> Tensor:
    """Turn vectors [..., places, heads, width], in pairs of neighbours, by [..., places, heads or 1, width / 2].

    The result is in single precision.
    """
    pairs = torch.view_as_complex(vectors.float().view(*vectors.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * turn).flatten(-2)


def look(queries: Tensor, known: Cache, mask: Tensor | None) -> Tensor:
    """Attend with queries [batch, places, heads, width]; `mask` is added to the scores; gives [batch, places, all]."""
    with full_precision(queries):
        seen = functional.scaled_dot_product_attention(queries.transpose(1, 2), *known, attn_mask=mask)
    return seen.transpose(1, 2).flatten(2)


class SelfAttention(nn.Module):
    """Multi-head attention of states to each other, or to those before."""

    def __init__(self, hidden: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.queries_keys_values = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)

    def forward(
        self, states: Tensor, turn: Tensor, mask: Tensor | None, before: Cache | None = None
    ) -> tuple[Tensor, Cache]:
        """Change states [batch, places, hidden]; gives the keys and values of all places too."""
        split = self.queries_keys_values(states).float().unflatten(-1, (3 * self.heads, -1))
        both, values = split.split((2 * self.heads, self.heads), 2)
        queries, keys = rotated(both, turn).chunk(2, 2)
        known = keys.transpose(1, 2), values.transpose(1, 2)
        if before is not None:
            known = torch.cat([before[0], known[0]], 2), torch.cat([before[1], known[1]], 2)
        return self.out(look(queries, known, mask).to(states.dtype)), known


class CrossAttention(nn.Module):
    """Multi-head attention of states to the source."""

    def __init__(self, hidden: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.queries = nn.Linear(hidden, hidden)
        self.keys_values = nn.Linear(hidden, 2 * hidden)
        self.out = nn.Linear(hidden, hidden)

    def known(self, source: Tensor, turn: Tensor) -> Cache:
        """Give keys and values of the source's states [batch, places, hidden]."""
        keys, values = self.keys_values(source).float().unflatten(-1, (2 * self.heads, -1)).chunk(2, 2)
        return rotated(keys, turn).transpose(1, 2), values.transpose(1, 2)

    def forward(self, states: Tensor, turn: Tensor, known: Cache, mask: Tensor | None) -> Tensor:
        """Let states [batch, places, hidden] look at the source."""
        queries = rotated(self.queries(states).unflatten(-1, (self.heads, -1)), turn)
        out: Tensor = self.out(look(queries, known, mask).to(states.dtype))
        return out


class FeedForward(nn.Module):
    """Two linear layers with a rectifier between them."""

    def __init__(self, hidden: int, inner: int) -> None:
        super().__init__()
        self.widen = nn.Linear(hidden, inner)
        self.narrow = nn.Linear(inner, hidden)

    def forward(self, states: Tensor) -> Tensor:
        """Change each state by itself."""
        out: Tensor = self.narrow(functional.relu(self.widen(states)))
        return out


class Dropout(nn.Module):
    """Leaves out values of a vector, the same at all places of a word (Gal and Ghahramani 2016).

    One draw serves a whole word, so it costs next to nothing where a draw per place takes a fifth of a training step.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, states: Tensor) -> Tensor:
        """Leave out values of states [batch, places, hidden]."""
        return states * self._kept(states) if self._on else states

    def add(self, states: Tensor, change: Tensor) -> Tensor:
        """Add a change to states, some of its values left out."""
        change = change.to(states.dtype)
        return torch.addcmul(states, change, self._kept(change)) if self._on else states + change

    @property
    def _on(self) -> bool:
        return self.training and self.share > 0

    def _kept(self, states: Tensor) -> Tensor:
        chances = torch.rand(len(states), 1, states.shape[-1], dtype=states.dtype, device=states.device)
        return (chances >= self.share).to(states.dtype) / (1 - self.share)
