"""The frozen multilingual encoder under every adapter: the offline one, a Hub id or a local folder."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal

from lexaug.errors import ConfigError, FormatError, LexaugError, MissingError, UnsafeError
from lexaug.training.safe_weights import require_safe_weights
from lexaug.training.weights import hash_weights

__all__ = ["OFFLINE", "Backbone", "commit_of", "hash_weights", "load_backbone"]

OFFLINE = "offline"
"""Name of the backbone that needs no network."""

Head = Literal["none", "mlm"]


@dataclass(frozen=True, slots=True)
class Backbone:
    """A frozen encoder with its tokenizer.

    `model` is a transformers encoder in evaluation mode whose parameters ask for no gradient, `tokenizer` a fast one;
    `name` and `revision` (commit hash, or "" for local files) say where it came from; `weights_hash` is
    `hash_weights(model)` as it was loaded; `masked` is the model with a mask-LM head around the same encoder, where
    that was asked for.
    """

    model: Any
    tokenizer: Any
    name: str
    revision: str
    weights_hash: str
    hidden_size: int
    layers: int
    masked: Any = None

    @property
    def mask_token(self) -> str | None:
        """The tokenizer's mask, where it has one."""
        mask: str | None = self.tokenizer.mask_token
        return mask


def load_backbone(
    name: str = OFFLINE, *, revision: str | None = None, threads: int | None = None, head: Head = "none"
) -> Backbone:
    """Load a backbone, frozen, in float32, on the CPU.

    Args:
        name: "offline", a model id of the Hub, or a local folder. BERT, XLM-R and ModernBERT families are tested.
        revision: commit, tag or branch of a Hub model.
        threads: torch threads from now on; unchanged if not given.
        head: "mlm" keeps the masked-language-model head.

    Raises:
        MissingError: not installed, not found, or not reachable.
        FormatError: a file of a local folder is damaged.
        UnsafeError: the folder holds weights, but none as safetensors.
        ConfigError: a head is asked for that the backbone does not have, or no fast tokenizer is there.

    """
    if threads is not None:
        import torch

        torch.set_num_threads(threads)
    if name == OFFLINE:
        return _offline(head)
    return _auto(name, revision, head)


def _offline(head: Head) -> Backbone:
    from lexaug.training.offline import load_offline

    if head != "none":
        raise _no_head(OFFLINE)
    model, tokenizer, weights = load_offline()
    return Backbone(model, tokenizer, OFFLINE, "", weights, model.config.hidden_size, model.config.num_hidden_layers)


def _no_head(name: str) -> ConfigError:
    return ConfigError(
        f"backbone {name!r} has no mask-LM head", hint="leave the mlm objective out, or choose e.g. xlm-roberta-base"
    )


def _auto(name: str, revision: str | None, head: Head) -> Backbone:
    folder = Path(name)
    if folder.is_dir():
        _check_folder(folder)
    elif folder.is_absolute() or name.startswith("."):
        raise MissingError("no such backbone folder", file=folder, hint="check the path")
    try:
        if not folder.is_dir():
            revision = commit_of(name, revision)
        require_safe_weights(name, revision)
        model = _model(name, revision, head)
        tokenizer = _tokenizer(name, revision)
    except LexaugError:
        raise
    except Exception as fault:  # a damaged file is met by whichever library reads it, with errors of its own
        raise _unreadable(folder, fault) if folder.is_dir() else _unreachable(name, revision, fault) from fault
    config = model.config
    whole = model.eval().requires_grad_(False)
    encoder = whole.base_model
    return Backbone(
        model=encoder,
        tokenizer=tokenizer,
        name=name,
        revision="" if folder.is_dir() else revision or "",
        weights_hash=hash_weights(encoder),
        hidden_size=config.hidden_size,
        layers=config.num_hidden_layers,
        masked=whole if head == "mlm" else None,
    )


