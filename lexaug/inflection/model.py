"""A pointer-generator transformer over characters (See et al. 2017; Vaswani et al. 2017) as a transformers model."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoConfig, AutoModel, PreTrainedModel
from transformers.utils import ModelOutput

from lexaug.inflection.alphabet import BEGIN, END, NO_VALUE, PAD, UNKNOWN
from lexaug.inflection.attention import Cache, CrossAttention, Dropout, FeedForward, SelfAttention, rotated, turns
from lexaug.inflection.config import InflectorConfig
from lexaug.inflection.trail import follow, trail
from lexaug.training.precision import full_precision

_TINY = 1e-9
_NEVER = -1e9
"""Added to the score of what must not be looked at."""
_WORTH_LEAVING = 0.75
"""Share of forms still being written at which those that have ended are left behind: copying all others costs time."""
_COPY_HEADS = 2
"""Halves of the copy attention: one counts from the place in the form, one from the next letter to copy."""


@dataclass
class InflectorOutput(ModelOutput):  # type: ignore[misc]
    """What a forward pass gives.

    `loss` is the mean over the form's characters; `logits` are log-probabilities [batch, letters + 1, extended] of the
    characters, each given those before; they stay None where only the loss is asked for.
    """

    loss: Tensor | None = None
    logits: Tensor | None = None


class _Layer(nn.Module):
    """Self-attention, attention to the source in a decoder, and a feed-forward part, each after a norm."""

    def __init__(self, config: InflectorConfig, *, decoder: bool) -> None:
        super().__init__()
        hidden, heads = config.hidden_size, config.num_heads
        self.itself = SelfAttention(hidden, heads)
        self.source = CrossAttention(hidden, heads) if decoder else None
        self.feed = FeedForward(hidden, config.intermediate_size)
        self.norms = nn.ModuleList(nn.LayerNorm(hidden) for _ in range(3 if decoder else 2))
        self.dropout = Dropout(config.dropout)

    def forward(
        self,
        states: Tensor,
        turn: Tensor,
        mask: Tensor | None,
        source: tuple[Tensor, Cache, Tensor] | None = None,
        before: Cache | None = None,
    ) -> tuple[Tensor, Cache]:
        """Change states [batch, places, hidden]; gives the keys and values of all places too.

        `source` holds the turns of what looks at the source, the source's keys and values, and its mask.
        """
        change, known = self.itself(self.norms[0](states), turn, mask, before)
        states = self.dropout.add(states, change)
        if self.source is not None and source is not None:
            states = self.dropout.add(states, self.source(self.norms[1](states), *source))
        return self.dropout.add(states, self.feed(self.norms[-1](states))), known


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where the decoder stands: places in the form [batch or 1, places], and next letters to copy [batch, places]."""

    written: Tensor
    followed: Tensor


@dataclass(slots=True)
class _Source:
    """The encoded source: its mask, per decoder layer its keys, and what copying looks at."""

    mask: Tensor
    keys: list[Cache]
    copy_keys: Tensor
    copies: Tensor

    def only(self, rows: Tensor) -> _Source:
        """Give some rows of the batch."""
        keys = [(known[rows], values[rows]) for known, values in self.keys]
        return _Source(self.mask[rows], keys, self.copy_keys[rows], self.copies[rows])


