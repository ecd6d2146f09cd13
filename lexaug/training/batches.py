"""Batches of like length within a token budget, and what a training step reads of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from lexaug.training.batch import TokenizedWords, WordBatch, pad
from lexaug.training.character_part import Bags, CharacterPart
from lexaug.training.samples import NO_SOURCE, Item

FRAME = 2
"""Tokens that a sentence has beside those of its words."""


def plan(lengths: Sequence[int], tokens_per_batch: int, random: np.random.Generator) -> list[list[int]]:
    """Group item numbers so that items x longest item stays within the budget (one item at least), in random order.

    Items of the same length meet in random company; the batches come in random order.
    """
    order = random.permutation(len(lengths))
    order = order[np.argsort(np.asarray(lengths)[order], kind="stable")]
    groups: list[list[int]] = []
    for item in order.tolist():
        if groups and (len(groups[-1]) + 1) * lengths[item] <= tokens_per_batch:
            groups[-1].append(item)
        else:
            groups.append([item])
    return [groups[place] for place in random.permutation(len(groups))]


MASKED_SHARE = 0.15
"""Share of the tokens of a sentence with gaps that are masked."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Masked tokens of a batch: their `places` in the flattened [batch, tokens], and the tokens that stood there."""

    places: Tensor
    targets: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """What a step reads.

    `mask` is the attention mask, None where no token is padding. `labels` has one number per word of the batch;
    `student_words` and `teacher_words` [pairs] are aligned words by number in the batch and in the teacher;
    `source_rows` and `sources` [pairs] the sentences with a source.
    `looks` and `surroundings` are the character features, None without the character part; `kept` [words] tells whose
    characters are not dropped; `hidden` what is masked.
    """

    tokens: WordBatch
    mask: Tensor | None
    labels: Tensor
    student_words: Tensor
    teacher_words: npt.NDArray[np.int64]
    source_rows: Tensor
    sources: Tensor
    looks: Bags | None = None
    surroundings: Bags | None = None
    kept: Tensor | None = None
    hidden: Hidden | None = None

    @property
    def real_tokens(self) -> int:
        """Count the tokens that are no padding."""
        return int(self.tokens.attention_mask.sum())


@dataclass(frozen=True, slots=True)
class Batcher:
    """Turns items into batches.

    `starts` gives the number of the first word of each source sentence in the teacher; `character_dropout` is the share
    of sentences whose characters are dropped.
    """

    tokenizer: Any
    starts: npt.NDArray[np.int64]
    characters: CharacterPart | None
    character_dropout: float
    prefix: str
    max_length: int

    def make(
        self, items: Sequence[Item], tokenized: Sequence[TokenizedWords], random: np.random.Generator | None = None
    ) -> Batch:
        """Make one batch; with a random generator, characters are dropped."""
        words = pad(
            self.tokenizer, [item.words for item in items], tokenized, prefix=self.prefix, max_length=self.max_length
        )
        lengths = words.lengths
        firsts = torch.cumsum(lengths, 0) - lengths
        student, teacher = self._pairs(items, lengths.tolist(), firsts.tolist())
        rows = [row for row, item in enumerate(items) if item.source != NO_SOURCE]
        full = bool((words.attention_mask == 1).all())
        return Batch(
            tokens=words,
            mask=None if full else words.attention_mask,
            labels=torch.tensor(
                [label for item, size in zip(items, lengths.tolist(), strict=True) for label in item.labels[:size]]
            ),
            student_words=torch.from_numpy(student),
            teacher_words=teacher,
            source_rows=torch.tensor(rows, dtype=torch.long),
            sources=torch.tensor([items[row].source for row in rows], dtype=torch.long),
            hidden=self._mask(items, words, random),
            **self._characters(words, random),
        )

    def _pairs(
        self, items: Sequence[Item], lengths: Sequence[int], firsts: Sequence[int]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        pairs = [
            (first + word, self.starts[item.source] + source)
            for item, size, first in zip(items, lengths, firsts, strict=True)
            if item.source != NO_SOURCE
            for source, word in item.alignment
            if word < size
        ]
        table = np.array(pairs, np.int64).reshape(-1, 2)
        return table[:, 0].copy(), table[:, 1].copy()

    def _mask(self, items: Sequence[Item], words: WordBatch, random: np.random.Generator | None) -> Hidden | None:
        """Mask tokens, in place, of the sentences that ask for it."""
        asked = torch.tensor([item.gaps for item in items])
        if random is None or not bool(asked.any()):
            return None
        drawn = torch.from_numpy(random.random(tuple(words.input_ids.shape))) < MASKED_SHARE
        places = (drawn & asked[:, None] & (words.word_ids >= 0)).flatten().nonzero()[:, 0]
        flat = words.input_ids.view(-1)
        targets = flat[places].clone()
        flat[places] = self.tokenizer.mask_token_id
        return Hidden(places, targets)

    def _characters(self, words: WordBatch, random: np.random.Generator | None) -> dict[str, Any]:
        if self.characters is None:
            return {}
        kept = None
        if random is not None:
            drawn = random.random(len(words.words)) >= self.character_dropout
            kept = torch.from_numpy(np.repeat(drawn, words.lengths.numpy()))
        return {
            "looks": self.characters.looks([word for sentence in words.words for word in sentence]),
            "surroundings": self.characters.surroundings(words.words),
            "kept": kept,
        }


def token_lengths(tokenized: Sequence[TokenizedWords], limit: int) -> list[int]:
    """Give each sentence's length in tokens with its frame, cut at the limit."""
    return [min(len(tokens.ids) + FRAME, limit) for tokens in tokenized]
