"""Keeping a report with the adapters it is about, so that their card can state it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.files import fingerprint, write_json
from lexaug.training.part_files import METRICS, read_object
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from lexaug.evaluation.report import EvalReport

EVALUATION = "evaluation"
"""Key of `metrics.json` under which reports stand, one per task and test file."""


def save_report(report: EvalReport, adapters: Sequence[Path], test: Path) -> None:
    """Put a report into `metrics.json` of each of its adapters; one of the same task and test file is replaced.

    Raises:
        FormatError: an adapter's metrics are damaged.
        StateError: the file could not be written.

    """
    entry = {**report.as_json(), "test": test.name}
    for folder in adapters:
        metrics = read_object(folder / METRICS, "the adapter's metrics")
        others = [old for old in metrics.get(EVALUATION, []) if _about(old) != _about(entry)]
        write_json(folder / METRICS, {**metrics, EVALUATION: [*others, entry]})
        _record(folder)


def _about(entry: dict[str, Any]) -> tuple[object, object]:
    return entry.get("task"), entry.get("test")


def _record(folder: Path) -> None:
    """Keep the manifest of a packaged adapter true: it names the hash of the metrics, a trained one's does not."""
    manifest = read_object(folder / MANIFEST, "the adapter's manifest")
    files = manifest.get("files", {})
    if METRICS in files:
        files[METRICS] = fingerprint(folder / METRICS)
        write_json(folder / MANIFEST, manifest)
