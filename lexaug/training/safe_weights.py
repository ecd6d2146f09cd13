"""What a model's files may lead transformers to open: safetensors beside them, whatever an index or a setting names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lexaug.errors import FormatError, UnsafeError

WHOLE, INDEX = "model.safetensors", "model.safetensors.index.json"
_CONFIG, _ELSEWHERE = "config.json", "transformers_weights"


def require_safe_weights(name: str, revision: str | None = None, *, local: bool = False) -> None:
    """Refuse a model whose files lead to other weights than its own safetensors: transformers opens whatever they name.

    An index may name safetensors beside it alone, `config.json` no file of weights at all, and no adapter may come
    along: with one transformers takes the model that the adapter names, and pickles too.

    Args:
        name: a folder, or a model id of the Hub.
        revision: commit of a Hub model.
        local: whether only the cache is looked at.

    Raises:
        UnsafeError: they lead elsewhere.
        FormatError: the index is none.

    """
    from transformers.utils import find_adapter_config_file

    if adapter := find_adapter_config_file(name, revision=revision, local_files_only=local):
        raise UnsafeError("is an adapter's, not a model's", file=adapter, hint="give the model without an adapter")
    config = _find(name, _CONFIG, revision, local)
    if config is not None and _names_weights(config):
        raise UnsafeError(
            f"names weights ({_ELSEWHERE})", file=config, hint=f"take the line out, and call the weights {WHOLE}"
        )
    index = _index(name, revision, local)
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


def _names_weights(config: Path) -> bool:
    """Tell whether a configuration says where weights lie; a damaged one is left to what reads it."""
    try:
        return bool(json.loads(config.read_text(encoding="utf-8")).get(_ELSEWHERE))
    except (OSError, ValueError, AttributeError, RecursionError):
        return False


def _index(name: str, revision: str | None, local: bool) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    if not Path(name).is_dir() and isinstance(try_to_load_from_cache(name, WHOLE, revision=revision), str):
        return None  # transformers then reads this one, and the Hub need not be asked
    return _find(name, INDEX, revision, local)


def _find(name: str, file: str, revision: str | None, local: bool) -> Path | None:
    folder = Path(name)
    if folder.is_dir():
        return folder / file if (folder / file).exists() else None
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError

    try:
        return Path(hf_hub_download(name, file, revision=revision, local_files_only=local))
    except EntryNotFoundError:
        return None


def _is_safe(file: Any) -> bool:  # noqa: ANN401
    return isinstance(file, str) and file.endswith(".safetensors") and not {"/", "\\"} & set(file)
