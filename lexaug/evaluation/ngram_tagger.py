"""A part-of-speech tagger without any backbone: log-linear over characters of the word and of its neighbours.

Multinomial logistic regression on label-projected pseudo-text. It is the baseline that an adapter has to beat, so it is
made as strong as such a model gets. The loss is convex: there is no seed, the same text gives the same tagger.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from lexaug.errors import FormatError
from lexaug.evaluation.ngram_features import Windows, windows
from lexaug.synthesis.tagged import UPOS, TaggedSentence
from lexaug.training.lbfgs import minimise

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NgramSettings:
    """How the tagger learns; the defaults were chosen on North Sámi dev sentences (docs/evaluation.md).

    `radius` neighbours are seen on each side; `l2` weighs half the squared norm beside the mean loss per word.
    """

    radius: int = 1
    l2: float = 1e-4
    iterations: int = 80


class NgramTagger:
    """A trained tagger: weights [features, labels] and the buckets they belong to."""

    def __init__(
        self, labels: Sequence[str], settings: NgramSettings, buckets: npt.NDArray[np.int64], weights: Floats
    ) -> None:
        self.labels = tuple(labels)
        self.settings = settings
        self._buckets = buckets
        self._weights = weights

    def log_probabilities(self, sentences: Sequence[Sequence[str]]) -> list[Floats]:
        """Give one array [words, labels] per sentence."""
        seen = windows(sentences, self.settings.radius)
        columns = np.searchsorted(self._buckets, seen.ids).clip(0, len(self._buckets) - 1)
        known = self._buckets[columns] == seen.ids
        sums = torch.zeros(len(seen.starts) - 1, len(self.labels))
        sums.index_add_(0, torch.from_numpy(seen.owners[known]), torch.from_numpy(self._weights[columns[known]]))
        logits = sums[torch.from_numpy(seen.places)].sum(dim=1)
        flat = torch.log_softmax(logits, dim=1).numpy()
        return np.split(flat, np.cumsum([len(sentence) for sentence in sentences])[:-1])


def train_ngram_tagger(
    examples: Sequence[TaggedSentence], labels: Sequence[str] = UPOS, settings: NgramSettings | None = None
) -> NgramTagger:
    """Train on tagged sentences; words whose tag is not among the labels count as context only.

    Raises:
        FormatError: no word carries one of the labels.

    """
    settings = settings or NgramSettings()
    number = {label: index for index, label in enumerate(labels)}
    gold = np.array([number.get(tag, -1) for example in examples for tag in example.upos], dtype=np.int64)
    if not (gold >= 0).any():
        raise FormatError("no word to learn from carries a known tag", hint=f"the tags are {', '.join(labels)}")
    seen = windows([example.tokens for example in examples], settings.radius)
    buckets, columns = np.unique(seen.ids, return_inverse=True)
    loss = _Loss(seen, columns, len(buckets), gold, len(labels), settings.l2)
    weights = minimise(loss, torch.zeros(len(buckets), len(labels)), iterations=settings.iterations)
    return NgramTagger(labels, settings, buckets, weights.numpy())


class _Loss:
    """Mean cross-entropy per word plus the penalty, with its gradient, over all words at once."""

    def __init__(
        self,
        seen: Windows,
        columns: npt.NDArray[np.int64],
        width: int,
        gold: npt.NDArray[np.int64],
        labels: int,
        l2: float,
    ) -> None:
        kept = gold >= 0
        self._places = torch.from_numpy(seen.places[kept]).T.contiguous()
        self._gold = torch.nn.functional.one_hot(torch.from_numpy(gold[kept]), labels).float()
        self._rows = len(seen.starts) - 1
        self._features = _csr(seen.starts, columns, (self._rows, width))
        order = np.argsort(columns, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=width))])
        self._transposed = _csr(starts, seen.owners[order], (width, self._rows))
        self._l2 = l2

    def __call__(self, weights: torch.Tensor) -> tuple[float, torch.Tensor]:
        scores = self._features @ weights
        logits = scores[self._places[0]]
        for place in self._places[1:]:
            logits += scores[place]
        log_probabilities = torch.log_softmax(logits, dim=1)
        words = len(self._gold)
        loss = -float((log_probabilities * self._gold).sum()) / words
        error = (log_probabilities.exp() - self._gold) / words
        back = torch.zeros(self._rows, self._gold.shape[1])
        for place in self._places:
            back.index_add_(0, place, error)
        penalty = self._l2 / 2 * float((weights * weights).sum())
        return loss + penalty, (self._transposed @ back).add_(weights, alpha=self._l2)


def _csr(starts: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], shape: tuple[int, int]) -> torch.Tensor:
    """Make a matrix of ones from its row starts and columns."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Sparse")
        return torch.sparse_csr_tensor(
            torch.from_numpy(starts), torch.from_numpy(columns), torch.ones(len(columns)), size=shape
        )
