"""The linear head that tags words, and its start: a probe on frozen features of English with gold labels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from lexaug.training.part_files import not_whole, read_object, read_weights
from lexaug.training.probe import Floats, Numbers, train_probe

WEIGHTS = "head.safetensors"
SETTINGS = "head.json"
_WHAT = "the label head"
IGNORED = -100
"""Label number of words without a label."""
_PROBE_L2 = 2e-4


class Head(torch.nn.Module):
    """Linear scores of labels from the concatenated vectors of some layers."""

    def __init__(self, hidden: int, layers: Sequence[int], labels: Sequence[str]) -> None:
        super().__init__()
        self.layers = tuple(layers)
        self.labels = tuple(labels)
        self.linear = torch.nn.Linear(hidden * len(layers), len(labels))

    def forward(self, vectors: Tensor) -> Tensor:
        """Score [words, layers x hidden] as [words, labels]."""
        scores: Tensor = self.linear(vectors)
        return scores

    def numbers(self, tags: Sequence[str]) -> tuple[int, ...]:
        """Give the numbers of tags; unknown ones become `IGNORED`."""
        known = {label: number for number, label in enumerate(self.labels)}
        return tuple(known.get(tag, IGNORED) for tag in tags)

    def save(self, folder: Path) -> None:
        """Write weights and labels."""
        save_file({name: tensor.detach().contiguous() for name, tensor in self.state_dict().items()}, folder / WEIGHTS)
        settings = {"layers": self.layers, "labels": self.labels, "hidden": self.linear.in_features // len(self.layers)}
        (folder / SETTINGS).write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Head | None:
        """Read what `save` wrote; None where the adapter was trained without labels.

        Raises:
            FormatError: a file is damaged, or the two do not fit each other.

        """
        if not (folder / SETTINGS).is_file():
            return None
        settings = read_object(folder / SETTINGS, _WHAT)
        try:
            head = cls(settings["hidden"], settings["layers"], settings["labels"])
        except (KeyError, TypeError, ValueError, RuntimeError) as fault:
            raise not_whole(folder / SETTINGS, _WHAT, fault) from fault
        weights = read_weights(folder / WEIGHTS, _WHAT)
        try:
            head.load_state_dict(weights)
        except RuntimeError as fault:
            raise not_whole(folder / WEIGHTS, _WHAT, fault) from fault
        return head.eval().requires_grad_(False)


def start_from_probe(head: Head, features: Floats, labels: Numbers) -> None:
    """Set the head's weights to those of a probe on frozen features [words, features], label numbers [words]."""
    probe = train_probe(features, labels, len(head.labels), l2=_PROBE_L2)
    with torch.no_grad():
        head.linear.weight.copy_(torch.from_numpy(probe.weights.T))
        head.linear.bias.copy_(torch.from_numpy(probe.bias))
