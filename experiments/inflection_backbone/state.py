"""What a run leaves for the next: weights and curve in resources, for any machine; the optimiser's state beside."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from experiments.inflection_backbone.data import FOLDER
from lexaug.files import atomic_file, write_json
from lexaug.inflection.alphabet import Alphabet
from lexaug.inflection.backbone import load_pointer
from lexaug.inflection.config import InflectorConfig
from lexaug.inflection.model import InflectorModel
from lexaug.inflection.scratch import new_config
from lexaug.inflection.settings import InflectorSettings

SHAPE = InflectorSettings(
    hidden_size=192, encoder_layers=3, decoder_layers=3, num_heads=6, intermediate_size=512, dropout=0.25
)
WEIGHTS, CURVE = "model.safetensors", "curve.json"
LARGEST = 12_000_000
"""Bytes that the shipped weights may have."""


@dataclass(slots=True)
class Curve:
    """How far the training is: minutes and examples so far, and what each check found."""

    minutes: float = 0.0
    examples: int = 0
    checks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class State:
    """Weights that are trained, their running mean, and the optimiser; `warm` tells whether its moments are real."""

    model: InflectorModel
    mean: list[torch.Tensor]
    optimiser: torch.optim.Optimizer
    curve: Curve
    warm: bool


def open_state(resources: Path, alphabet: Alphabet, seed: int, device: torch.device) -> State:
    """Go on where the last run stopped: with the optimiser's state on the same machine, without it on another."""
    if (resources / WEIGHTS).is_file():
        model = load_pointer(resources).train()
        if model.config.alphabet != alphabet:
            raise ValueError(f"{resources} was trained on other data: its alphabet is another")
        curve = Curve(**json.loads((resources / CURVE).read_text(encoding="utf-8"))["state"])
    else:
        torch.manual_seed(seed)
        model, curve = InflectorModel(new_config(alphabet, SHAPE)), Curve()
    model.to(device)
    optimiser = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    state = State(model, [weight.detach().clone() for weight in model.parameters()], optimiser, curve, warm=False)
    _restore(state, resources)
    return state


def save_state(state: State, resources: Path, facts: dict[str, Any]) -> None:
    """Write the mean weights in half precision, the curve, and in the workplace what the optimiser needs."""
    resources.mkdir(parents=True, exist_ok=True)
    names = [name for name, _ in state.model.named_parameters()]
    half = {name: value.to("cpu", torch.float16) for name, value in zip(names, state.mean, strict=True)}
    _save(half, resources / WEIGHTS)
    if (size := (resources / WEIGHTS).stat().st_size) > LARGEST:
        raise ValueError(f"the weights take {size:,} bytes, {LARGEST:,} is the most")
    config: InflectorConfig = state.model.config
    config.dtype = "float16"
    config.architectures = [type(state.model).__name__]
    config.save_pretrained(resources)
    write_json(resources / CURVE, {"state": asdict(state.curve), **facts})
    _save(_exact(state, names), _workplace(resources))


def _exact(state: State, names: list[str]) -> dict[str, torch.Tensor]:
    found = {"examples": torch.tensor([state.curve.examples])}
    for name, weight, mean in zip(names, state.model.parameters(), state.mean, strict=True):
        moments = state.optimiser.state[weight]
        found |= {f"weight.{name}": weight.detach(), f"mean.{name}": mean}
        found |= {f"{key}.{name}": moments[key] for key in ("exp_avg", "exp_avg_sq", "step")}
    return found


def _restore(state: State, resources: Path) -> None:
    path = _workplace(resources)
    if not path.is_file():
        return
    found = load_file(path)
    if int(found["examples"][0]) != state.curve.examples:
        return
    with torch.no_grad():
        for (name, weight), mean in zip(state.model.named_parameters(), state.mean, strict=True):
            weight.copy_(found[f"weight.{name}"])
            mean.copy_(found[f"mean.{name}"])
            state.optimiser.state[weight] = {
                key: found[f"{key}.{name}"].to(weight.device) for key in ("exp_avg", "exp_avg_sq", "step")
            }
    state.warm = True


def _save(tensors: dict[str, torch.Tensor], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_file(path) as temporary:
        save_file({name: value.contiguous() for name, value in tensors.items()}, temporary, metadata={"format": "pt"})


def _workplace(resources: Path) -> Path:
    return FOLDER / resources.name / "state.safetensors"
