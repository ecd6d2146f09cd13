"""Pre-trained inflectors to start from: the shipped one, a folder, or a sequence-to-sequence model of the Hub."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import FormatError, LexaugError, MissingError
from lexaug.files import fingerprint, fingerprint_json, resource
from lexaug.inflection.damage import FAULTS, not_whole, require_numbers
from lexaug.inflection.hub_weights import Pinned, pin
from lexaug.training.safe_weights import require_safe_weights

if TYPE_CHECKING:
    from lexaug.inflection.model import InflectorModel

SHIPPED = "inflect-mini"
_FOLDER = "inflect_mini"
POINTER = "lexaug-inflector"
"""Model type of a pointer-generator, in its config.json."""
_WHOLE = "give the folder of a whole transformers model, not of rules or an adapter"


@dataclass(frozen=True, slots=True)
class InflectionBackbone:
    """A backbone by name: where it lies (None: on the Hub), and whether it is a pointer-generator.

    The name of a folder is its absolute path, so that it is found again from any place.
    """

    name: str
    folder: Path | None
    pointer: bool

    @property
    def identity(self) -> str:
        """Tell this backbone's weights from others: SHA-256 of the file, or over the files, or the commit on the Hub.

        Raises:
            MissingError: it is on the Hub, which cannot be reached, and not in the cache, or has no safetensors.

        """
        if self.folder is None:
            return _pinned(self.name).commit
        hashes = [fingerprint(path) for path in sorted(self.folder.glob("*.safetensors"))]
        return hashes[0] if len(hashes) == 1 else fingerprint_json(hashes)


def find_backbone(name: str | None = None) -> InflectionBackbone:
    """Find a backbone by name, folder or Hub id, the shipped one if not given; nothing is loaded.

    Raises:
        MissingError: the shipped one is not there, or a folder holds no model.

    """
    if name is None or name == SHIPPED:
        return InflectionBackbone(SHIPPED, _shipped(), pointer=True)
    folder = Path(name)
    if not folder.is_dir():
        if folder.is_file():
            raise MissingError("is a file, no model's folder", file=name, hint=_WHOLE)
        if name.startswith((".", "/", "~")):
            raise MissingError("no such folder", file=name, hint=f"give a model's folder, its Hub id or {SHIPPED}")
        return InflectionBackbone(name, None, pointer=False)
    config = folder / "config.json"
    if not config.is_file():
        raise MissingError("holds no model: config.json", file=folder, hint=_WHOLE)
    place = folder.resolve()
    return InflectionBackbone(str(place), place, pointer=_model_type(config) == POINTER)


def has_shipped() -> bool:
    """Tell whether the shipped backbone is there."""
    try:
        return find_backbone(SHIPPED).folder is not None
    except MissingError:
        return False


@dataclass(frozen=True, slots=True)
class LoadedBackbone:
    """A backbone in memory; `identity` is that of these weights, `tokenizer` None with a pointer-generator.

    `request` numbers the Hub's pull request that the weights are of, None where they are the repository's own.
    """

    name: str
    identity: str
    model: Any
    tokenizer: Any = None
    request: int | None = None


def load_inflection_backbone(backbone: InflectionBackbone, *, commit: str | None = None) -> LoadedBackbone:
    """Load a backbone, one of the Hub at a commit, the newest with safetensors weights if none is given.

    Raises:
        MissingError, FormatError: it cannot be had.

    """
    if backbone.folder is None:
        pinned = Pinned(commit) if commit else _pinned(backbone.name)
        loaded = load_seq2seq(backbone.name, commit=pinned.commit)
        return LoadedBackbone(backbone.name, pinned.commit, *loaded, request=pinned.request)
    if backbone.pointer:
        return LoadedBackbone(backbone.name, backbone.identity, load_pointer(backbone.folder))
    return LoadedBackbone(backbone.name, backbone.identity, *load_seq2seq(backbone.name))


def load_pointer(folder: Path) -> InflectorModel:
    """Load a pointer-generator in single precision.

    Raises:
        FormatError: a file of it is damaged, or it holds no safetensors weights.
        UnsafeError: its files lead to other weights.

    """
    import torch

    from lexaug.inflection.model import InflectorModel

    quiet()
    require_safe_weights(str(folder))
    try:
        model: InflectorModel
        model, found = InflectorModel.from_pretrained(
            str(folder),
            dtype=torch.float32,
            use_safetensors=True,
            local_files_only=True,
            ignore_mismatched_sizes=True,  # told by `_require_all`
            output_loading_info=True,
        )
        _require_all(found)
        if strange := sorted(found["unexpected_keys"]):
            raise ValueError(f"{len(strange)} weights have no place in it, such as {strange[0]}")
        require_numbers(model.named_parameters())
    except FAULTS as fault:
        raise not_whole(folder, fault) from fault
    model.eval()
    return model


def load_seq2seq(name: str, *, local: bool = False, commit: str | None = None) -> tuple[Any, Any]:
    """Load a sequence-to-sequence model and its tokenizer by folder or Hub id; weights must be safetensors.

    Code that comes with a model is never run.

    Raises:
        MissingError: it cannot be had, or holds no safetensors weights.
        UnsafeError: its files lead to other weights.

    """
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    quiet()
    with _explained(name):
        require_safe_weights(name, commit, local=local)
        safe = {"revision": commit, "local_files_only": local, "trust_remote_code": False}
        tokenizer = AutoTokenizer.from_pretrained(name, **safe)
        model, found = AutoModelForSeq2SeqLM.from_pretrained(
            name, dtype=torch.float32, use_safetensors=True, output_loading_info=True, **safe
        )
        _require_all(found)
        require_numbers(model.named_parameters())
    return model.eval(), tokenizer


def _pinned(name: str) -> Pinned:
    with _explained(name):
        return pin(name)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Say which backbone cannot be had, and what can."""
    from huggingface_hub.errors import HTTPError

    try:
        yield
    except (*FAULTS, HTTPError) as fault:
        reason = str(fault).strip().partition("\n")[0].removesuffix(".")
        here = "" if Path(name).is_dir() else "; no folder of that name is here"
        hint = "give the folder or the Hub id of a sequence-to-sequence model with safetensors weights"
        raise MissingError(f"backbone {name!r} cannot be loaded: {reason}{here}", hint=hint) from fault


def _require_all(found: Mapping[str, Any]) -> None:
    """Raise ValueError where weights were not in the file: transformers fills those with random numbers."""
    lacking = sorted([*found["missing_keys"], *(name for name, *_ in found["mismatched_keys"])])
    if lacking:
        raise ValueError(f"{len(lacking)} weights are missing or of another shape, such as {lacking[0]}")


def quiet() -> None:
    """Keep transformers from drawing a bar for the weights that it loads or writes."""
    from transformers.utils import logging

    logging.disable_progress_bar()


def _shipped() -> Path:
    try:
        folder = resource(_FOLDER)
    except LexaugError:
        folder = None
    if folder is None or not (folder / "model.safetensors").is_file():
        hint = "use --method scratch, or --backbone with a folder or Hub id"
        raise MissingError(f"the pre-trained backbone {SHIPPED} is not shipped with this version", hint=hint)
    return folder


def _model_type(config: Path) -> str:
    try:
        return str(json.loads(config.read_text(encoding="utf-8")).get("model_type", ""))
    except (OSError, ValueError, AttributeError, RecursionError) as fault:
        raise FormatError("is no model's description", file=config, hint="copy the model again") from fault
