"""Writing a trained inflector as a folder: whole or absent, with what it was made from."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from lexaug import __version__
from lexaug.files import atomic_folder, fingerprint, write_json
from lexaug.inflection.train import InflectorSettings, TrainedInflector

METRICS = "metrics.json"


def write_inflector(
    output: Path, run: TrainedInflector, settings: InflectorSettings, train: Path, dev: Path | None
) -> dict[str, Any]:
    """Write model and metrics; gives the metrics.

    Raises:
        StateError: the folder exists already, or could not be written.

    """
    sources = {"train": train} | ({"dev": dev} if dev else {})
    metrics = {
        "lexaug": __version__,
        "steps": run.steps,
        "seconds": round(run.seconds, 1),
        "values": sum(parameter.numel() for parameter in run.model.parameters()),
        "dev_accuracy": run.best,
        "history": run.history,
        "settings": asdict(settings),
        "sources": {name: {"file": path.name, "sha256": fingerprint(path)} for name, path in sources.items()},
    }
    with atomic_folder(output) as folder:
        run.model.save_pretrained(folder)
        write_json(folder / METRICS, metrics)
    return metrics
