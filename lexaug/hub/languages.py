"""Several languages on one backbone: each a named peft adapter; one at a time, or mixed in one batch.

LoRA is peft's. Token rows are looked up beside it: peft's own layer copies the whole embedding in every pass and keeps
each row twice. A hook on the embedding gives plain calls of the model the rows of the active language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lexaug.errors import ConfigError
from lexaug.hub.loading import locate
from lexaug.hub.trust import require_trusted
from lexaug.registry import unknown
from lexaug.training.backbone import Backbone
from lexaug.training.batch import WordBatch
from lexaug.training.encode import Floats, encode_sentences, encode_words
from lexaug.training.load import (
    AdaptedModel,
    fitting,
    open_backbone,
    read_config,
    read_parts,
    require_all,
)
from lexaug.training.part_files import PEFT_WEIGHTS, read_weights
from lexaug.training.token_rows import TokenRows

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ROWS = "trainable_tokens_delta"
_WHAT = "the adapter"


@dataclass
class LanguageModel(AdaptedModel):
    """One of several adapters on a shared backbone: as `AdaptedModel`, and active whenever it is used."""

    name: str = ""
    owner: Any = None

    @property
    def adapter(self) -> str:
        """The name of the adapter among those of the peft model."""
        return self.name

    def _forward(self, model: Any, batch: WordBatch) -> Sequence[Tensor]:  # noqa: ANN401
        self.owner.use(self.name)
        return super()._forward(model, batch)


class Languages(Mapping[str, LanguageModel]):
    """Adapters by name on one backbone.

    `languages["swa"]` has everything an `AdaptedModel` has. A plain call of `languages.model` goes through the language
    that `use` made active. Memory grows by an adapter's own values, the character part's in float32.

    Args:
        backbone: the frozen encoder; its model is wrapped in place, `close` gives it back bare.

    """

    def __init__(self, backbone: Backbone) -> None:
        self.backbone = backbone
        self.model: Any = None
        self.language: str | None = None
        self._active: tuple[str, ...] | None = None
        self._members: dict[str, LanguageModel] = {}
        self._hook = backbone.model.get_input_embeddings().register_forward_hook(self._with_rows)

    @classmethod
    def load(
        cls, adapters: Mapping[str, str | Path], *, base: Backbone | str | None = None, characters: bool = True
    ) -> Languages:
        """Load adapters by name, each a folder or a language's code, on the backbone of the first if none is given.

        Raises:
            ConfigError: none is given, or a name is not usable.
            LexaugError: as `lexaug.load`.

        """
        if not adapters:
            raise ConfigError("no adapter is given", hint="name at least one, e.g. {'swa': 'adapters/swa'}")
        folders = {name: locate(adapter, base=base) for name, adapter in adapters.items()}
        first = next(iter(folders.values()))
        require_trusted(first, published=False)
        languages = cls(open_backbone(base, first, read_parts(first, characters=False)["manifest"]))
        for name, folder in folders.items():
            languages.add(name, folder, characters=characters)
        return languages

    def add(self, name: str, folder: str | Path, *, characters: bool = True) -> LanguageModel:
        """Load one more adapter from its folder and make it the active one.

        Raises:
            ConfigError: the name is taken or not usable.
            LexaugError: as `lexaug.load`.

        """
        self.require_new_name(name)
        folder = Path(folder)
        require_trusted(folder, published=False)
        parts = read_parts(folder, characters=characters)
        open_backbone(self.backbone, folder, parts["manifest"])
        member = LanguageModel(
            model=None,
            tokenizer=self.backbone.tokenizer,
            backbone=self.backbone,
            token_rows=self._attach(name, folder),
            name=name,
            owner=self,
            **parts,
        )
        self._members[name] = member
        for known in self._members.values():
            known.model = self.model
        self.use(name)
        return member

    def remove(self, name: str) -> None:
        """Take an adapter out and free its memory.

        Raises:
            ConfigError: it is the last one, or there is none of that name.

        """
        if name not in self._members:
            raise unknown("language", name, self._members)
        if len(self._members) == 1:
            raise ConfigError(f"{name!r} is the only adapter", hint="close() gives the bare backbone back")
        self._members.pop(name).model = None
        self.use(next(iter(self._members)))
        self.model.delete_adapter(name)

    def close(self) -> Any:  # noqa: ANN401
        """Take all adapters out and give the bare model back."""
        self._hook.remove()
        self._members.clear()
        return self.model.unload() if self.model is not None else self.backbone.model

    def use(self, name: str | None, *tasks: str) -> None:
        """Make a language the active one, with task adapters on top of it; None for the backbone's own languages."""
        if name is not None and name not in self._members:
            raise unknown("language", name, self._members)
        active = ((name,) if name else ()) + tasks
        if (name, active) == (self.language, self._active):
            return
        if active:
            self.model.base_model.enable_adapter_layers()
            self.model.base_model.set_adapter(list(active), inference_mode=True)
        else:
            self.model.base_model.disable_adapter_layers()
        self.language, self._active = name, active

    def input_vectors(self, batch: WordBatch, name: str | None) -> Tensor:
        """Vectors [batch, tokens, hidden] that the encoder reads in a language; None for the backbone's own."""
        if name is not None:
            return self[name].input_vectors(batch)
        vectors: Tensor = torch.nn.functional.embedding(
            batch.input_ids, self.backbone.model.get_input_embeddings().weight
        )
        return vectors

    def encode_words(
        self,
        sentences: Sequence[Sequence[str]],
        languages: Sequence[str],
        **options: Any,  # noqa: ANN401
    ) -> list[Floats]:
        """Encode words of sentences of several languages, mixed in every batch; `languages` names each sentence's.

        Other arguments and the result are those of `lexaug.training.encode.encode_words`. Results differ from those of
        one language at a time by rounding only.

        Raises:
            ConfigError: the languages are not one for each sentence, or one of them is not loaded.

        """
        self._require_one_each(sentences, languages)
        options.setdefault("prefix", self._prefix(languages))
        return encode_words(
            self.model, self.backbone.tokenizer, sentences, forward=partial(self._mixed, languages), **options
        )

    def encode_sentences(self, texts: Sequence[str], languages: Sequence[str], **options: Any) -> Floats:  # noqa: ANN401
        """Encode texts of several languages; arguments and result as `lexaug.training.encode.encode_sentences`."""
        self._require_one_each(texts, languages)
        return encode_sentences(
            self.model, self.backbone.tokenizer, texts, forward=partial(self._mixed, languages), **options
        )

    def tag_logits(self, sentences: Sequence[Sequence[str]], languages: Sequence[str]) -> list[Floats | None]:
        """Score labels of sentences of several languages, language by language, since each has a head of its own.

        Gives None for sentences of a language without one.
        """
        self._require_one_each(sentences, languages)
        scores: list[Floats | None] = [None] * len(sentences)
        for name, places in _groups(languages).items():
            found = self[name].tag_logits([sentences[place] for place in places])
            for place, score in zip(places, found or (), strict=False):
                scores[place] = score
        return scores

    def hidden_states(self, batch: WordBatch, languages: Sequence[str]) -> Sequence[Tensor]:
        """Run a batch whose rows are of the named languages; item k of the result is layer k, 0 the embedding layer.

        One pass for all, where every adapter is plain LoRA (peft's `adapter_names`); one pass per language where one
        has DoRA, which peft does not mix.
        """
        groups = _groups(languages)
        if len(groups) > 1 and any(self.model.peft_config[name].use_dora for name in groups):
            return self._apart(batch, groups)
        parts = [(places, self[name].input_vectors(_rows(batch, places))) for name, places in groups.items()]
        vectors = _scattered(parts)
        how: dict[str, Any] = {"adapter_names": list(languages)} if len(groups) > 1 else {}
        self.use(languages[0])
        out = self.model(inputs_embeds=vectors, attention_mask=batch.attention_mask, output_hidden_states=True, **how)
        states: Sequence[Tensor] = out.hidden_states
        return states

    def __getitem__(self, name: str) -> LanguageModel:
        """Give the adapter of a name."""
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._members)

    def __len__(self) -> int:
        """Count the adapters."""
        return len(self._members)

    def require_new_name(self, name: str) -> None:
        """Raise ConfigError for a name that an adapter, of a language or a task, has already or cannot have."""
        taken = () if self.model is None else self.model.peft_config
        if not _NAME.fullmatch(name) or name in taken:
            raise ConfigError(
                f"an adapter cannot be named {name!r}", hint="take a new name of letters, digits, - and _"
            )

    def _require_one_each(self, sentences: Sequence[Any], languages: Sequence[str]) -> None:
        if len(sentences) != len(languages):
            raise ConfigError(
                f"{len(sentences)} sentences, but the languages of {len(languages)}", hint="name one for each sentence"
            )
        for name in set(languages) - self._members.keys():
            raise unknown("language", name, self._members)

    def _attach(self, name: str, folder: Path) -> TokenRows:
        """Put the LoRA part into the model under its name and give the token rows, which stay beside it."""
        from peft import PeftModel

        config, weights = read_config(folder), read_weights(folder / PEFT_WEIGHTS, _WHAT)
        token_ids, config.trainable_token_indices = config.trainable_token_indices or (), None
        rows = next((weights.pop(key) for key in list(weights) if key.endswith(_ROWS)), None)
        with fitting(self.backbone, folder):
            if self.model is None:
                self.model = PeftModel(self.backbone.model, config, adapter_name=name)
            else:
                self.model.add_adapter(name, config)
            try:
                fill(self.model, name, weights)
            except BaseException:
                self._undone(name)
                raise
        parameter = None if rows is None else torch.nn.Parameter(rows, requires_grad=False)
        return TokenRows(self.backbone.model.get_input_embeddings().weight, token_ids, parameter)

    def _undone(self, name: str) -> None:
        """Take out an adapter that did not fit."""
        if not self._members:
            self.model.unload()
            self.model = None
        elif name in self.model.peft_config:
            self.model.delete_adapter(name)

    def _with_rows(self, module: Any, inputs: tuple[Tensor, ...], output: Tensor) -> Tensor | None:  # noqa: ANN401
        """Give a plain call of the model the rows of the active language."""
        member = self._members.get(self.language or "")
        return None if member is None else member.token_rows(inputs[0])

    def _mixed(self, languages: Sequence[str], model: Any, batch: WordBatch) -> Sequence[Tensor]:  # noqa: ANN401
        return self.hidden_states(batch, [languages[sentence] for sentence in batch.sentences])

    def _apart(self, batch: WordBatch, groups: Mapping[str, list[int]]) -> Sequence[Tensor]:
        parts = [
            (places, self.hidden_states(_rows(batch, places), [name] * len(places))) for name, places in groups.items()
        ]
        return [_scattered([(places, states[layer]) for places, states in parts]) for layer in range(len(parts[0][1]))]

    def _prefix(self, languages: Sequence[str]) -> str:
        prefixes = {self._members[name].prefix for name in languages}
        if len(prefixes) > 1:
            told = ", ".join(map(repr, sorted(prefixes)))
            raise ConfigError(f"the adapters were trained with different prefixes: {told}", hint="name one: prefix=...")
        return prefixes.pop() if prefixes else ""


def fill(model: Any, name: str, weights: dict[str, Tensor]) -> None:  # noqa: ANN401
    """Give a peft model's adapter its weights, frozen; raise KeyError where they are not just those that it has."""
    from peft import set_peft_model_state_dict

    set_peft_model_state_dict(model, weights, adapter_name=name)
    require_all(model, weights, name)
    model.eval().requires_grad_(False)


def _groups(languages: Sequence[str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for place, name in enumerate(languages):
        groups.setdefault(name, []).append(place)
    return groups


def _rows(batch: WordBatch, places: Sequence[int]) -> WordBatch:
    chosen = torch.from_numpy(np.asarray(places))
    return WordBatch(
        batch.input_ids[chosen],
        batch.attention_mask[chosen],
        batch.word_ids[chosen],
        batch.lengths[chosen],
        tuple(batch.words[place] for place in places),
    )


def _scattered(parts: Sequence[tuple[Sequence[int], Tensor]]) -> Tensor:
    """Put rows back where they came from."""
    order = torch.tensor([place for places, _ in parts for place in places])
    joined = torch.cat([rows for _, rows in parts])
    return joined[order.argsort()]
