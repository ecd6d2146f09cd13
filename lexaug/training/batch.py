"""Sentences given as words, as padded batches of tokens that know their words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

NO_WORD = -1
"""Word number of tokens that belong to no word: specials, prefix, padding."""


@dataclass(frozen=True, slots=True)
class WordBatch:
    """Sentences as a padded batch of tokens.

    `input_ids`, `attention_mask` and `word_ids` are LongTensors [batch, tokens]; `word_ids` numbers the word of the
    sentence that a token belongs to, -1 where it belongs to none. `lengths` [batch] counts the words of each sentence
    that fitted; `words` holds those words. Every such word has at least one token. `sentences` numbers, row by row, the
    sentences of a larger whole, where the batch is a part of one.
    """

    input_ids: Tensor
    attention_mask: Tensor
    word_ids: Tensor
    lengths: Tensor
    words: tuple[tuple[str, ...], ...]
    sentences: tuple[int, ...] = ()

    def model_inputs(self) -> dict[str, Tensor]:
        """Keyword arguments for the encoder."""
        return {"input_ids": self.input_ids, "attention_mask": self.attention_mask}


@dataclass(frozen=True, slots=True)
class TokenizedWords:
    """One sentence as token ids without specials, and the number of the word of each token."""

    ids: list[int]
    word_ids: list[int]

    def fitting(self, budget: int) -> int:
        """Count the words, from the first, whose tokens all fit into a number of tokens."""
        if len(self.ids) <= budget:
            return self.word_ids[-1] + 1 if self.word_ids else 0
        return self.word_ids[budget]

    def words(self, count: int) -> TokenizedWords:
        """Give the first words only."""
        size = bisect_left(self.word_ids, count)
        return self if size == len(self.ids) else TokenizedWords(self.ids[:size], self.word_ids[:size])

    def after(self, count: int) -> TokenizedWords:
        """Give what follows the first words, renumbered from 0."""
        start = bisect_left(self.word_ids, count)
        return TokenizedWords(self.ids[start:], [word - count for word in self.word_ids[start:]]) if start else self


def tokenize_words(tokenizer: Any, sentences: Sequence[Sequence[str]]) -> list[TokenizedWords]:  # noqa: ANN401
    """Tokenise sentences word by word; a word that leaves no token becomes the unknown token."""
    if not sentences:
        return []
    encoded = tokenizer(
        [list(words) for words in sentences],
        is_split_into_words=True,
        add_special_tokens=False,
        truncation=False,
        padding=False,
        return_attention_mask=False,
        verbose=False,
    )
    return [
        _filled(list(ids), encoded.word_ids(row), len(sentences[row]), tokenizer.unk_token_id)
        for row, ids in enumerate(encoded["input_ids"])
    ]


def _filled(ids: list[int], word_ids: list[int | None], words: int, unk: int | None) -> TokenizedWords:
    """Give every word without a token one unknown token (id 0 where the tokenizer knows no unknown)."""
    numbers = [NO_WORD if word is None else word for word in word_ids]
    absent = set(range(words)) - set(numbers)
    if not absent:
        return TokenizedWords(ids, numbers)
    pairs = sorted([*zip(numbers, ids, strict=True), *((word, unk or 0) for word in absent)], key=lambda pair: pair[0])
    return TokenizedWords([token for _, token in pairs], [word for word, _ in pairs])


def frame(tokenizer: Any, prefix: str) -> tuple[list[int], list[int]]:  # noqa: ANN401
    """Give the token ids before the words (begin, prefix) and after them (end)."""
    begin = tokenizer.cls_token_id if tokenizer.cls_token_id is not None else tokenizer.bos_token_id
    end = tokenizer.sep_token_id if tokenizer.sep_token_id is not None else tokenizer.eos_token_id
    inner = tokenizer(prefix, add_special_tokens=False)["input_ids"] if prefix else []
    return [*([] if begin is None else [begin]), *inner], [] if end is None else [end]


def max_tokens(tokenizer: Any, max_length: int | None = None) -> int:  # noqa: ANN401
    """Give the longest input in tokens: the asked one or the tokenizer's own limit, at most 512 where it has none."""
    own = tokenizer.model_max_length
    limit = own if own < 1_000_000 else 512
    return limit if max_length is None else min(limit, max_length)


def collate(
    tokenizer: Any,  # noqa: ANN401
    sentences: Sequence[Sequence[str]],
    *,
    prefix: str = "",
    max_length: int | None = None,
) -> WordBatch:
    """Make a batch of sentences given as words; words that do not fit into `max_length` tokens are left out.

    Args:
        tokenizer: a fast tokenizer.
        sentences: words of each sentence.
        prefix: text before each sentence, e.g. "query: "; its tokens belong to no word.
        max_length: tokens with specials and prefix; the tokenizer's limit if not given.

    """
    tokenized = tokenize_words(tokenizer, sentences)
    return pad(tokenizer, sentences, tokenized, prefix=prefix, max_length=max_length)


def pad(
    tokenizer: Any,  # noqa: ANN401
    sentences: Sequence[Sequence[str]],
    tokenized: Sequence[TokenizedWords],
    *,
    prefix: str = "",
    max_length: int | None = None,
) -> WordBatch:
    """Make a batch of sentences that are tokenised already; arguments as for `collate`."""
    before, after = frame(tokenizer, prefix)
    budget = max_tokens(tokenizer, max_length) - len(before) - len(after)
    kept = [sentence.fitting(budget) for sentence in tokenized]
    cut = [sentence.words(count) for sentence, count in zip(tokenized, kept, strict=True)]
    width = max((len(sentence.ids) for sentence in cut), default=0) + len(before) + len(after)
    ids = np.full((len(cut), width), tokenizer.pad_token_id or 0, np.int64)
    words = np.full((len(cut), width), NO_WORD, np.int64)
    mask = np.zeros((len(cut), width), np.int64)
    for row, sentence in enumerate(cut):
        line = [*before, *sentence.ids, *after]
        ids[row, : len(line)] = line
        mask[row, : len(line)] = 1
        words[row, len(before) : len(before) + len(sentence.ids)] = sentence.word_ids
    return WordBatch(
        torch.from_numpy(ids),
        torch.from_numpy(mask),
        torch.from_numpy(words),
        torch.tensor(kept, dtype=torch.long),
        tuple(tuple(words[:count]) for words, count in zip(sentences, kept, strict=True)),
    )


def batches(lengths: Sequence[int], tokens_per_batch: int) -> Iterator[list[int]]:
    """Group item numbers, longest first, so that items x longest stays within the budget; one item at least."""
    order = sorted(range(len(lengths)), key=lambda item: (-lengths[item], item))
    start = 0
    while start < len(order):
        size = max(1, tokens_per_batch // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size
