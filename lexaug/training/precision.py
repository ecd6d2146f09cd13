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
    """Tell whether this processor multiplies bfloat16 numbers by itself (older versions of torch cannot say: no)."""
    found: Mapping[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return any(bool(found.get(name)) for name in _INSTRUCTIONS)


def mixed_precision() -> torch.autocast:
    """Let products on the processor take bfloat16 numbers, and sum in single precision, if that is faster there."""
    return torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16())


def full_precision(like: Tensor) -> torch.autocast:
    """Keep what is slower or worse in half precision out of it, on a tensor's device."""
    return torch.autocast(like.device.type, enabled=False)
