"""Tables for people: what a corpus holds, what a training run came to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

if TYPE_CHECKING:
    from lexaug.synthesis.manifest import CorpusManifest
    from lexaug.training.output import TrainingResult


def corpus_table(manifest: CorpusManifest, output: Path) -> Table:
    """Show the counts of a corpus, how its words came, and where it lies."""
    facts = manifest.as_json()
    table = _facts(f"pseudo-text: {manifest.language}, {manifest.settings['mode']}")
    table.add_row("corpus", str(output))
    table.add_row("sentences", f"{facts['examples']:,} from {facts['sentences']:,}")
    table.add_row("target tokens", f"{facts['target_tokens']:,}")
    table.add_row("coverage of source words", f"{100 * facts['coverage']:.1f}%")
    table.add_row("content words inflected from their cell", f"{100 * facts['inflected_share']:.1f}%")
    for op, count in facts["ops"].items():
        table.add_row(f"  {op}", f"{count:,} ({100 * count / facts['target_tokens']:.1f}%)")
    table.add_row("licence", manifest.licence)
    return table


def training_table(result: TrainingResult) -> Table:
    """Show what `metrics.json` says of a run, and where the adapter lies."""
    table = _facts("adapter")
    table.add_row("folder", str(result.output))
    for name, value in _flat(result.metrics):
        table.add_row(name, f"{value:,.4g}" if isinstance(value, float) else str(value))
    return table


def _facts(title: str) -> Table:
    table = Table(title=title, show_header=False, title_justify="left")
    table.add_column(style="bold")
    table.add_column()
    return table


def _flat(values: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    rows = []
    for name, value in values.items():
        rows += _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else [(f"{prefix}{name}", value)]
    return rows
