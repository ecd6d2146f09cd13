"""Vectors of words and of sentences from an encoder, in batches of like length."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from lexaug.training.batch import (
    TokenizedWords,
    WordBatch,
    batches,
    collate,
    frame,
    max_tokens,
    pad,
    tokenize_words,
)
from lexaug.training.depth import lower_blocks

__all__ = [
    "Forward",
    "Pooling",
    "TokenizedWords",
    "WordBatch",
    "batches",
    "collate",
    "encode_sentences",
    "encode_words",
    "hidden_states",
    "pad",
    "pool_words",
    "tokenize_words",
]

Pooling = Literal["mean", "first", "last"]
Floats = npt.NDArray[np.float32]

Forward = Callable[[Any, WordBatch], Sequence[Tensor]]
"""Gives the hidden states [batch, tokens, hidden] of the embedding layer and of every layer above it."""


def hidden_states(model: Any, batch: WordBatch) -> Sequence[Tensor]:  # noqa: ANN401
    """Run an encoder; item 0 is the embedding layer's output, item k that of layer k."""
    states: Sequence[Tensor] = model(**batch.model_inputs(), output_hidden_states=True).hidden_states
    return states


def pool_words(hidden: Tensor, word_ids: Tensor, n_words: Tensor | Sequence[int], how: Pooling = "mean") -> Tensor:
    """Pool token vectors [batch, tokens, hidden] into word vectors [all words of the batch in order, hidden].

    Args:
        hidden: token vectors; gradients flow through.
        word_ids: [batch, tokens], -1 for tokens of no word.
        n_words: words of each sentence.
        how: mean of a word's tokens, its first or its last.

    """
    counts = torch.as_tensor(n_words)
    starts = torch.cumsum(counts, 0) - counts
    inside = word_ids >= 0
    flat = (word_ids + starts[:, None])[inside]
    vectors = hidden[inside]
    total = int(counts.sum())
    if how == "mean":
        sums = vectors.new_zeros(total, vectors.shape[-1]).index_add(0, flat, vectors)
        return sums / torch.bincount(flat, minlength=total).clamp(min=1)[:, None]
    edge = torch.zeros(total, dtype=torch.long)
    order = torch.arange(len(flat))
    edge.scatter_reduce_(0, flat, order, reduce="amin" if how == "first" else "amax", include_self=False)
    return vectors[edge]


@dataclass(frozen=True, slots=True)
class _Window:
    """A run of words of one sentence that fits into one input."""

    sentence: int
    words: tuple[str, ...]
    tokens: TokenizedWords


def encode_words(
    model: Any,  # noqa: ANN401
    tokenizer: Any,  # noqa: ANN401
    sentences: Sequence[Sequence[str]],
    *,
    layers: Sequence[int] = (-1,),
    pooling: Pooling = "mean",
    prefix: str = "",
    tokens_per_batch: int = 1024,
    max_length: int | None = None,
    forward: Forward = hidden_states,
) -> list[Floats]:
    """Encode the words of sentences; sentences longer than the encoder reads are cut into windows of whole words.

    Args:
        model: an encoder in evaluation mode, bare or wrapped by peft.
        tokenizer: its fast tokenizer.
        sentences: words of each sentence.
        layers: layers whose vectors are concatenated; 0 is the embedding layer, -1 the last.
        pooling: how a word's token vectors become one.
        prefix: text before each sentence.
        tokens_per_batch: padded tokens per forward pass, at most (one sentence at least).
        max_length: tokens of one input, at most.
        forward: runs the model on a batch; for models that want more than tokens.

    Returns: per sentence, in the given order, float32 [words, len(layers) x hidden].

    """
    extra = sum(map(len, frame(tokenizer, prefix)))
    windows = list(_windows(tokenizer, sentences, max_tokens(tokenizer, max_length) - extra))
    parts: list[Floats] = [np.empty(0, np.float32)] * len(windows)
    with torch.inference_mode(), lower_blocks(model, _highest(model, layers)):
        for group in batches([len(window.tokens.ids) + extra for window in windows], tokens_per_batch):
            chosen = [windows[item] for item in group]
            batch = pad(
                tokenizer, [window.words for window in chosen], [window.tokens for window in chosen], prefix=prefix
            )
            states = forward(model, replace(batch, sentences=tuple(window.sentence for window in chosen)))
            pooled = [pool_words(states[layer], batch.word_ids, batch.lengths, pooling) for layer in layers]
            vectors = torch.split(torch.cat(pooled, -1), batch.lengths.tolist())
            for item, vector in zip(group, vectors, strict=True):
                parts[item] = vector.to(torch.float32).numpy()
    return _joined(sentences, windows, parts, len(layers) * int(model.config.hidden_size))


