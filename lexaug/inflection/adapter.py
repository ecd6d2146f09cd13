"""An adapter on a frozen inflection backbone: LoRA (Hu et al. 2022) and biases (Ben Zaken et al. 2022).

It has at most a twentieth of the backbone's weights, which is checked when it is made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, PeftModel, get_peft_model, get_peft_model_state_dict
from safetensors import safe_open
from torch import nn

from lexaug.errors import ConfigError
from lexaug.files import require_file
from lexaug.inflection.backbone import POINTER
from lexaug.inflection.damage import require_numbers
from lexaug.inflection.folder import ADAPTER, ADAPTER_CONFIG

MOST = 0.05
"""Share of the backbone's weights that an adapter may have."""
HIGHEST_RANK = 16


def attach(model: Any, *, rows: Mapping[str, Sequence[int]] | None = None, seed: int = 0) -> Any:  # noqa: ANN401
    """Wrap a model in peft: LoRA on its linear layers, trainable biases, and trainable embedding rows where named.

    Of a pointer-generator all linear layers are adapted, of another model those of its blocks. The rank is the highest
    that keeps the adapter at `MOST` of the backbone's weights, and `HIGHEST_RANK` at most.

    Raises:
        ConfigError: even rank 1 is too much.

    """
    linears = adapted_linears(model)
    total = sum(weight.numel() for weight in model.parameters())
    tables = {name: list(numbers) for name, numbers in (rows or {}).items() if numbers}
    fixed = sum(len(numbers) * model.get_submodule(name).embedding_dim for name, numbers in tables.items())
    fixed += sum(weight.numel() for name, weight in model.named_parameters() if name.endswith(".bias"))
    per_rank = sum(sum(model.get_submodule(name).weight.shape) for name in linears)
    rank = min(HIGHEST_RANK, int((MOST * total - fixed) // per_rank))
    if rank < 1:
        raise ConfigError(
            f"an adapter of rank 1 would have {fixed + per_rank:,} weights, above {MOST:.0%} of {total:,}",
            hint="take a larger backbone, or --method full",
        )
    config = LoraConfig(
        r=rank, lora_alpha=2 * rank, target_modules=linears, bias="all", trainable_token_indices=tables or None
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        wrapped = get_peft_model(model, config)
    require_small(wrapped, total)
    return wrapped


def require_small(model: nn.Module, total: int) -> float:
    """Give the share of trainable weights in a backbone's `total`.

    Raises:
        ConfigError: they are more than `MOST`.

    """
    share = sum(weight.numel() for weight in model.parameters() if weight.requires_grad) / total
    if share > MOST:
        raise ConfigError(f"the adapter has {share:.1%} of the backbone's weights, {MOST:.0%} is the most")
    return share


def adapted_linears(model: Any) -> list[str]:  # noqa: ANN401
    """Name the linear layers of a model, or only those of its blocks where the others are as wide as a vocabulary."""
    names = [name for name, module in model.named_modules() if isinstance(module, nn.Linear)]
    if model.config.model_type == POINTER:
        return names
    return [name for name in names if any(part.isdigit() for part in name.split("."))]


def save_adapter(model: Any, folder: Path) -> None:  # noqa: ANN401
    """Write adapter_config.json and adapter_model.safetensors, without the base's embeddings and peft's model card."""
    model.save_pretrained(str(folder), save_embedding_layers=False, safe_serialization=True)
    (folder / "README.md").unlink(missing_ok=True)


def merged(model: Any, folder: Path) -> Any:  # noqa: ANN401
    """Give the model with an adapter merged into its weights: it answers faster than through peft's layers.

    Raises:
        MissingError: a file of it is not there.
        ValueError: one is damaged, or says what `attach` would not.

    """
    require_file(folder / ADAPTER)  # without it peft takes a pickle, or asks the Hub
    adapted = PeftModel.from_pretrained(model, str(folder), config=_config(folder))
    own = get_peft_model_state_dict(adapted, save_embedding_layers=False)
    with safe_open(folder / ADAPTER, "np") as weights:
        if lacking := sorted({*own} - {*weights.keys()}):
            raise ValueError(f"{ADAPTER}: {len(lacking)} weights are missing, such as {lacking[0]}")
    require_numbers(own.items())
    return adapted.merge_and_unload().eval()


def _config(folder: Path) -> LoraConfig:
    """Take of adapter_config.json what `attach` sets: other keys name code, or change the backbone while it is read."""
    said = json.loads(require_file(folder / ADAPTER_CONFIG).read_text(encoding="utf-8"))
    rank, alpha, layers, rows = (said[key] for key in ("r", "lora_alpha", "target_modules", "trainable_token_indices"))
    if not isinstance(rank, int) or not 0 < rank <= HIGHEST_RANK or alpha != 2 * rank:
        raise ValueError(f"{ADAPTER_CONFIG}: r {rank!r} and lora_alpha {alpha!r}")
    if not isinstance(layers, list) or not all(isinstance(name, str) for name in layers):
        raise ValueError(f"{ADAPTER_CONFIG}: target_modules are no list of names")
    return LoraConfig(
        r=rank,
        lora_alpha=alpha,
        target_modules=layers,
        bias="all",
        trainable_token_indices=rows,
        inference_mode=True,
    )
