"""What reading damaged files of a model raises, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors import SafetensorError

from lexaug.errors import FormatError

if TYPE_CHECKING:
    from torch import Tensor

FAULTS = (
    OSError, ValueError, RuntimeError, LookupError, ArithmeticError, TypeError, AttributeError, ImportError,
    SafetensorError,
)  # fmt: skip
"""What the libraries that read a damaged file may raise."""


def not_whole(folder: Path, fault: Exception) -> FormatError:
    """Make the error for an inflector of which a file is damaged."""
    reason = f"no key {fault}" if isinstance(fault, KeyError) else str(fault).strip().partition("\n")[0]
    return FormatError(f"the inflector is not whole: {reason}", file=folder, hint="train it again")


def require_numbers(weights: Iterable[tuple[str, Tensor]]) -> None:
    """Raise ValueError where named weights are infinite or no numbers: their model writes nothing, or anything."""
    if strange := [name for name, weight in weights if not weight.isfinite().all()]:
        raise ValueError(f"{len(strange)} weights are not finite, such as {strange[0]}")
