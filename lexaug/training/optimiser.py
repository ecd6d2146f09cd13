"""AdamW with a learning rate per kind of parameter, and the way the rates go in a run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import torch

Decay = Literal["linear", "cosine"]
KINDS = ("lora", "rows", "characters", "head")


@dataclass(frozen=True, slots=True)
class Rates:
    """Peak learning rates."""

    lora: float
    rows: float
    characters: float
    head: float

    def of(self, kind: str) -> float:
        """Give the rate of a kind of parameter."""
        return float(getattr(self, kind))


def kind_of(name: str) -> str:
    """Tell by its name which kind of parameter one is; what widens a character vector is a layer of the encoder."""
    if name == "characters.widen.weight":
        return "lora"
    if name.startswith(("characters.", "head.")):
        return name.partition(".")[0]
    return "rows" if name.startswith("token_rows.") or "trainable_tokens_delta" in name else "lora"


def make_optimiser(
    parameters: Mapping[str, torch.nn.Parameter], rates: Rates, *, weight_decay: float
) -> torch.optim.AdamW:
    """Make AdamW (Loshchilov and Hutter 2019), fused, with one group per kind; weights of LoRA alone decay."""
    groups = []
    for kind in KINDS:
        chosen = [parameter for name, parameter in parameters.items() if kind_of(name) == kind]
        if chosen:
            decay = weight_decay if kind == "lora" else 0.0
            groups.append({"params": chosen, "lr": 0.0, "peak": rates.of(kind), "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def set_rates(optimiser: torch.optim.Optimizer, share: float) -> None:
    """Set every group's rate to a share of its peak."""
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * share


def rate_share(done: float, warmup: float, decay: Decay) -> float:
    """Give the share of the peak rate when a part of the run is done: up in the warm-up, then down to zero.

    Args:
        done: part of the run that is done, 0 to 1.
        warmup: part of the run that warms up.
        decay: straight line or half a cosine.

    """
    if done < warmup:
        return done / warmup
    left = min(1.0, max(0.0, (1.0 - done) / max(1.0 - warmup, 1e-9)))
    return left if decay == "linear" else 0.5 * (1.0 - math.cos(math.pi * left))
