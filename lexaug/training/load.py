"""Loading an adapter: the frozen backbone, the peft part, and what lexaug adds to it, as one encoder and tagger."""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lexaug.errors import FormatError, MissingError
from lexaug.training.backbone import OFFLINE, Backbone, load_backbone
from lexaug.training.batch import WordBatch
from lexaug.training.character_part import SETTINGS, CharacterPart, at_tokens
from lexaug.training.encode import Floats, Pooling, encode_sentences, encode_words
from lexaug.training.fused import ADAPTER, fused_lora
from lexaug.training.head import Head
from lexaug.training.offline import HUB_ID
from lexaug.training.output import read_manifest
from lexaug.training.part_files import CONFIG, PEFT_WEIGHTS, RECIPE, not_whole, read_object, read_weights
from lexaug.training.token_rows import TokenRows, token_rows_of
from lexaug.training.workplace import MANIFEST

_WHAT = "the adapter"


@dataclass
class AdaptedModel:
    """An adapter on its backbone. Unpacks as `model, tokenizer`.

    `model` is the plain peft model, `characters` the character part or None, `head` the label head trained end to end
    or None, `recipe` and `manifest` what the adapter was made from and of, `prefix` the text its training put before
    sentences.
    """

    model: Any
    tokenizer: Any
    backbone: Backbone
    characters: CharacterPart | None
    head: Head | None
    recipe: dict[str, Any]
    manifest: dict[str, Any]
    token_rows: TokenRows
    prefix: str = ""

    def __iter__(self) -> Iterator[Any]:
        """Give the model and the tokenizer."""
        return iter((self.model, self.tokenizer))

    @property
    def adapter(self) -> str:
        """The name of the adapter among those of the peft model."""
        return ADAPTER

    @property
    def labels(self) -> tuple[str, ...]:
        """The tags of `tag_logits`, in order."""
        return () if self.head is None else self.head.labels

    def encode_words(
        self,
        sentences: Sequence[Sequence[str]],
        *,
        layers: Sequence[int] = (-1,),
        pooling: Pooling = "mean",
        prefix: str | None = None,
        tokens_per_batch: int = 2048,
    ) -> list[Floats]:
        """Encode words as `lexaug.training.encode.encode_words` does, through the adapter."""
        with fused_lora(self.model, self.adapter):
            return encode_words(
                self.model,
                self.tokenizer,
                sentences,
                layers=layers,
                pooling=pooling,
                prefix=self.prefix if prefix is None else prefix,
                tokens_per_batch=tokens_per_batch,
                forward=self._forward,
            )

    def encode_sentences(self, texts: Sequence[str], **options: Any) -> Floats:  # noqa: ANN401
        """Encode texts as `lexaug.training.encode.encode_sentences` does, through the adapter."""
        with fused_lora(self.model, self.adapter):
            return encode_sentences(self.model, self.tokenizer, texts, forward=self._forward, **options)

    def tag_logits(self, sentences: Sequence[Sequence[str]]) -> list[Floats] | None:
        """Score the labels of words with the head trained end to end: float32 [words, labels] per sentence.

        None where the adapter was trained without labels.
        """
        head = self.head
        if head is None:
            return None
        vectors = self.encode_words(sentences, layers=head.layers)
        with torch.inference_mode():
            return [self._scores(head, words, vector) for words, vector in zip(sentences, vectors, strict=True)]

    def _scores(self, head: Head, words: Sequence[str], vectors: Floats) -> Floats:
        scores = head(torch.from_numpy(vectors))
        if self.characters is not None and words:
            scores = scores + self.characters.label_scores(self.characters.surroundings([words]))
        out: Floats = scores.numpy().astype(np.float32)
        return out

    def input_vectors(self, batch: WordBatch) -> Tensor:
        """Vectors [batch, tokens, hidden] that the encoder reads: token rows, and what the words look like."""
        vectors: Tensor = self.token_rows(batch.input_ids)
        if self.characters is None:
            return vectors
        words = [word for sentence in batch.words for word in sentence]
        return vectors + at_tokens(self.characters.input_vectors(self.characters.looks(words)), batch)

    def _forward(self, model: Any, batch: WordBatch) -> Sequence[Tensor]:  # noqa: ANN401
        vectors = self.input_vectors(batch)
        out = model(inputs_embeds=vectors, attention_mask=batch.attention_mask, output_hidden_states=True)
        states: Sequence[Tensor] = out.hidden_states
        return states


def load(adapter: str | Path, *, base: Backbone | str | None = None, characters: bool = True) -> AdaptedModel:
    """Load an adapter folder.

    Args:
        adapter: folder that `lexaug.training.train.train` wrote.
        base: the backbone, loaded or by name; the one the adapter was trained on, at its revision, if not given. The
            model of a loaded one is wrapped in place: `adapted.model.unload()` frees it for another adapter. One with
            other weights than in training (the 4-bit and the full-precision form of a model) gives a warning.
        characters: whether to compose the character part, where the adapter has one.

    Raises:
        MissingError: no adapter there, or its backbone cannot be had.
        FormatError: a file of the adapter is not whole, or its own backbone has other weights by now.

    """
    folder = Path(adapter)
    require_adapter(folder)
    parts = read_parts(folder, characters=characters)
    backbone = open_backbone(base, folder, parts["manifest"])
    model = _peft(backbone, folder)
    return AdaptedModel(
        model=model,
        tokenizer=backbone.tokenizer,
        backbone=backbone,
        token_rows=token_rows_of(model),
        **parts,
    )


