"""Switching languages on one backbone, beside loading each anew; and what each more language costs in memory."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from experiments.benchmarks.measure import Figure
from experiments.packs import WORK
from lexaug.hub.languages import Languages
from lexaug.training.adapter import attach, save_adapter
from lexaug.training.backbone import load_backbone
from lexaug.training.character_part import CharacterPart, CharacterSettings
from lexaug.training.load import load

ROWS, RANK, LABELS = 5_000, 16, 17
"""An adapter of the default shape with rows for the tokens of some 6,000 sentences."""
MANY = 4
SWITCHES = 10


def languages() -> list[Figure]:
    """Measure on adapters of the default shape; what their values are does not matter for time and memory."""
    folders = [_adapter(number) for number in range(MANY)]
    backbone = load_backbone()
    fresh = min(_seconds(lambda: load(folders[0], base=backbone).model.unload()) for _ in range(3))
    shared = Languages(backbone)
    shared.add("l0", folders[0])
    before = _resident()
    for number in range(1, MANY):
        shared.add(f"l{number}", folders[number])
    grown = (_resident() - before) / (MANY - 1)
    switch = statistics.median(_seconds(lambda n=n: shared.use(f"l{n % MANY}")) for n in range(SWITCHES))
    size = sum(file.stat().st_size for file in folders[1].glob("*.safetensors"))
    own = _float32(folders[1]) / 2**20
    note = f"processor time, median of {SWITCHES}; 50 ms at most wanted"
    files = f"{MANY - 1} more languages; files of one: {size / 2**20:.0f} MiB"
    return [
        Figure("switching the language", "ms", switch * 1e3, fresh * 1e3, "fresh load, backbone there", None, note),
        Figure("memory of one more language", "MiB", grown / 2**20, own, "its values in float32", None, files),
    ]


def _adapter(number: int) -> Path:
    folder = WORK / "languages" / str(number)
    if not (folder / "characters.json").is_file():
        backbone = load_backbone()
        folder.mkdir(parents=True, exist_ok=True)
        first = 1000 + number * ROWS
        model = attach(backbone, rank=RANK, alpha=32, token_ids=range(first, first + ROWS), seed=number)
        save_adapter(model, folder)
        settings = CharacterSettings(65_536, 131_072, 64, backbone.hidden_size, LABELS, 2)
        CharacterPart(settings).save(folder)
    return folder


def _seconds(work: Callable[[], object]) -> float:
    """Time of the processor, so that a busy machine counts for nothing; one thread does the work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _resident() -> int:
    """Bytes of this process that are in memory and its own."""
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * 4096


def _float32(folder: Path) -> int:
    from safetensors.torch import load_file

    return sum(4 * tensor.numel() for file in folder.glob("*.safetensors") for tensor in load_file(file).values())
