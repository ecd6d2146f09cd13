"""Checkpoints: whole or absent, never believed unchecked, two kept so that a damaged one has a predecessor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from lexaug.errors import MissingError, StateError
from lexaug.files import atomic_file, fingerprint, write_json

KEPT = 2


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Tensors by name, and where the run stood as a JSON object."""

    tensors: dict[str, torch.Tensor]
    position: dict[str, Any]


def write_checkpoint(folder: Path, tensors: Mapping[str, torch.Tensor], position: Mapping[str, Any]) -> None:
    """Write a checkpoint under a number of its own, from 1; the one before the last goes away.

    The position, written after the tensors, holds their SHA-256: a checkpoint without it does not count.
    """
    number = 1 + max((int(path.stem) for path in folder.glob("[0-9]*.*")), default=0)
    weights = folder / f"{number:08d}.safetensors"
    with atomic_file(weights) as temporary:
        save_file({name: tensor.detach().contiguous() for name, tensor in tensors.items()}, temporary)
    write_json(weights.with_suffix(".json"), {"sha256": fingerprint(weights), "position": dict(position)})
    kept = {path.stem for path in sorted(folder.glob("[0-9]*.json"))[-KEPT:]}
    for old in folder.glob("[0-9]*.*"):
        if old.stem not in kept:
            old.unlink()


def read_checkpoint(folder: Path) -> Checkpoint | None:
    """Read the newest whole checkpoint; None where the run has written none yet.

    Raises:
        StateError: there are checkpoints, but none is whole.

    """
    found = sorted(folder.glob("[0-9]*.json"), reverse=True)
    for path in found:
        if (checkpoint := _read(path)) is not None:
            return checkpoint
    if found:
        raise StateError(
            "no checkpoint of this run is whole", file=folder, hint="remove this folder and start the training anew"
        )
    return None


def _read(path: Path) -> Checkpoint | None:
    weights = path.with_suffix(".safetensors")
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        if fingerprint(weights) != state["sha256"]:
            return None
        return Checkpoint(load_file(weights), state["position"])
    except (OSError, ValueError, KeyError, TypeError, MissingError, SafetensorError):
        return None
