"""`lexaug inflect`: lemma and features in, forms out, in the formats of the shared tasks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lexaug.cli.console import Json, emit, share_bar
from lexaug.cli.options import Seed

if TYPE_CHECKING:
    from lexaug.inflection.examples import InflectionExample

app = typer.Typer(no_args_is_help=True, help="Inflect lemmas as the SIGMORPHON shared tasks ask.")

Train = Annotated[Path, typer.Option(metavar="FILE", help="Rows of lemma, form and features to learn from.")]
Test = Annotated[Path, typer.Option(metavar="FILE", help="Rows to inflect; forms, if there are any, are not read.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="The file of predictions to write.")]
Year = Annotated[
    int | None, typer.Option(help="Write the columns in the order of that year.", show_default="as in --test")
]
METHODS = {"scratch": 0, "hallucination": 10_000}
"""Made-up examples beside the real ones, by method: as many as Anastasopoulos and Neubig (2019) made, or none."""


@app.command("rules")
def rules(
    train: Train,
    test: Test,
    output: Output,
    year: Year = None,
    seed: Seed = 0,
    json: Json = False,
) -> None:
    """Inflect by affix rules: learnt in seconds, no network, no torch; the measure of everything that takes longer.

    Example: lexaug inflect rules --train sme.trn --test sme.tst -o sme.rules
    """
    from lexaug.inflection.examples import read_training
    from lexaug.inflection.rules import fit_rules

    inflector = fit_rules(read_training(train), seed=seed)
    _predict(lambda rows: [inflector.form(row.lemma, row.bundle) for row in rows], test, output, year, json)


@app.command("train")
def train(
    train: Train,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder of the inflector to make.")],
    dev: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Rows that decide which weights are kept.", show_default=False)
    ] = None,
    method: Annotated[
        str, typer.Option(metavar="|".join(METHODS), help="hallucination: made-up examples beside the real ones.")
    ] = "scratch",
    minutes: Annotated[float, typer.Option(min=0.01, max=10_000, help="Time to train.")] = 4.0,
    seed: Seed = 0,
    json: Json = False,
) -> None:
    """Train a pointer-generator transformer over characters on the rows of a file.

    Example: lexaug inflect train --train sme.trn --dev sme.dev --minutes 4 -o inflectors/sme
    """
    from lexaug.files import require_absent
    from lexaug.inflection.examples import read_examples, read_training
    from lexaug.inflection.output import write_inflector
    from lexaug.inflection.train import InflectorSettings, train_inflector
    from lexaug.registry import unknown

    if method not in METHODS:
        raise unknown("method", method, METHODS)
    require_absent(output)
    settings = InflectorSettings(minutes=minutes, seed=seed, hallucinated=METHODS[method])
    rows, tuned = read_training(train), read_examples(dev).rows if dev else ()
    with share_bar("training") as advance:
        run = train_inflector(rows, tuned, settings, advance)
    metrics = write_inflector(output, run, settings, train, dev)
    told = "" if run.best is None else f", {run.best:.1f}% right on dev"
    text = f"inflector written to {output}: {run.steps:,} steps in {run.seconds / 60:.1f} minutes{told}"
    emit(json, {"output": str(output), **metrics}, lambda: text)


@app.command("predict")
def predict(
    inflector: Annotated[Path, typer.Argument(help="The folder of an inflector.", show_default=False)],
    test: Test,
    output: Output,
    year: Year = None,
    json: Json = False,
) -> None:
    """Inflect with a trained inflector.

    Example: lexaug inflect predict inflectors/sme --test sme.tst -o sme.out
    """
    from lexaug.inflection.predict import inflect_all, load_inflector

    model = load_inflector(inflector)
    _predict(lambda rows: [found.form for found in inflect_all(model, rows)], test, output, year, json)


def _predict(
    inflect: Callable[[Sequence[InflectionExample]], list[str]], test: Path, output: Path, year: int | None, json: bool
) -> None:
    from lexaug.inflection.examples import order_of, read_examples, write_examples

    asked = read_examples(test, covered=True)
    order = asked.order if year is None else order_of(year)
    forms = inflect(asked.rows)
    write_examples(output, [row.answered(form) for row, form in zip(asked.rows, forms, strict=True)], order)
    result = {"output": str(output), "rows": len(forms), "order": order}
    emit(json, result, lambda: f"{len(forms):,} forms written to {output} ({order})")
