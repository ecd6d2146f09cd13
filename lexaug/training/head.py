"""The linear head that tags words, and its start: a probe on frozen features of English with gold labels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from lexaug.training.part_files import not_whole, read_object, read_weights

WEIGHTS = "head.safetensors"
SETTINGS = "head.json"
_WHAT = "the label head"
IGNORED = -100
"""Label number of words without a label."""
_PROBE_STEPS = 60


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


@dataclass(frozen=True, slots=True)
class ProbeData:
    """Frozen features [words, features] and label numbers [words]."""

    features: Tensor
    labels: Tensor


def start_from_probe(head: Head, data: ProbeData, *, decay: float = 1e-4) -> float:
    """Fit the head's weights to labelled features by multinomial logistic regression (L-BFGS); gives the accuracy.

    Features are standardised while fitting, and the standardisation is folded into the weights. `decay` is the weight
    of the squared norm against the mean cross-entropy.
    """
    known = data.labels != IGNORED
    features, labels = data.features[known].float(), data.labels[known]
    mean, spread = features.mean(0), features.std(0).clamp(min=1e-6)
    scaled = (features - mean) / spread
    weight = torch.zeros(len(head.labels), features.shape[1], requires_grad=True)
    bias = torch.zeros(len(head.labels), requires_grad=True)
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=_PROBE_STEPS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = functional.cross_entropy(scaled @ weight.T + bias, labels) + decay * weight.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    with torch.no_grad():
        head.linear.weight.copy_(weight / spread)
        head.linear.bias.copy_(bias - (weight / spread) @ mean)
        return float(((scaled @ weight.T + bias).argmax(-1) == labels).float().mean())
