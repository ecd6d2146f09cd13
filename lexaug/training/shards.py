"""Weights in several files: the index that names them may name safetensors files beside it, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lexaug.errors import FormatError, UnsafeError

WHOLE, INDEX = "model.safetensors", "model.safetensors.index.json"


def require_safe_shards(name: str, revision: str | None = None, *, local: bool = False) -> None:
    """Refuse a model whose weights are named by an index that leads elsewhere: transformers opens whatever it names.

    Args:
        name: a folder, or a model id of the Hub.
        revision: commit of a Hub model.
        local: whether only the cache is looked at.

    Raises:
        UnsafeError: it names a file that is no safetensors, or lies elsewhere.
        FormatError: it is no index.

    """
    index = _find(name, revision, local)
    if index is None:
        return
    try:
        files = json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        raise FormatError("is no index of weights", file=index, hint="copy or convert the model again") from fault
    if strange := [file for file in files if not _is_safe(file)]:
        raise UnsafeError(
            f"names {strange[0]!r} for weights, which is no safetensors file beside it",
            file=index,
            hint="convert the weights to safetensors",
        )


def _find(name: str, revision: str | None, local: bool) -> Path | None:
    folder = Path(name)
    if folder.is_dir():
        return folder / INDEX if (folder / INDEX).exists() else None
    from huggingface_hub import hf_hub_download, try_to_load_from_cache
    from huggingface_hub.errors import EntryNotFoundError

    if isinstance(try_to_load_from_cache(name, WHOLE, revision=revision), str):
        return None  # transformers then reads this one, and the Hub need not be asked
    try:
        return Path(hf_hub_download(name, INDEX, revision=revision, local_files_only=local))
    except EntryNotFoundError:
        return None


def _is_safe(file: Any) -> bool:  # noqa: ANN401
    return isinstance(file, str) and file.endswith(".safetensors") and not {"/", "\\"} & set(file)
