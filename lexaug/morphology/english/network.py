"""The analyser's network: small heads over the word vectors of a frozen encoder.

It needs torch at once, so it is imported only where an analyser is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the network: what comes in, what is chosen among, and what lies between."""

    vectors: int
    labels: int
    scripts: int
    deprels: int
    buckets: int = 12288
    bag: int = 64
    projected: int = 192
    state: int = 160
    lemma: int = 160
    arc: int = 160
    relation: int = 64


class Scores(NamedTuple):
    """Scores of a batch: labels and scripts [batch, words, choices], arcs [batch, words, words + 1] (head 0: root)."""

    labels: Tensor
    scripts: Tensor
    arcs: Tensor
    dependents: Tensor
    heads: Tensor


class AnalyserNetwork(nn.Module):
    """Word vector and hashed word shape → two BiLSTM layers → label, lemma script, head and relation.

    The parser is the deep biaffine one of Dozat & Manning (2017).
    """

    def __init__(self, sizes: Sizes, dropout: float = 0.0) -> None:
        super().__init__()
        context, word = 2 * sizes.state, sizes.projected + sizes.bag
        self.bag = nn.EmbeddingBag(sizes.buckets, sizes.bag, mode="mean")
        self.project = nn.Linear(sizes.vectors, sizes.projected)
        self.lstm = nn.LSTM(word, sizes.state, num_layers=2, bidirectional=True, batch_first=True, dropout=dropout)
        self.label = nn.Linear(context + word, sizes.labels)
        self.lemma = nn.Sequential(
            nn.Linear(context + word, sizes.lemma),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(sizes.lemma, sizes.scripts),
        )
        self.root = nn.Parameter(torch.zeros(context))
        self.arc_dependent = nn.Linear(context, sizes.arc)
        self.arc_head = nn.Linear(context, sizes.arc)
        self.arc = nn.Parameter(torch.zeros(sizes.arc + 1, sizes.arc))
        self.relation_dependent = nn.Linear(context, sizes.relation)
        self.relation_head = nn.Linear(context, sizes.relation)
        self.relation = nn.Parameter(torch.zeros(sizes.deprels, sizes.relation + 1, sizes.relation + 1))
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors: Tensor, shapes: Tensor, offsets: Tensor, lengths: Tensor) -> Scores:
        """Score a batch of sentences in order of falling length.

        Args:
            vectors: [batch, words, vectors], padded.
            shapes: hashed features of all words, padding left out, sentence by sentence.
            offsets: where each word's features begin.
            lengths: words of each sentence.

        """
        inside = torch.arange(vectors.shape[1])[None] < lengths[:, None]
        bags = vectors.new_zeros(*inside.shape, self.bag.embedding_dim)
        bags[inside] = self.bag(shapes, offsets)
        words = self.dropout(torch.cat([torch.relu(self.project(vectors)), bags], -1))
        packed = pack_padded_sequence(words, lengths, batch_first=True)
        context = self.dropout(pad_packed_sequence(self.lstm(packed)[0], batch_first=True)[0])
        both = torch.cat([context, words], -1)
        heads = torch.cat([self.root.expand(len(lengths), 1, -1), context], 1)
        dependent = self.dropout(torch.relu(self.arc_dependent(context)))
        head = self.dropout(torch.relu(self.arc_head(heads)))
        arcs = _with_one(dependent) @ self.arc @ head.transpose(1, 2)
        outside = torch.cat([torch.ones_like(inside[:, :1]), inside], 1).logical_not()
        return Scores(
            self.label(both),
            self.lemma(both),
            arcs.masked_fill(outside[:, None], -1e9),
            self.dropout(torch.relu(self.relation_dependent(context))),
            self.dropout(torch.relu(self.relation_head(heads))),
        )

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Score the relations [pairs, relations] of pairs of (dependent, head) vectors as `forward` gives them."""
        left = torch.einsum("pi,rij->prj", _with_one(dependents), self.relation)
        return (left * _with_one(heads)[:, None]).sum(-1)


def _with_one(values: Tensor) -> Tensor:
    return torch.cat([values, values.new_ones(*values.shape[:-1], 1)], -1)
