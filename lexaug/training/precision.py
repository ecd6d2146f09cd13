"""Mixed precision (Micikevicius et al. 2018) where the processor has instructions for it; the weights stay single."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import torch
from torch import Tensor

_INSTRUCTIONS = ("avx512_bf16", "amx_bf16")
"""Instructions that multiply bfloat16 numbers; without them that is slower than single precision."""


@cache
def has_bfloat16() -> bool:
    """Tell whether this processor multiplies bfloat16 numbers by itself; a torch that cannot say counts as no."""
    found: Mapping[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return any(bool(found.get(name)) for name in _INSTRUCTIONS)


def mixed_precision(enabled: bool) -> torch.autocast:
    """Let products on the processor take bfloat16 numbers, and sum in single precision; weights must be single."""
    return torch.autocast("cpu", torch.bfloat16, enabled=enabled)


def full_precision(like: Tensor) -> torch.autocast:
    """Compute in the numbers' own precision on a tensor's device, within mixed precision too."""
    return torch.autocast(like.device.type, enabled=False)
