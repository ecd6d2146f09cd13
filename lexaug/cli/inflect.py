"""`lexaug inflect`: lemma and features in, forms out, in the formats of the shared tasks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lexaug.cli.console import Json, emit
from lexaug.cli.options import Seed

app = typer.Typer(no_args_is_help=True, help="Inflect lemmas as the SIGMORPHON shared tasks ask.")


@app.callback()
def _group() -> None:
    """Keep `rules` a verb of its own while it is the only one."""


@app.command("rules")
def rules(
    train: Annotated[Path, typer.Option(metavar="FILE", help="Rows of lemma, form and features to learn from.")],
    test: Annotated[Path, typer.Option(metavar="FILE", help="Rows to inflect; forms, if there are any, are not read.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file of predictions to write.")],
    year: Annotated[
        int | None, typer.Option(help="Write the columns in the order of that year.", show_default="as in --test")
    ] = None,
    seed: Seed = 0,
    json: Json = False,
) -> None:
    """Inflect by affix rules: learnt in seconds, no network, no torch; the measure of everything that takes longer.

    Example: lexaug inflect rules --train sme.trn --test sme.tst -o sme.rules
    """
    from lexaug.inflection.examples import order_of, read_examples, read_training, write_examples
    from lexaug.inflection.rules import fit_rules

    asked = read_examples(test, covered=True)
    order = asked.order if year is None else order_of(year)
    inflector = fit_rules(read_training(train), seed=seed)
    found = [row.answered(inflector.form(row.lemma, row.bundle)) for row in asked.rows]
    write_examples(output, found, order)
    result = {"output": str(output), "rows": len(found), "order": order}
    emit(json, result, lambda: f"{len(found):,} forms written to {output} ({order})")
