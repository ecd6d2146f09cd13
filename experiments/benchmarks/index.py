"""Indexing 200 adapters, made up from one tiny folder, against the ten seconds that are wanted."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from experiments.benchmarks.measure import Figure
from experiments.made_up_adapters import NOTE, make_up, tiny_adapter
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
        make_up(tiny_adapter(place / "one"), place / "adapters", ADAPTERS)
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
