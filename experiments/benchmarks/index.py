"""Indexing 200 adapters, made up from one tiny folder, against the ten seconds that are wanted."""

from __future__ import annotations

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from safetensors.numpy import save_file

from experiments.benchmarks.measure import Figure
from experiments.made_up_adapters import NOTE, make_up
from lexaug.files import fingerprint
from lexaug.hub.index.build import build_index
from lexaug.hub.index.write import write_index

ADAPTERS = 200
WANTED = 10.0
"""Seconds."""
ROUNDS = 3


def index() -> list[Figure]:
    """Build and write the index of the adapters; the best of some rounds."""
    with TemporaryDirectory() as name:
        place = Path(name)
        make_up(_adapter(place / "one"), place / "adapters", ADAPTERS)
        seconds = min(_seconds(place) for _ in range(ROUNDS))
    note = f"{seconds:.1f} s for {ADAPTERS} folders, index.json and index.html written; best of {ROUNDS} rounds"
    rates = (ADAPTERS / seconds, ADAPTERS / WANTED)
    return [Figure(f"index of {ADAPTERS} adapters", "adapters/s", *rates, "wanted", 1.0, note)]


def _seconds(place: Path) -> float:
    start = time.perf_counter()
    made = build_index([str(place / "adapters")], place / "site", note=NOTE)
    write_index(made, place / "site")
    if len(made.adapters) != ADAPTERS:
        raise RuntimeError(f"{len(made.adapters)} of {ADAPTERS} adapters were indexed")
    return time.perf_counter() - start


def _adapter(folder: Path) -> Path:
    """Write a LoRA adapter of one matrix: all that an index looks at."""
    folder.mkdir()
    matrices = {"lora_A": np.zeros((2, 8), np.float32), "lora_B": np.zeros((8, 2), np.float32)}
    save_file(matrices, folder / "adapter_model.safetensors")
    _write(folder / "adapter_config.json", {"peft_type": "LORA", "r": 2, "base_model_name_or_path": "made/up"})
    (folder / "recipe.toml").write_text('name = "made up"\n', encoding="utf-8")
    files = {path.name: fingerprint(path) for path in sorted(folder.iterdir())}
    _write(folder / "manifest.json", {"language": "sme", "licence": "CC0-1.0", "files": files})
    _write(folder / "metrics.json", {})
    return folder


def _write(file: Path, value: object) -> None:
    file.write_text(json.dumps(value), encoding="utf-8")