def _highest(model: Any, layers: Sequence[int]) -> int:  # noqa: ANN401
    """Give the number of blocks that must be run to read some layers."""
    total = int(model.config.num_hidden_layers)
    return max(1, *layers) if min(layers) >= 0 else total


def _windows(tokenizer: Any, sentences: Sequence[Sequence[str]], budget: int) -> Iterator[_Window]:  # noqa: ANN401
    for number, (words, tokens) in enumerate(zip(sentences, tokenize_words(tokenizer, sentences), strict=True)):
        start = 0
        while start < len(words):
            rest = tokens.after(start)
            count = rest.fitting(budget)
            # a single word that is longer than the encoder reads is stood for by its first tokens
            cut = rest.words(count) if count else TokenizedWords(rest.ids[:budget], rest.word_ids[:budget])
            yield _Window(number, tuple(words[start : start + max(1, count)]), cut)
            start += max(1, count)


def _joined(
    sentences: Sequence[Sequence[str]], windows: Sequence[_Window], parts: Sequence[Floats], width: int
) -> list[Floats]:
    rows: list[list[Floats]] = [[] for _ in sentences]
    for window, part in zip(windows, parts, strict=True):
        rows[window.sentence].append(part)
    empty = np.zeros((0, width), np.float32)
    return [np.concatenate(row) if row else empty for row in rows]


def encode_sentences(
    model: Any,  # noqa: ANN401
    tokenizer: Any,  # noqa: ANN401
    texts: Sequence[str],
    *,
    prefix: str = "query: ",
    layer: int = -1,
    pooling: Literal["mean", "first"] = "mean",
    tokens_per_batch: int = 1024,
    max_length: int | None = None,
    forward: Forward = hidden_states,
) -> Floats:
    """Encode whole texts as L2-normalised vectors: float32 [n, hidden].

    The mean goes over all tokens, specials and prefix included, as the E5 models are used (Wang et al. 2024,
    "Multilingual E5 Text Embeddings"); "first" takes the first token. Texts longer than the encoder reads are cut.
    `forward` gets each text as one sentence of its space-separated words; the other arguments are those of
    `encode_words`.
    """
    limit = max_tokens(tokenizer, max_length)
    extra = sum(map(len, frame(tokenizer, prefix)))
    tokenized = tokenize_words(tokenizer, split := [text.split() for text in texts])
    sizes = [min(limit, len(item.ids) + extra) for item in tokenized]
    vectors = np.zeros((len(texts), int(model.config.hidden_size)), np.float32)
    with torch.inference_mode():
        for group in batches(sizes, tokens_per_batch):
            batch = pad(
                tokenizer,
                [split[item] for item in group],
                [tokenized[item] for item in group],
                prefix=prefix,
                max_length=limit,
            )
            states = forward(model, replace(batch, sentences=tuple(group)))[layer]
            pooled = states[:, 0] if pooling == "first" else _mean(states, batch.attention_mask)
            vectors[group] = torch.nn.functional.normalize(pooled, dim=-1).to(torch.float32).numpy()
    return vectors


def _mean(states: Tensor, attention_mask: Tensor) -> Tensor:
    mask = attention_mask[:, :, None].to(states.dtype)
    return (states * mask).sum(1) / mask.sum(1)
