"""The plain peft part of an adapter: LoRA on the frozen backbone and rows of its own for the tokens that occur."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from lexaug.errors import ConfigError
from lexaug.training.backbone import OFFLINE, Backbone
from lexaug.training.fused import ADAPTER
from lexaug.training.offline import HUB_ID, HUB_REVISION
from lexaug.training.seeds import seeded


def attach(
    backbone: Backbone,
    *,
    rank: int,
    alpha: float,
    dropout: float = 0.0,
    targets: Sequence[str] | None = None,
    layers: Sequence[int] | None = None,
    rslora: bool = False,
    dora: bool = False,
    token_ids: Sequence[int] = (),
    seed: int = 0,
) -> Any:  # noqa: ANN401
    """Wrap a backbone's model in peft, in place; `peft_model.unload()` gives the bare model back.

    Args:
        backbone: the frozen encoder.
        rank: width of the LoRA products.
        alpha: their scale is alpha / rank, with `rslora` alpha / sqrt(rank).
        dropout: on the input of the LoRA products.
        targets: names of linear layers; every linear layer of the transformer blocks if not given.
        layers: numbers of the blocks, from 1; all if not given.
        rslora: rank-stabilised scale (Kalajdzievski 2023).
        dora: weight-decomposed LoRA (Liu et al. 2024).
        token_ids: input tokens that get trainable rows; none leaves the embeddings frozen.
        seed: decides the initial LoRA weights.

    Raises:
        ConfigError: a target or layer that the backbone does not have, or a rank beyond its width.

    """
    from peft import LoraConfig, get_peft_model

    require_lora(backbone, rank=rank, targets=targets, layers=layers)
    config = LoraConfig(
        r=rank,
        lora_alpha=alpha,
        lora_dropout=dropout,
        target_modules=_modules(backbone, targets, layers),
        use_rslora=rslora,
        use_dora=dora,
        trainable_token_indices=list(token_ids) or None,
    )
    with seeded(seed, "lora"):
        model = get_peft_model(backbone.model, config)
    model.peft_config[ADAPTER].base_model_name_or_path = hub_id(backbone.name)
    model.peft_config[ADAPTER].revision = backbone.revision or hub_revision(backbone.name)
    return model.eval()


def require_lora(
    backbone: Backbone, *, rank: int, targets: Sequence[str] | None = None, layers: Sequence[int] | None = None
) -> None:
    """Raise ConfigError for a rank beyond the width, and for targets or blocks that the backbone does not have."""
    if rank > backbone.hidden_size:
        raise ConfigError(
            f"rank {rank} is above the {backbone.hidden_size} values per token of backbone {backbone.name!r}",
            hint="4 to 64 are usual",
        )
    linears, known = _block_linears(backbone.model), ", ".join(_leaves(backbone))
    for target in targets or ():
        if not any(f".{name}".endswith(f".{target}") for name in linears):
            raise ConfigError(
                f"backbone {backbone.name!r} has no linear layer {target!r}",
                hint=f"known: {known}",
            )
    for layer in layers or ():
        if not 1 <= layer <= backbone.layers:
            raise ConfigError(
                f"backbone {backbone.name!r} has no layer {layer}", hint=f"layers are 1 to {backbone.layers}"
            )


def hub_id(name: str) -> str:
    """Give the name under which a backbone is found on the Hub: an adapter trained on the one loads on the other."""
    return HUB_ID if name == OFFLINE else name


def hub_revision(name: str) -> str | None:
    """Give the commit at which the offline backbone is found on the Hub, None for any other name."""
    return HUB_REVISION if name == OFFLINE else None


def adapter_size(model: torch.nn.Module) -> int:
    """Count the trainable values."""
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


def token_row_parameter(model: Any) -> torch.nn.Parameter | None:  # noqa: ANN401
    """Give the trainable token rows [rows, hidden] of a peft model, or None where it has none."""
    wrapper = model.get_base_model().get_input_embeddings()
    adapter = getattr(wrapper, "token_adapter", None)
    return None if adapter is None else adapter.trainable_tokens_delta[ADAPTER]


def save_adapter(model: Any, folder: Path) -> None:  # noqa: ANN401
    """Write adapter_config.json and adapter_model.safetensors, without the base's embeddings and peft's model card."""
    model.save_pretrained(str(folder), save_embedding_layers=False, safe_serialization=True)
    (folder / "README.md").unlink(missing_ok=True)


def _modules(backbone: Backbone, targets: Sequence[str] | None, layers: Sequence[int] | None) -> str:
    """Give a pattern of the linear layers that get LoRA; it also fits the encoder inside a larger model.

    peft's own `layers_to_transform` finds no blocks that stand at the top of a model, as ModernBERT's do.
    """
    linears = _block_linears(backbone.model)
    stacks = sorted({re.split(r"\.\d+\.", name, maxsplit=1)[0] for name in linears})
    numbers = r"\d+" if layers is None else "|".join(str(layer - 1) for layer in layers)
    leaves = "|".join(map(re.escape, _leaves(backbone) if targets is None else targets))
    return rf"(?:.*\.)?(?:{'|'.join(map(re.escape, stacks))})\.(?:{numbers})\.(?:.*\.)?(?:{leaves})"


def _leaves(backbone: Backbone) -> list[str]:
    """Name the kinds of linear layers of the blocks."""
    return sorted({name.rpartition(".")[2] for name in _block_linears(backbone.model)})


def _block_linears(model: torch.nn.Module) -> list[str]:
    """Name the linear layers inside numbered blocks."""
    names = [name for name, module in model.named_modules() if isinstance(module, torch.nn.Linear)]
    return [name for name in names if any(part.isdigit() for part in name.split("."))]
