"""One number for the weights of a frozen model, so that "nothing of the base was changed" can be checked."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

_ADDED = re.compile(r"(^|\.)(lora_\w+|trainable_tokens_\w+|token_indices|modules_to_save|pooler)(\.|$)")
"""Parts that peft adds, and the pooler, which nothing here reads and which many checkpoints lack."""
_WRAPPERS = re.compile(r"(^base_model\.model\.)|((?<=\.)(base_layer|token_adapter|original_module)\.)")
"""Names that peft puts around base modules."""


def base_parameters(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    """Name the parameters of the base model as it names them without peft; what peft added is left out."""
    return {
        _WRAPPERS.sub("", name): parameter for name, parameter in model.named_parameters() if not _ADDED.search(name)
    }


def hash_weights(model: torch.nn.Module) -> str:
    """SHA-256, in hexadecimal, over name, dtype, shape and bytes of every base parameter in order of names.

    A model wrapped by peft (LoRA, DoRA, trainable token rows, unmerged) has the hash of the bare model in it.
    """
    digest = hashlib.sha256()
    for name, parameter in sorted(base_parameters(model).items()):
        digest.update(f"{name} {parameter.dtype} {tuple(parameter.shape)}\n".encode())
        digest.update(_bytes(parameter))
    return digest.hexdigest()


def _bytes(tensor: torch.Tensor) -> memoryview:
    import torch

    return tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().data
