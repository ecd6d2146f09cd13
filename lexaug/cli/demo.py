"""`lexaug demo`: the whole way on a shipped pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lexaug.cli.console import Json, emit, step_bar, training_bar

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from lexaug.demo import DemoResult
    from lexaug.synthesis.example import PseudoExample

STYLES = {
    "inflected:cell": "bold green",
    "inflected:nearest": "green",
    "inflected:grammar": "cyan",
    "inflected:rules": "bold cyan",
    "lexicon": "yellow",
    "grammar": "magenta",
    "name": "blue",
    "copied": "red",
}


def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the adapter.")] = Path("lexaug-demo"),
    json: Json = False,
) -> None:
    """Pack, pseudo-text, adapter, measurement: the whole way on a small Maltese pack, without any network.

    In: nothing. Out: an adapter folder, pseudo-sentences coloured by how each word came, scores beside every simpler
    means. Run it again to see the numbers again; it goes on where it was stopped.
    """
    from lexaug.demo import measure_demo, train_demo

    with training_bar() as training:
        adapter = train_demo(output, training)
    with step_bar("evaluating") as evaluating:
        result = measure_demo(adapter, evaluating)
    emit(json, result.as_json(), lambda: show(result))


def show(result: DemoResult) -> RenderableType:
    """Lay out the pseudo-sentences with their provenance, the reports, and where the adapter lies."""
    from rich.console import Group
    from rich.text import Text

    from lexaug.demo import NOTE
    from lexaug.evaluation.report import render

    legend = Text("  ").join(Text(name, style) for name, style in STYLES.items())
    sentences = [line for example in result.examples for line in _lines(example)]
    reports = [part for report in result.reports for part in (render(report), Text())]
    place = Text(f"adapter: {result.adapter}   (lexaug.load, or plain peft)", "bold")
    return Group(Text("Pseudo-sentences", "bold"), *sentences, legend, Text(), *reports, Text(NOTE, "italic"), place)


def _lines(example: PseudoExample) -> tuple[Text, Text]:
    from rich.text import Text

    words = (Text(word, STYLES.get(op, "")) for word, op in zip(example.target, example.ops, strict=True))
    return Text("  " + " ".join(example.source), "dim"), Text("  ") + Text(" ").join(words)