def require_adapter(folder: Path) -> None:
    """Raise MissingError for a folder without an adapter."""
    if not (folder / CONFIG).is_file():
        raise MissingError(
            "holds no adapter_config.json, so it is no adapter folder", file=folder, hint="check the path"
        )


def read_parts(folder: Path, *, characters: bool = True) -> dict[str, Any]:
    """Read what lexaug adds to the peft adapter, as fields of `AdaptedModel`.

    Raises:
        FormatError: a file of the adapter is not whole.

    """
    recipe = _recipe(folder)
    return {
        "characters": CharacterPart.load(folder) if characters and (folder / SETTINGS).is_file() else None,
        "head": Head.load(folder),
        "recipe": recipe,
        "manifest": read_manifest(folder) if (folder / MANIFEST).is_file() else {},
        "prefix": str(_table(recipe, "training", folder / RECIPE).get("prefix", "")),
    }


def read_config(folder: Path) -> Any:  # noqa: ANN401
    """Read the peft config.

    Raises:
        FormatError: adapter_config.json is not whole.

    """
    from peft import PeftConfig

    read_object(folder / CONFIG, _WHAT)
    try:
        return PeftConfig.from_pretrained(str(folder))
    except (TypeError, ValueError, KeyError, AttributeError) as fault:
        raise not_whole(folder / CONFIG, _WHAT, fault) from fault


def _peft(backbone: Backbone, folder: Path) -> Any:  # noqa: ANN401
    from peft import PeftModel

    config = read_config(folder)
    names = read_weights(folder / PEFT_WEIGHTS, _WHAT).keys()
    with fitting(backbone, folder):
        model = PeftModel.from_pretrained(backbone.model, str(folder), config=config).eval().requires_grad_(False)
        require_all(model, names)
        return model


@contextmanager
def fitting(backbone: Backbone, folder: Path) -> Iterator[None]:
    """Tell what goes wrong inside as an adapter that does not fit its backbone."""
    try:
        yield
    except (TypeError, RuntimeError, LookupError, ValueError, AttributeError, OSError) as fault:
        reason = str(fault).strip().partition("\n")[0].removesuffix(":")
        raise FormatError(
            f"the adapter does not fit backbone {backbone.name!r}: {reason}",
            file=folder / (PEFT_WEIGHTS if isinstance(fault, RuntimeError | KeyError) else CONFIG),
            hint="load it on the backbone that it was trained on, or copy its folder anew",
        ) from fault


def require_all(model: Any, names: Iterable[str], adapter: str = ADAPTER) -> None:  # noqa: ANN401
    """Raise KeyError where a file's tensors are not those of the model's adapter: peft would only warn."""
    from peft import get_peft_model_state_dict

    wanted = get_peft_model_state_dict(model, adapter_name=adapter, save_embedding_layers=False).keys()
    if strange := sorted(wanted ^ set(names)):
        raise KeyError(f"{len(strange)} tensors do not match, {strange[0]} first")


def open_backbone(base: Backbone | str | None, folder: Path, manifest: dict[str, Any]) -> Backbone:
    """Give the backbone of an adapter, loaded or named as for `load`; its weights are held against the manifest's.

    Raises:
        MissingError: it cannot be had.
        FormatError: the adapter's own backbone has other weights by now.

    """
    trained = _table(manifest, "backbone", folder / MANIFEST)
    if isinstance(base, Backbone):
        backbone = base
    elif base is not None:
        backbone = load_backbone(base)
    else:
        backbone = load_backbone(_backbone_name(folder, trained), revision=trained.get("revision") or None)
    if trained.get("weights_before") in (None, backbone.weights_hash):
        return backbone
    if base is None:
        raise FormatError(
            f"backbone {backbone.name!r} has other weights than when the adapter was trained",
            file=folder,
            hint="train again, or name the backbone with base=... to use it all the same",
        )
    warnings.warn(f"{folder.name} was trained on other weights than those of {backbone.name!r}", stacklevel=3)
    return backbone


def _recipe(folder: Path) -> dict[str, Any]:
    path = folder / RECIPE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError as fault:
        raise not_whole(path, "the recipe", fault) from fault


def _table(facts: dict[str, Any], name: str, file: Path) -> dict[str, Any]:
    table = facts.get(name, {})
    if not isinstance(table, dict):
        raise not_whole(file, _WHAT, f"{name!r} is no table")
    return table


def _backbone_name(folder: Path, trained: dict[str, Any]) -> str:
    if name := trained.get("name"):
        return str(name)
    config = read_object(folder / CONFIG, _WHAT)
    name = str(config.get("base_model_name_or_path") or HUB_ID)
    return OFFLINE if name == HUB_ID else name