class InflectorModel(PreTrainedModel):  # type: ignore[misc]
    """Reads feature parts and a lemma, writes a form: each character is made from the alphabet or copied."""

    config_class = InflectorConfig
    base_model_prefix = "inflector"
    main_input_name = "lemma"

    def __init__(self, config: InflectorConfig) -> None:
        super().__init__(config)
        hidden = config.hidden_size
        self.letters = nn.Embedding(config.size, hidden, padding_idx=PAD)
        self.feature_values = nn.Embedding(len(config.values) + 2, hidden, padding_idx=NO_VALUE)
        self.nests = nn.Embedding(len(config.nests) + 2, hidden, padding_idx=NO_VALUE)
        self.encoder = nn.ModuleList(_Layer(config, decoder=False) for _ in range(config.encoder_layers))
        self.decoder = nn.ModuleList(_Layer(config, decoder=True) for _ in range(config.decoder_layers))
        self.read_norm, self.write_norm = nn.LayerNorm(hidden), nn.LayerNorm(hidden)
        self.write = nn.Linear(hidden, hidden)
        self.copy_query, self.copy_key = nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)
        self.choose = nn.Linear(hidden, 1)
        self.dropout = Dropout(config.dropout)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear | nn.Embedding):
            nn.init.normal_(module.weight, std=module.weight.shape[1] ** -0.5)
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.bias)
        if isinstance(module, nn.Embedding) and module.padding_idx is not None:
            nn.init.zeros_(module.weight[module.padding_idx])

    def forward(
        self,
        lemma: Tensor,
        copies: Tensor,
        values: Tensor,
        nests: Tensor,
        form: Tensor,
        extended: int | None = None,
        smoothing: float = 0.0,
    ) -> InflectorOutput:
        """Score forms.

        Args:
            lemma: characters [batch, letters]; see `Reading` for these and what follows.
            copies: the same, with a number of its own for each unknown one.
            values: feature values [batch, parts].
            nests: what each of them is an argument of.
            form: the wanted characters [batch, letters + 1], with `END`.
            extended: number of characters with the unknown ones of the batch; with it, all log-probabilities come back.
            smoothing: share of the loss that asks for each character of the alphabet alike.

        """
        source = self._read(lemma, copies, values, nests)
        before = functional.pad(form[:, :-1], (1, 0), value=BEGIN)
        length = before.shape[1]
        mask = torch.full((length, length), _NEVER, device=form.device).triu(1)
        stand = _Stand(torch.arange(length, device=form.device)[None], trail(before, copies))
        states, _ = self._step(before, stand, source, mask, [None] * len(self.decoder))
        if extended is not None:
            return InflectorOutput(logits=self._scores(states, stand, source, extended))
        return InflectorOutput(loss=self._loss(states, stand, source, form, smoothing))

    @torch.inference_mode()
    def inflect(
        self, lemma: Tensor, copies: Tensor, values: Tensor, nests: Tensor, *, extended: int, longest: int = 60
    ) -> tuple[Tensor, Tensor]:
        """Write forms greedily, with a cache: numbers [batch, letters], and the probability [batch] of each form."""
        source = self._read(lemma, copies, values, nests)
        count, device = len(lemma), lemma.device
        written = torch.full((count, longest), PAD, device=device)
        sure = torch.zeros(count, device=device)
        rows = torch.arange(count, device=device)
        unfinished = torch.ones(count, dtype=torch.bool, device=device)
        last = torch.full((count, 1), BEGIN, device=device)
        followed = torch.zeros(count, dtype=torch.long, device=device)
        caches: list[Cache | None] = [None] * len(self.decoder)
        for place in range(longest):
            stand = _Stand(torch.full((1, 1), place, device=device), followed[:, None])
            states, caches = self._step(last, stand, source, None, caches)
            best = self._scores(states, stand, source, extended)[:, -1].max(-1)
            letters = best.indices.masked_fill(~unfinished, PAD)
            sure[rows] += best.values.masked_fill(~unfinished, 0.0)
            written[rows, place] = letters
            last, followed = letters[:, None], follow(followed, letters, source.copies)
            unfinished = (letters != END) & (letters != PAD)
            going = unfinished.nonzero()[:, 0]
            if len(going) <= _WORTH_LEAVING * len(rows):
                rows, unfinished, last, followed, source = (
                    rows[going], unfinished[going], last[going], followed[going], source.only(going)
                )  # fmt: skip
                caches = [cache and (cache[0][going], cache[1][going]) for cache in caches]
            if not len(rows):
                break
        return written[:, : place + 1], sure.exp()

    def _read(self, lemma: Tensor, copies: Tensor, values: Tensor, nests: Tensor) -> _Source:
        parts = self.feature_values(values) + self.nests(nests)
        states = self.dropout(torch.cat([parts, self.letters(lemma)], 1) * self.config.embedding_scale)
        there = torch.cat([values != NO_VALUE, lemma != PAD], 1)
        width, letters = values.shape[1], lemma.shape[1]
        positions = (torch.arange(width + letters, device=lemma.device) - width + 1).clamp(min=0)
        turn = turns(positions, self._width)
        mask = torch.zeros(there.shape, device=lemma.device).masked_fill(~there, _NEVER)[:, None, None]
        for layer in self.encoder:
            states, _ = layer(states, turn, mask)
        states = self.read_norm(states)
        keys = [
            layer.source.known(states, turn) for layer in self.decoder if isinstance(layer, _Layer) and layer.source
        ]
        copy_keys = self.copy_key(states[:, width:]).unflatten(-1, (_COPY_HEADS, -1))
        copy_turn = turns(positions[width:], self.config.hidden_size // _COPY_HEADS)
        return _Source(mask, keys, rotated(copy_keys, copy_turn).flatten(2), copies)

    @property
    def _width(self) -> int:
        return int(self.config.hidden_size // self.config.num_heads)

    def _looking(self, stand: _Stand, heads: int, width: int) -> Tensor:
        """Give the turns [batch, places, heads, width / 2] of what looks at the lemma."""
        written = turns(stand.written + 1, width)
        if not self.config.followed:
            return written
        followed = turns(stand.followed + 1, width)
        half = heads // 2
        return torch.cat([written.expand(len(followed), -1, half, -1), followed.expand(-1, -1, heads - half, -1)], 2)

    def _step(
        self, before: Tensor, stand: _Stand, source: _Source, mask: Tensor | None, caches: list[Cache | None]
    ) -> tuple[Tensor, list[Cache | None]]:
        known = torch.where(before < self.config.size, before, UNKNOWN)
        states = self.dropout(self.letters(known) * self.config.embedding_scale)
        turn = turns(stand.written + 1, self._width)
        looking = self._looking(stand, self.config.num_heads, self._width)
        kept: list[Cache | None] = []
        for layer, keys, cache in zip(self.decoder, source.keys, caches, strict=True):
            states, own = layer(states, turn, mask, (looking, keys, source.mask), cache)
            kept.append(own)
        return self.write_norm(states), kept

    def _parts(self, states: Tensor, stand: _Stand, source: _Source) -> tuple[Tensor, Tensor, Tensor]:
        """Give log-probabilities of the alphabet, shares of the lemma's letters, and the share that is not copied."""
        letters = self.letters(torch.arange(self.config.size, device=states.device))
        barred = torch.zeros(len(letters), device=states.device)
        barred[[PAD, BEGIN, UNKNOWN]] = _NEVER
        made = (self.write(states) @ letters.T).float() + barred
        turn = self._looking(stand, _COPY_HEADS, self.config.hidden_size // _COPY_HEADS)
        queries = rotated(self.copy_query(states).unflatten(-1, (_COPY_HEADS, -1)), turn).flatten(2)
        with full_precision(queries):
            looks = queries @ source.copy_keys.transpose(1, 2) * queries.shape[-1] ** -0.5
        looks = looks.masked_fill((source.copies == PAD)[:, None], _NEVER).softmax(-1)
        return made.log_softmax(-1), looks, self.choose(states).float().sigmoid()

    def _scores(self, states: Tensor, stand: _Stand, source: _Source, extended: int) -> Tensor:
        """Mix what the alphabet offers with what copying offers: log-probabilities [batch, places, extended]."""
        made, looks, share = self._parts(states, stand, source)
        mixed = functional.pad(share * made.exp(), (0, extended - made.shape[-1]))
        places = source.copies[:, None].expand(-1, states.shape[1], -1)
        return (mixed.scatter_add(2, places, (1 - share) * looks) + _TINY).log()

    def _loss(self, states: Tensor, stand: _Stand, source: _Source, form: Tensor, smoothing: float) -> Tensor:
        """Give the mean loss of a form's characters, without the probabilities of all others."""
        made, looks, share = self._parts(states, stand, source)
        wanted = torch.where(form < made.shape[-1], form, UNKNOWN)
        right = made.gather(2, wanted[..., None])[..., 0].exp()
        copied = (looks * (source.copies[:, None] == form[..., None])).sum(-1)
        chosen = share[..., 0]
        likely = (chosen * right + (1 - chosen) * copied + _TINY).log()
        if smoothing:
            possible = made[..., [END, *range(UNKNOWN + 1, made.shape[-1])]].mean(-1)
            likely = (1 - smoothing) * likely + smoothing * possible
        there = form != PAD
        return -(likely * there).sum() / there.sum()


AutoConfig.register(InflectorConfig.model_type, InflectorConfig)
AutoModel.register(InflectorConfig, InflectorModel)
