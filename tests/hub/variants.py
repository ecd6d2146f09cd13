"""Adapters of several languages made of one: other weights, other token rows, every hash as it should be."""

import json
import shutil
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from lexaug.files import fingerprint

WEIGHTS = "adapter_model.safetensors"


def make_variant(adapter: Path, target: Path, seed: int) -> Path:
    """Copy an adapter, change all of its weights, and leave out the rows of its first `seed` tokens."""
    shutil.copytree(adapter, target)
    random = np.random.default_rng(seed)
    for file in target.glob("*.safetensors"):
        tensors = {
            name: (tensor + random.normal(0, 0.2, tensor.shape)).astype(tensor.dtype)
            for name, tensor in load_file(file).items()
        }
        if file.name == WEIGHTS:
            name = next(name for name in tensors if name.endswith("trainable_tokens_delta"))
            tensors[name] = np.ascontiguousarray(tensors[name][seed:])
        save_file(tensors, file)
    config = json.loads((target / "adapter_config.json").read_text())
    config["trainable_token_indices"] = config["trainable_token_indices"][seed:]
    (target / "adapter_config.json").write_text(json.dumps(config))
    rehash(target)
    return target


def rehash(adapter: Path) -> None:
    """Let the manifest name the files as they are now."""
    path = adapter / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"] = {name: fingerprint(adapter / name) for name in manifest["files"]}
    path.write_text(json.dumps(manifest))
