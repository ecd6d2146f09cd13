"""The character-aware part of an adapter: what a word looks like, added at its tokens and at the label head."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from lexaug.errors import MissingError
from lexaug.training.batch import WordBatch
from lexaug.training.characters import Ids, character_features, window_features
from lexaug.training.part_files import CHARACTERS, not_whole, read_object, read_weights

WEIGHTS = "characters.safetensors"
SETTINGS = CHARACTERS
_WHAT = "the character part"


@dataclass(frozen=True, slots=True)
class CharacterSettings:
    """Shape of the part: input buckets x `size` values, head buckets x `labels` values, neighbours counted per side."""

    input_buckets: int
    head_buckets: int
    size: int
    hidden: int
    labels: int
    radius: int


@dataclass(frozen=True, slots=True)
class Bags:
    """Feature numbers of the words of a batch, one bag per word: all `ids` in order, and where each bag starts."""

    ids: Tensor
    starts: Tensor

    @classmethod
    def of(cls, bags: Sequence[Ids]) -> Bags:
        """Join the bags of words."""
        sizes = np.array([0, *(bag.size for bag in bags)])
        ids = np.concatenate(bags) if bags else np.zeros(0, np.int64)
        return cls(torch.from_numpy(ids), torch.from_numpy(np.cumsum(sizes)[:-1]))


class CharacterPart(torch.nn.Module):
    """Two bags of hashed features: a small vector per word for the input, label scores for the head."""

    def __init__(self, settings: CharacterSettings) -> None:
        super().__init__()
        self.settings = settings
        self.input_bag = torch.nn.EmbeddingBag(settings.input_buckets, settings.size, mode="mean")
        self.widen = torch.nn.Linear(settings.size, settings.hidden, bias=False)
        self.head_bag = torch.nn.EmbeddingBag(settings.head_buckets, max(settings.labels, 1), mode="sum")
        torch.nn.init.zeros_(self.widen.weight)
        torch.nn.init.zeros_(self.head_bag.weight)

    def looks(self, words: Sequence[str]) -> Bags:
        """Give the input features of words."""
        return Bags.of([character_features(word, self.settings.input_buckets) for word in words])

    def surroundings(self, sentences: Sequence[Sequence[str]]) -> Bags:
        """Give the head features of the words of sentences, neighbours included."""
        buckets, radius = self.settings.head_buckets, self.settings.radius
        return Bags.of(
            [
                window_features(words, place, buckets, radius=radius)
                for words in sentences
                for place in range(len(words))
            ]
        )

    def input_vectors(self, bags: Bags) -> Tensor:
        """Vectors [words, hidden] to add at the tokens of words."""
        vectors: Tensor = self.widen(self.input_bag(bags.ids, bags.starts))
        return vectors

    def label_scores(self, bags: Bags) -> Tensor:
        """Scores [words, labels] to add to the head's logits."""
        scores: Tensor = self.head_bag(bags.ids, bags.starts)
        return scores

    def save(self, folder: Path) -> None:
        """Write weights (float16) and shape as two files of their own beside the plain adapter."""
        weights = {name: tensor.detach().to(torch.float16).contiguous() for name, tensor in self.state_dict().items()}
        save_file(weights, folder / WEIGHTS)
        (folder / SETTINGS).write_text(json.dumps(asdict(self.settings), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> CharacterPart:
        """Read what `save` wrote.

        Raises:
            MissingError: the adapter has no character part.
            FormatError: a file is damaged, or the two do not fit each other.

        """
        if not (folder / SETTINGS).is_file() or not (folder / WEIGHTS).is_file():
            raise MissingError("the adapter has no character part", file=folder, hint="load it with characters=False")
        settings = read_object(folder / SETTINGS, _WHAT)
        try:
            part = cls(CharacterSettings(**settings))
        except (TypeError, ValueError, RuntimeError) as fault:
            raise not_whole(folder / SETTINGS, _WHAT, fault) from fault
        weights = read_weights(folder / WEIGHTS, _WHAT)
        try:
            part.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
        except RuntimeError as fault:
            raise not_whole(folder / WEIGHTS, _WHAT, fault) from fault
        return part.eval().requires_grad_(False)


def at_tokens(added: Tensor, batch: WordBatch) -> Tensor:
    """Spread word vectors [words, hidden] over the words' tokens: [batch, tokens, hidden], zero where there is none."""
    firsts = torch.cumsum(batch.lengths, 0) - batch.lengths
    numbers = (batch.word_ids + firsts[:, None]).clamp(min=0)
    if not len(added):
        return torch.zeros(*batch.word_ids.shape, added.shape[-1])
    return torch.nn.functional.embedding(numbers, added) * (batch.word_ids >= 0)[:, :, None]
