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
    for pos, trust in facts["trust"].items():
        by = trust["inflector"] if trust["threshold"] is not None else f"nothing: {trust['inflector']} not sure enough"
        table.add_row(f"{pos} that the table lacks is inflected by", by)
    table.add_row("licence", manifest.licence)
    return table


def training_table(result: TrainingResult) -> Table:
    """Show how a run went, what it made, and where that lies."""
    found = result.metrics
    table = _facts("adapter")
    table.add_row("folder", str(result.output))
    table.add_row("trained", f"{found['passes']} passes, {found['steps']:,} steps, {found['tokens']:,} tokens")
    training, whole = found["seconds"] / 60, found["wall_seconds"] / 60
    rate = f"{found['tokens_per_second']:,.0f} tokens/s"
    table.add_row("time", f"{training:.1f} minutes of training ({rate}), {whole:.1f} minutes in all")
    table.add_row("adapter", f"{found['adapter_values']:,} values, {found['token_rows']:,} token rows among them")
    beside = {"character part": "character_values", "tagging head": "head_values"}
    for name, key in beside.items():
        if found[key]:
            table.add_row(name, f"{found[key]:,} values")
    for row in _dev_rows(found):
        table.add_row(*row)
    return table


def _dev_rows(metrics: dict[str, Any]) -> list[tuple[str, str]]:
    """Say what chose the pass that is kept: accuracy on dev, or without dev the loss on pseudo-text kept apart."""
    for key, name, sign in (
        ("dev_accuracy", "% of dev words right", 1),
        ("held_out_gain", "loss on text kept apart", -1),
    ):
        by_pass = [f"{sign * entry[key]:.4g}" for entry in metrics["history"] if key in entry]
        if by_pass:
            without = metrics.get(f"{key}_without_characters")
            bare = "" if without is None else f" (without the character part {sign * without:.4g})"
            note = ("", "it chose the pass that is kept; `lexaug eval` tells whether the adapter helps")
            return [(name, f"{', '.join(by_pass)} by pass{bare}"), note]
    return []


def _facts(title: str) -> Table:
    table = Table(title=title, show_header=False, title_justify="left")
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    return table
