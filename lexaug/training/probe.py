"""A linear head on word vectors: softmax regression with an L2 penalty, on standardised features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from lexaug.training.lbfgs import minimise

ITERATIONS = 60
DEFAULT_L2 = 1e-2
"""Used where there is no dev set, and while the view is chosen."""
L2_GRID = (1e-3, 1e-2, 1e-1)

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Probe:
    """A trained head: `weights` [features, labels] and `bias` [labels] for features as they come from the encoder."""

    weights: Floats
    bias: Floats

    def log_probabilities(self, features: Floats) -> Floats:
        """Score word vectors [words, features] as [words, labels]."""
        logits = torch.from_numpy(features.astype(np.float32) @ self.weights + self.bias)
        scores: Floats = torch.log_softmax(logits, dim=1).numpy()
        return scores


def train_probe(features: Floats, tags: Numbers, labels: int, *, l2: float = DEFAULT_L2, seed: int = 0) -> Probe:
    """Train a head.

    Args:
        features: word vectors [words, features].
        tags: gold label of each word [words]; words with -1 are left out.
        labels: number of labels.
        l2: weight of half the squared norm of the weights beside the mean loss per word.
        seed: of the small random weights that the walk starts from; the loss is convex, so little depends on it.

    """
    kept = tags >= 0
    inputs = torch.from_numpy(features[kept].astype(np.float32))
    mean, scale = inputs.mean(dim=0), inputs.std(dim=0, correction=0).clamp(min=1e-6)
    inputs.sub_(mean).div_(scale)
    gold = torch.nn.functional.one_hot(torch.from_numpy(tags[kept]), labels).float()
    start = 0.01 * torch.randn(inputs.shape[1] + 1, labels, generator=torch.Generator().manual_seed(seed))
    found = minimise(_Loss(inputs, gold, l2), start, iterations=ITERATIONS)
    weights = found[:-1] / scale[:, None]
    return Probe(weights.numpy(), (found[-1] - mean @ weights).numpy())


class _Loss:
    """Mean cross-entropy per word plus the penalty on all but the last row, the bias."""

    def __init__(self, inputs: torch.Tensor, gold: torch.Tensor, l2: float) -> None:
        self._inputs = inputs
        self._gold = gold
        self._l2 = l2

    def __call__(self, point: torch.Tensor) -> tuple[float, torch.Tensor]:
        weights, bias = point[:-1], point[-1]
        log_probabilities = torch.log_softmax(self._inputs @ weights + bias, dim=1)
        words = len(self._gold)
        loss = -float((log_probabilities * self._gold).sum()) / words
        error = (log_probabilities.exp() - self._gold) / words
        slope = torch.cat([self._inputs.T @ error + self._l2 * weights, error.sum(dim=0, keepdim=True)])
        return loss + self._l2 / 2 * float((weights * weights).sum()), slope
