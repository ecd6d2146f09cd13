"""`lexaug inflect`: lemma and features in, forms out, in the formats of the shared tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lexaug.cli.console import Json, emit, share_bar, stderr, step_bar
from lexaug.cli.options import Seed

if TYPE_CHECKING:
    from lexaug.inflection.examples import InflectionExample
    from lexaug.inflection.inflector import Inflector
    from lexaug.inflection.settings import InflectorSettings

app = typer.Typer(no_args_is_help=True, help="Inflect lemmas as the SIGMORPHON shared tasks ask.")

Train = Annotated[Path, typer.Option(metavar="FILE", help="Rows of lemma, form and features to learn from.")]
Test = Annotated[Path, typer.Option(metavar="FILE", help="Rows to inflect; forms, if there are any, are not read.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="The file of predictions to write.")]
Year = Annotated[
    int | None,
    typer.Option(help="Write columns in that year's order.", show_default="that of the files"),
]
Probabilities = Annotated[
    bool, typer.Option("--probabilities", help="Write the probability of each form into a fourth column.")
]
Inflectors = Annotated[Path, typer.Argument(help="The folder of an inflector; inflect-mini.", show_default=False)]

FEW = 100
"""Steps below which a network has hardly learnt anything."""


@app.command("rules")
def rules(
    train: Train,
    test: Test,
    output: Output,
    year: Year = None,
    probabilities: Probabilities = False,
    seed: Seed = 0,
    json: Json = False,
) -> None:
    """Inflect by affix rules: learnt in seconds, no network, no torch; the measure of everything that takes longer.

    Example: lexaug inflect rules --train sme.trn --test sme.tst -o sme.rules
    """
    from lexaug.files import require_other
    from lexaug.inflection.examples import read_examples
    from lexaug.inflection.methods import RULES
    from lexaug.inflection.run import train_inflector
    from lexaug.inflection.settings import InflectorSettings

    def learn() -> tuple[Inflector, str | None]:
        file = read_examples(train, covered=True)
        if file.without_form:
            stderr.print(_left_out(file.without_form), markup=False)
        return train_inflector(RULES, file.with_forms(), settings=InflectorSettings(seed=seed)), file.order

    require_other(output, train, test)
    _predict(learn, test, output, year, probabilities, json)


@app.command("train")
def train(
    train: Train,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder of the inflector to make.")],
    dev: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Rows that decide which weights are kept.", show_default=False)
    ] = None,
    method: Annotated[
        str,
        typer.Option(
            metavar="auto|rules|scratch|full|lora[+hallucination]",
            help="From nothing, all weights of a backbone, or an adapter on it (a twentieth of the size, ahead where "
            "examples are few); hallucination adds made-up examples; auto tries all and keeps what does best on dev.",
        ),
    ] = "full+hallucination",
    minutes: Annotated[
        float | None,
        typer.Option(min=0.01, max=10_000, help="Time to train; with auto for each method.", show_default="4"),
    ] = None,
    steps: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=100_000_000,
            help="Train so many steps instead: the same seed then gives the same.",
            show_default=False,
        ),
    ] = None,
    backbone: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="inflect-mini, a model's folder, or a seq2seq of the Hub.", show_default="inflect-mini"
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="ISO 639-3 code, for a backbone that knows the language.")
    ] = None,
    seed: Seed = 0,
    json: Json = False,
) -> None:
    """Train an inflector on the rows of a file.

    Example: lexaug inflect train --train sme.trn --dev sme.dev --minutes 4 -o inflectors/sme
    """
    from lexaug.errors import ConfigError
    from lexaug.files import require_place
    from lexaug.inflection.examples import read_examples
    from lexaug.inflection.folder import write_inflector
    from lexaug.inflection.leaks import require_unseen
    from lexaug.inflection.methods import AUTO, NAMES, NEURAL
    from lexaug.inflection.settings import InflectorSettings
    from lexaug.languages import language as find_language
    from lexaug.registry import unknown

    if method not in NAMES:
        raise unknown("method", method, NAMES)
    require_place(output)
    settings = _budget(InflectorSettings(seed=seed), method, minutes, steps)
    if backbone is not None and method != AUTO and not (method in NEURAL and NEURAL[method].backbone):
        raise ConfigError(f"{method} starts from no backbone", hint="leave --backbone out, or take full or lora")
    if language is not None:
        find_language(language)
    files = {"train": train} | ({"dev": dev} if dev else {})
    read = [read_examples(file, covered=True) for file in files.values()]
    rows, tuned = read[0].with_forms(), read[1].with_forms() if dev else ()
    if dev:
        require_unseen(tuned, rows, dev)
    inflector = _trained(method, rows, tuned, settings, {"backbone": backbone, "language": language})
    metrics = write_inflector(output, inflector, files)
    result = {"output": str(output), **metrics, "rows_without_form": sum(file.without_form for file in read)}
    emit(json, result, lambda: _told(output, result))


def _budget(settings: InflectorSettings, method: str, minutes: float | None, steps: int | None) -> InflectorSettings:
    """Set minutes or steps, whichever is given; refuse both, and either of them for rules."""
    from lexaug.errors import ConfigError
    from lexaug.inflection.methods import RULES

    if minutes is not None and steps is not None:
        raise ConfigError("--minutes and --steps both bound the training", hint="give one of them")
    if method == RULES and (minutes, steps) != (None, None):
        raise ConfigError("rules are learnt in one go", hint="leave --minutes and --steps out")
    return replace(settings, steps=steps, minutes=settings.minutes if minutes is None else minutes)


def _trained(
    method: str,
    rows: Sequence[InflectionExample],
    dev: Sequence[InflectionExample],
    settings: InflectorSettings,
    start: Mapping[str, str | None],
) -> Inflector:
    from lexaug.inflection.auto import choose
    from lexaug.inflection.methods import AUTO
    from lexaug.inflection.run import train_inflector

    if method != AUTO:
        with share_bar(f"training {method}") as bar:
            return train_inflector(method, rows, dev, settings, **start, progress=bar)
    with step_bar(method) as advance:
        return choose(rows, dev, settings, **start, announce=advance)


def _left_out(rows: int) -> str:
    return f"left out: rows without a form, {rows:,}"


def _told(output: Path, metrics: Mapping[str, Any]) -> str:
    accuracy, reason = metrics["dev_accuracy"], metrics.get("auto", {}).get("reason")
    lines = [f"inflector written to {output}: {metrics['method']}, {metrics['seconds'] / 60:.1f} minutes"]
    lines[0] += "" if accuracy is None else f", {accuracy:.1f}% right on dev"
    if left_out := metrics["rows_without_form"]:
        lines.append(_left_out(left_out))
    if near := metrics.get("nearest_language"):
        lines.append(f"started from the backbone's {near}, the most alike of its languages")
    if (request := metrics.get("backbone_request")) is not None:
        lines.append(
            f"{metrics['backbone']} has no safetensors weights of its own: taken from pull request {request}, "
            "the Hub's conversion"
        )
    if metrics.get("made_up") == 0:
        lines.append("no examples were made up: no row has a stem whose letters can be exchanged")
    if (steps := metrics.get("steps")) is not None and steps < FEW:
        lines.append(f"only {steps} steps: give more --minutes or --steps")
    if reason:
        lines += [reason, *(f"  {t['dev_accuracy']:5.1f}  {t['method']}" for t in metrics["auto"]["trials"])]
        lines += [f"      -  {name}: {why}" for name, why in metrics["auto"]["refused"].items()]
    return "\n".join(lines)


@app.command("predict")
def predict(
    inflector: Inflectors,
    test: Test,
    output: Output,
    year: Year = None,
    probabilities: Probabilities = False,
    language: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Ask a backbone as it stands in a language of its own.", show_default=False),
    ] = None,
    json: Json = False,
) -> None:
    """Inflect with a trained inflector, or with inflect-mini in one of its 55 languages.

    Example: lexaug inflect predict inflectors/sme --test sme.tst -o sme.out

    Example: lexaug inflect predict inflect-mini --language fin --test fin.tst -o fin.out
    """
    from lexaug.cli.sources import as_path, require_outside
    from lexaug.errors import ConfigError
    from lexaug.files import require_other
    from lexaug.inflection.backbone import SHIPPED
    from lexaug.inflection.folder import MANIFEST, load_inflector
    from lexaug.inflection.pretrained import pretrained

    def load() -> tuple[Inflector, str | None]:
        return (load_inflector(inflector) if language is None else pretrained(as_path(str(inflector)), language)), None

    trained = (inflector / MANIFEST).is_file()
    if trained and language is not None:
        raise ConfigError("was trained for one language", file=inflector, hint="leave --language out")
    if str(inflector) == SHIPPED and language is None and not inflector.is_dir():
        raise ConfigError(f"{SHIPPED} knows many languages", hint="name one: --language")
    require_other(output, test)
    if language is not None and inflector.is_dir():
        require_outside(output, inflector, "inflector")
    _predict(load, test, output, year, probabilities, json)


@app.command("paradigm")
def paradigm(
    lemma: Annotated[str, typer.Argument(help="The word to inflect.", show_default=False)],
    pack: Annotated[Path | None, typer.Option(metavar="FOLDER", help="A pack: its table.", show_default=False)] = None,
    table: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A table, instead of a pack.", show_default=False)
    ] = None,
    inflector: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A trained inflector; rules without.", show_default=False)
    ] = None,
    pos: Annotated[
        str | None, typer.Option(metavar="N|V|ADJ|...", help="Part of speech.", show_default="the table's")
    ] = None,
    least: Annotated[int, typer.Option(min=1, help="Leave out cells that fewer lemmas of the table have.")] = 2,
    json: Json = False,
) -> None:
    """Print the whole table of a lemma: cells that are known, and the others as predicted, with probability.

    Without a pack or a table an inflector fills all cells that it has learnt.

    Example: lexaug inflect paradigm dihtor --pack packs/sme --pos N
    """
    from lexaug.cli.paradigm import known_table, paradigm_table
    from lexaug.inflection.choice import require_inflector
    from lexaug.inflection.folder import check_inflector, load_inflector
    from lexaug.inflection.paradigm import learnt_paradigm, whole_paradigm

    if inflector and pack is None and table is None:
        found = learnt_paradigm(lemma, load_inflector(inflector), pos=pos)
    else:
        known = known_table(pack, table)
        if inflector and pack:
            require_inflector(str(inflector.absolute()), known.lang)
        elif inflector:
            check_inflector(inflector)
        load = partial(load_inflector, inflector) if inflector else None
        found = whole_paradigm(lemma, known, load, pos=pos, least=least)
    emit(json, found.as_json(), lambda: paradigm_table(found))


def _predict(
    make: Callable[[], tuple[Inflector, str | None]],
    test: Path,
    output: Path,
    year: int | None,
    probabilities: bool,
    json: bool,
) -> None:
    """Answer the rows of a file; nothing is made to be asked before all else is known to be right.

    Columns stand in the order of the year, else of the file, else in that which comes with what is asked, else as in
    2023.
    """
    from lexaug.cli.sources import require_outside
    from lexaug.files import require_file_place
    from lexaug.inflection.examples import YEARS, order_of, read_examples, write_examples
    from lexaug.inflection.folder import MANIFEST

    require_file_place(output)
    for folder in Path(realpath(output)).parents:
        if (folder / MANIFEST).is_file():
            require_outside(output, folder, "inflector")
    wanted = None if year is None else order_of(year)
    asked = read_examples(test, covered=True)
    model, usual = make()
    order = wanted or asked.order or usual or order_of(YEARS[-1])
    found = model.inflect(asked.rows)
    rows = [row.answered(made.form) for row, made in zip(asked.rows, found, strict=True)]
    shares = [made.share for made in found] if probabilities else None
    write_examples(output, rows, order, shares=shares, spelling=model.odd_letters)
    strange = len(model.notation.strange(asked.rows)) if model.notation.learnt else None  # not known as it stands
    if strange:
        stderr.print(f"note: rows with features that training has not, {strange:,} of {len(rows):,}", markup=False)
    result = {"output": str(output), "rows": len(rows), "order": order, "rows_with_unknown_features": strange}
    emit(json, result, lambda: f"{len(rows):,} forms written to {output} ({order})")
