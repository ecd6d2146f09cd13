"""A run as a checkpoint and back: weights, the best ones so far, the optimiser's moments, the position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor

from lexaug.training.checkpoint import read_checkpoint, write_checkpoint
from lexaug.training.run import Position

Parameters = Mapping[str, torch.nn.Parameter]


def save_run(
    folder: Path,
    position: Position,
    parameters: Parameters,
    best: Mapping[str, Tensor],
    optimiser: torch.optim.Optimizer,
) -> None:
    """Write a checkpoint of a run."""
    tensors: dict[str, Tensor] = {f"weights/{name}": parameter for name, parameter in parameters.items()}
    tensors |= {f"best/{name}": tensor for name, tensor in best.items()}
    for number, state in optimiser.state_dict()["state"].items():
        tensors |= {f"optimiser/{number}/{name}": tensor for name, tensor in state.items()}
    write_checkpoint(folder, tensors, asdict(position))


def restore_run(
    folder: Path, parameters: Parameters, optimiser: torch.optim.Optimizer
) -> tuple[Position, dict[str, Tensor]] | None:
    """Put the newest checkpoint back into parameters and optimiser; gives the position and the best weights so far.

    None where there is no checkpoint yet.

    Raises:
        StateError: there are checkpoints, but none is whole.

    """
    checkpoint = read_checkpoint(folder)
    if checkpoint is None:
        return None
    copy_into(_under(checkpoint.tensors, "weights/"), parameters)
    state: dict[int, dict[str, Tensor]] = {}
    for name, tensor in _under(checkpoint.tensors, "optimiser/").items():
        number, _, key = name.partition("/")
        state.setdefault(int(number), {})[key] = tensor
    groups = optimiser.state_dict()["param_groups"]
    optimiser.load_state_dict({"state": state, "param_groups": groups})
    return Position(**checkpoint.position), _under(checkpoint.tensors, "best/")


def _under(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def copy_into(tensors: Mapping[str, Tensor], parameters: Parameters) -> None:
    """Copy tensors into the parameters of the same names."""
    with torch.no_grad():
        for name, parameter in parameters.items():
            parameter.copy_(tensors[name])
