"""A pointer-generator transformer over characters (See et al. 2017; Vaswani et al. 2017) as a transformers model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import PretrainedConfig, PreTrainedModel

from lexaug.inflection.alphabet import BEGIN, END, NO_VALUE, PAD, UNKNOWN, Alphabet
from lexaug.inflection.attention import Attention, Cache, FeedForward, rotated

_TINY = 1e-9
_SPREAD = 0.02
"""Standard deviation of initial weights."""


class InflectorConfig(PretrainedConfig):  # type: ignore[misc]
    """Alphabet and shape of an inflector; the sizes count values, layers are those of encoder and decoder each."""

    model_type = "lexaug-inflector"

    def __init__(
        self,
        characters: tuple[str, ...] = (),
        values: tuple[str, ...] = (),
        nests: tuple[str, ...] = (),
        hidden_size: int = 128,
        num_layers: int = 3,
        num_heads: int = 4,
        intermediate_size: int = 256,
        dropout: float = 0.2,
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**more)
        self.characters, self.values, self.nests = list(characters), list(values), list(nests)
        self.hidden_size, self.num_layers, self.num_heads = hidden_size, num_layers, num_heads
        self.intermediate_size, self.dropout = intermediate_size, dropout

    @property
    def alphabet(self) -> Alphabet:
        """The alphabet that the model was made for."""
        return Alphabet(tuple(self.characters), tuple(self.values), tuple(self.nests))


@dataclass(frozen=True, slots=True)
class InflectionBatch:
    """Examples as padded LongTensors; see `Reading`.

    `lemma` and `copies` are [batch, letters], `values` and `nests` [batch, parts], `form` [batch, letters + 1] or None;
    `extended` is the alphabet's size with the unknown characters of the batch.
    """

    lemma: Tensor
    copies: Tensor
    values: Tensor
    nests: Tensor
    form: Tensor | None
    extended: int


class _Block(nn.Module):
    """A layer: self-attention, attention to the source in a decoder, and a feed-forward part, each after a norm."""

    def __init__(self, config: InflectorConfig, *, decoder: bool) -> None:
        super().__init__()
        shape = (config.hidden_size, config.num_heads, config.dropout)
        self.itself = Attention(*shape)
        self.source = Attention(*shape) if decoder else None
        self.feed = FeedForward(config.hidden_size, config.intermediate_size, config.dropout)
        self.norms = nn.ModuleList(nn.LayerNorm(config.hidden_size) for _ in range(3 if decoder else 2))
        self.dropout = nn.Dropout(config.dropout)

    def forward(
        self,
        states: Tensor,
        positions: Tensor,
        mask: Tensor | None,
        source: tuple[Cache, Tensor] | None = None,
        cache: Cache | None = None,
    ) -> tuple[Tensor, Cache]:
        """Change states [batch, places, hidden]; gives the keys and values of all places too."""
        own = self.norms[0](states)
        known = self.itself.keys(own, positions)
        if cache is not None:
            known = (torch.cat([cache[0], known[0]], 2), torch.cat([cache[1], known[1]], 2))
        states = states + self.dropout(self.itself(own, positions, known, mask))
        if self.source is not None and source is not None:
            states = states + self.dropout(self.source(self.norms[1](states), positions, *source))
        states = states + self.dropout(self.feed(self.norms[-1](states)))
        return states, known


@dataclass(slots=True)
class _Source:
    """The encoded source: its mask, per decoder layer its keys, and what copying looks at."""

    mask: Tensor
    keys: list[Cache]
    copy_keys: Tensor
    copies: Tensor
    extended: int


class InflectorModel(PreTrainedModel):  # type: ignore[misc]
    """Reads feature parts and a lemma, writes a form: each character is made from the alphabet or copied."""

    config_class = InflectorConfig
    base_model_prefix = "inflector"
    main_input_name = "lemma"

    def __init__(self, config: InflectorConfig) -> None:
        super().__init__(config)
        size, hidden = config.alphabet.size, config.hidden_size
        self.letters = nn.Embedding(size, hidden, padding_idx=PAD)
        self.values = nn.Embedding(len(config.values) + 2, hidden, padding_idx=NO_VALUE)
        self.nests = nn.Embedding(len(config.nests) + 2, hidden, padding_idx=NO_VALUE)
        self.encoder = nn.ModuleList(_Block(config, decoder=False) for _ in range(config.num_layers))
        self.decoder = nn.ModuleList(_Block(config, decoder=True) for _ in range(config.num_layers))
        self.read_norm, self.write_norm = nn.LayerNorm(hidden), nn.LayerNorm(hidden)
        self.write = nn.Linear(hidden, size)
        self.copy_query, self.copy_key = nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)
        self.choose = nn.Linear(hidden, 1)
        self.dropout = nn.Dropout(config.dropout)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear | nn.Embedding):
            nn.init.normal_(
                module.weight, std=_SPREAD if isinstance(module, nn.Embedding) else module.weight.shape[1] ** -0.5
            )
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.bias)
        if isinstance(module, nn.Embedding) and module.padding_idx is not None:
            nn.init.zeros_(module.weight[module.padding_idx])

    def forward(self, batch: InflectionBatch) -> Tensor:
        """Give log-probabilities [batch, letters + 1, extended] of the form's characters, each given those before."""
        if batch.form is None:
            raise ValueError("a batch without forms can be inflected, not scored")
        source = self._read(batch)
        before = functional.pad(batch.form[:, :-1], (1, 0), value=BEGIN)
        length = before.shape[1]
        mask = torch.ones(length, length, dtype=torch.bool).tril()
        out, _ = self._step(before, torch.arange(length)[None], source, mask, [None] * len(self.decoder))
        return out

    @torch.inference_mode()
    def inflect(self, batch: InflectionBatch, longest: int = 60) -> tuple[Tensor, Tensor]:
        """Write forms greedily, with a cache: numbers [batch, letters], and the probability [batch] of each form."""
        source = self._read(batch)
        last = torch.full((len(batch.lemma), 1), BEGIN)
        caches: list[Cache | None] = [None] * len(self.decoder)
        written, sure = [], torch.zeros(len(last))
        over = torch.zeros(len(last), dtype=torch.bool)
        for place in range(longest):
            scores, caches = self._step(last, torch.tensor([[place]]), source, None, caches)
            best = scores[:, -1].max(-1)
            sure += torch.where(over, 0.0, best.values)
            last = torch.where(over, PAD, best.indices)[:, None]
            written.append(last)
            over |= last[:, 0] == END
            if bool(over.all()):
                break
        return torch.cat(written, 1), sure.exp()

    def _read(self, batch: InflectionBatch) -> _Source:
        parts = self.values(batch.values) + self.nests(batch.nests)
        states = self.dropout(torch.cat([parts, self.letters(batch.lemma)], 1))
        there = torch.cat([batch.values != NO_VALUE, batch.lemma != PAD], 1)
        width = batch.values.shape[1]
        positions = torch.cat([torch.zeros(width), torch.arange(1, batch.lemma.shape[1] + 1)])[None].to(states.dtype)
        mask = there[:, None, None]
        for block in self.encoder:
            states, _ = block(states, positions, mask)
        states = self.read_norm(states)
        keys = [block.source.keys(states, positions) for block in self.decoder if isinstance(block.source, Attention)]
        letters = self.copy_key(states[:, width:])[:, None]
        copy_keys = rotated(letters, positions[:, width:])[:, 0]
        return _Source(mask, keys, copy_keys, batch.copies, batch.extended)

    def _step(
        self, before: Tensor, positions: Tensor, source: _Source, mask: Tensor | None, caches: list[Cache | None]
    ) -> tuple[Tensor, list[Cache | None]]:
        known = torch.where(before < self.write.out_features, before, UNKNOWN)
        states = self.dropout(self.letters(known))
        places = (positions + 1).to(states.dtype)
        kept: list[Cache | None] = []
        for block, keys, cache in zip(self.decoder, source.keys, caches, strict=True):
            states, own = block(states, places, mask, (keys, source.mask), cache)
            kept.append(own)
        return self._scores(self.write_norm(states), places, source), kept

    def _scores(self, states: Tensor, positions: Tensor, source: _Source) -> Tensor:
        """Mix what the alphabet offers with what copying offers: log-probabilities [batch, places, extended]."""
        made = self.write(states)
        made[..., [PAD, BEGIN, UNKNOWN]] = -torch.inf
        queries = rotated(self.copy_query(states)[:, None], positions)[:, 0]
        looks = queries @ source.copy_keys.transpose(1, 2) * queries.shape[-1] ** -0.5
        looks = looks.masked_fill((source.copies == PAD)[:, None], -torch.inf).softmax(-1)
        share = self.choose(states).sigmoid()
        mixed = functional.pad(share * made.softmax(-1), (0, source.extended - made.shape[-1]))
        places = source.copies[:, None].expand(-1, states.shape[1], -1)
        return (mixed.scatter_add(2, places, (1 - share) * looks) + _TINY).log()
