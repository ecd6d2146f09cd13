"""The files of an adapter, JSON objects and weights: read whole, or told which of them is damaged and how.

Importing this loads neither torch nor safetensors: whoever only looks at adapters need not wait for them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import FormatError

if TYPE_CHECKING:
    from torch import Tensor

CONFIG = "adapter_config.json"
PEFT_WEIGHTS = "adapter_model.safetensors"
RECIPE = "recipe.toml"
METRICS = "metrics.json"
CHARACTERS = "characters.json"
REMEDY = "copy the adapter's folder anew, or train it again"


def read_object(path: Path, what: str) -> dict[str, Any]:
    """Read a JSON object; `what` is whose it is, e.g. "the label head".

    Raises:
        FormatError: the file is not there, is no JSON, or holds something else than an object.

    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise not_whole(path, what, fault) from fault
    if not isinstance(value, dict):
        raise not_whole(path, what, "it holds no JSON object")
    return value


def read_weights(path: Path, what: str) -> dict[str, Tensor]:
    """Read tensors by name.

    Raises:
        FormatError: the file is not there, or is no whole safetensors file.

    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        weights: dict[str, Tensor] = load_file(path)
    except (OSError, ValueError, SafetensorError) as fault:
        raise not_whole(path, what, fault) from fault
    return weights


def not_whole(path: Path, what: str, fault: object) -> FormatError:
    """Make the error of a damaged file."""
    reason = str(fault).strip().partition("\n")[0].removesuffix(":")
    return FormatError(f"{what} is not whole: {reason}", file=path, hint=REMEDY)
