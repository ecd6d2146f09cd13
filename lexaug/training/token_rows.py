"""Which input tokens get rows of their own, how these start, and how they are looked up while training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from lexaug.lexicon.entry import LexiconEntry
from lexaug.training.batch import tokenize_words
from lexaug.training.fused import ADAPTER

OWN_SHARE = 0.5
"""Weight of a token's own row where it starts as a mix with the rows of its translations."""


def occurring_tokens(tokenizer: Any, sentences: Iterable[Sequence[str]], limit: int) -> list[int]:  # noqa: ANN401
    """Give the ids, ascending, of the at most `limit` most frequent input tokens of sentences, without specials."""
    counts: Counter[int] = Counter()
    for tokens in tokenize_words(tokenizer, list(sentences)):
        counts.update(tokens.ids)
    for special in tokenizer.all_special_ids:
        counts.pop(special, None)
    ranked = sorted(counts, key=lambda token: (-counts[token], token))
    return sorted(ranked[:limit])


class TokenRows(torch.nn.Module):
    """Input vectors of tokens: the frozen embedding, with the trainable rows in place of those that have one.

    peft's own layer copies the whole embedding in each pass (384 MB for XLM-R's vocabulary at 384 values); this one
    reads the rows of the batch and gives the same vectors.
    """

    def __init__(self, weight: Tensor, token_ids: Sequence[int], rows: torch.nn.Parameter | None) -> None:
        super().__init__()
        self._weight = [weight]
        self.rows = rows
        self._known = [*torch.tensor(list(token_ids), dtype=torch.long).sort()]

    def forward(self, input_ids: Tensor) -> Tensor:
        """Look up [batch, tokens] ids as [batch, tokens, hidden] vectors."""
        frozen = functional.embedding(input_ids, self._weight[0])
        if self.rows is None:
            return frozen
        ids, order = self._known
        place = torch.searchsorted(ids, input_ids).clamp(max=len(ids) - 1)
        own = functional.embedding(order[place], self.rows)
        return torch.where((ids[place] == input_ids)[:, :, None], own, frozen)


def translated_rows(
    weight: Tensor,
    token_ids: Sequence[int],
    entries: Iterable[LexiconEntry],
    tokenizer: Any,  # noqa: ANN401
) -> Tensor:
    """Start rows [tokens, hidden] from what the lexicon says that words with these tokens mean.

    A token's row is the mix (`OWN_SHARE` its own) with the weighted mean, over the entries whose target holds it, of
    the mean row of the source's tokens; tokens in no target keep their own row. An entry counts by its weight over the
    number of its target's tokens, so that a token that is a whole word hears its own translation best. The mix has the
    length that the own row had.
    """
    chosen = list(entries)
    sources = tokenize_words(tokenizer, [entry.source.split() for entry in chosen])
    targets = tokenize_words(tokenizer, [entry.target.split() for entry in chosen])
    place = {token: row for row, token in enumerate(token_ids)}
    own = weight[torch.tensor(list(token_ids), dtype=torch.long)].clone()
    sums, total = torch.zeros_like(own), torch.zeros(len(place))
    for entry, source, target in zip(chosen, sources, targets, strict=True):
        rows = _rows(place, target.ids)
        if rows and source.ids:
            share = entry.weight / len(target.ids)
            sums[rows] += share * weight[source.ids].mean(0)
            total[rows] += share
    return _mix(own, sums, total)


def _rows(place: Mapping[int, int], ids: Sequence[int]) -> list[int]:
    return sorted({place[token] for token in ids if token in place})


def _mix(own: Tensor, sums: Tensor, total: Tensor) -> Tensor:
    known = total > 0
    mixed = OWN_SHARE * own[known] + (1 - OWN_SHARE) * sums[known] / total[known, None]
    own[known] = functional.normalize(mixed, dim=-1) * own[known].norm(dim=-1, keepdim=True)
    return own


def token_rows_of(model: Any) -> TokenRows:  # noqa: ANN401
    """Look tokens up as a peft model does, with its trained rows where it has some."""
    embedding = model.get_base_model().get_input_embeddings()
    adapter = getattr(embedding, "token_adapter", None)
    if adapter is None:
        return TokenRows(embedding.weight, (), None)
    ids = adapter.token_indices[ADAPTER]
    return TokenRows(adapter.base_layer.weight, ids, adapter.trainable_tokens_delta[ADAPTER])