def commit_of(name: str, revision: str | None = None) -> str:
    """Give the commit that a branch or tag of a Hub model stands at: all files are then read at that commit.

    Raises:
        OSError, ValueError: the model is neither reachable nor in the cache, or the name is none.

    """
    from huggingface_hub import hf_hub_download

    return Path(hf_hub_download(name, "config.json", revision=revision)).parent.name


def _check_folder(folder: Path) -> None:
    if not (folder / "config.json").is_file():
        raise MissingError("holds no config.json, so it is no model folder", file=folder, hint="check the path")
    if not any(folder.glob("*.safetensors")):
        raise UnsafeError("holds no safetensors weights", file=folder, hint="convert the weights to safetensors")


def _unreadable(folder: Path, fault: Exception) -> FormatError:
    """Name the weights where they are what is damaged, else the folder."""
    from safetensors import SafetensorError

    weights = sorted(folder.glob("*.safetensors"))
    file = weights[0] if isinstance(fault, SafetensorError) and len(weights) == 1 else folder
    return FormatError(
        f"the backbone could not be loaded: {_first_line(fault)}",
        file=file,
        hint="copy or convert the model anew: config.json, tokenizer.json and safetensors weights",
    )


def _first_line(fault: Exception) -> str:
    return str(fault).strip().partition("\n")[0].removesuffix(":") or type(fault).__name__


def _unreachable(name: str, revision: str | None, fault: Exception) -> MissingError:
    at = f" at revision {revision!r}" if revision else ""
    return MissingError(
        f"backbone {name!r}{at} could not be loaded: {_first_line(fault)}",
        hint="use 'offline', a folder with config.json and safetensors weights, or go online once to fill the cache",
    )


def _model(name: str, revision: str | None, head: Head) -> Any:  # noqa: ANN401
    import torch
    from transformers import AutoConfig, AutoModel, AutoModelForMaskedLM

    safe = {"revision": revision, "trust_remote_code": False}
    config = AutoConfig.from_pretrained(name, **safe)
    auto = AutoModelForMaskedLM if head == "mlm" else AutoModel
    model, loading = auto.from_pretrained(
        name,
        config=config,
        use_safetensors=True,
        dtype=torch.float32,
        output_loading_info=True,
        **safe,
        **_without_pooler(auto, config, head),
    )
    if missing := sorted(key for key in loading["missing_keys"] if "pooler" not in key):
        if head == "mlm":
            raise _no_head(name)
        raise FormatError(f"backbone {name!r} lacks weights, {missing[0]} first", hint="is the download whole?")
    return model


def _without_pooler(auto: Any, config: Any, head: Head) -> dict[str, bool]:  # noqa: ANN401
    """Leave the pooler out where the class has one: checkpoints often lack it, and random weights have no hash."""
    if head != "none" or type(config) not in auto._model_mapping:
        return {}
    parameters = inspect.signature(auto._model_mapping[type(config)].__init__).parameters
    return {"add_pooling_layer": False} if "add_pooling_layer" in parameters else {}


def _tokenizer(name: str, revision: str | None) -> Any:  # noqa: ANN401
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(name, revision=revision, trust_remote_code=False, use_fast=True)
    if not getattr(tokenizer, "is_fast", False):
        raise ConfigError(f"backbone {name!r} has no fast tokenizer", hint="choose a backbone with a tokenizer.json")
    _space_before_words(tokenizer.backend_tokenizer)
    return tokenizer


def _space_before_words(backend: Any) -> None:  # noqa: ANN401
    """Make byte-level tokenizers see a word of a list as they see it after a space in running text."""
    from tokenizers import pre_tokenizers

    for step in _steps(backend.pre_tokenizer):
        if isinstance(step, pre_tokenizers.ByteLevel):
            step.add_prefix_space = True


def _steps(pre_tokenizer: Any) -> Iterator[Any]:  # noqa: ANN401
    """Go through a pre-tokenizer's parts; a sequence of them can be indexed, but has no length."""
    try:
        for place in count():
            yield pre_tokenizer[place]
    except (IndexError, TypeError):
        yield pre_tokenizer
