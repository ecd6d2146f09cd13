"""`lexaug eval`: adapters measured on real text, side by side with every simpler means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lexaug.cli.console import Json, emit, step_bar
from lexaug.errors import ConfigError

if TYPE_CHECKING:
    from lexaug.evaluation.report import EvalReport

Chart = Annotated[Path | None, typer.Option(metavar="FILE.svg|pdf|png", help="Also draw the systems with intervals.")]
Save = Annotated[
    bool, typer.Option("--save", help="Keep the report in each adapter's metrics.json, for its card (lexaug publish).")
]

app = typer.Typer(no_args_is_help=True, help="Measure adapters on real text, beside every simpler means.")

Adapters = Annotated[list[Path], typer.Argument(help="Adapter folders; several are seeds of one.", show_default=False)]


@app.command("pos")
def pos(
    adapters: Adapters,
    pack: Annotated[Path, typer.Option(help="The pack that the adapters were trained from.")],
    train: Annotated[Path, typer.Option(metavar="EN.conllu", help="English with gold tags, for the heads.")],
    test: Annotated[Path, typer.Option(metavar="X.conllu|X.txt", help="Real tagged text of the language.")],
    dev: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Real tagged text to tune every system on, equally.")
    ] = None,
    mode: Annotated[
        str | None,
        typer.Option(
            metavar="lexicon|morph|random-inflection", help="Pseudo-text of the baselines; the adapter's own."
        ),
    ] = None,
    chart: Chart = None,
    save: Save = False,
    json: Json = False,
) -> None:
    """Part-of-speech transfer: accuracy of each system on the same sentences, with intervals and a verdict.

    Systems: zero_shot (frozen backbone, head on English), translate_train (head on English and pseudo-text), char_ngram
    (no backbone at all), adapter, adapter_translate_train, fused_frozen, fused (log-probabilities summed with
    char_ngram's). The pack's text and the English may not hold any sentence that is scored.

    Example: lexaug eval pos adapters/sme --pack packs/sme --train en_ewt-ud-train.conllu --test sme-ud-test.conllu
    """
    from lexaug.evaluation.pos import evaluate_pos
    from lexaug.evaluation.saving import save_report
    from lexaug.pack import load_pack

    draw = _drawing(chart)
    _examine(adapters)
    with step_bar("evaluating") as advance:
        report = evaluate_pos(adapters, load_pack(pack), train, test, dev, mode=mode, progress=advance)
    if save:
        save_report(report, adapters, test)
    _show(report, draw, json)


@app.command("retrieval")
def retrieval(
    adapters: Adapters,
    source: Annotated[Path, typer.Option(metavar="X.txt|X.tsv", help="The language: lines, or SIB-200's table.")],
    target: Annotated[Path, typer.Option(metavar="EN.txt|EN.tsv", help="English: the same lines, or the same ids.")],
    pack: Annotated[
        Path | None, typer.Option(help="The pack that glosses; the adapter's own.", show_default=False)
    ] = None,
    dev_source: Annotated[Path | None, typer.Option(metavar="X.txt|X.tsv", help="Pairs to choose settings on.")] = None,
    dev_target: Annotated[Path | None, typer.Option(metavar="EN.txt|EN.tsv", help="Their English side.")] = None,
    chart: Chart = None,
    save: Save = False,
    json: Json = False,
) -> None:
    """Bitext retrieval: share of sentences whose translation is the nearest (P@1), mean of both directions.

    Systems: zero_shot (frozen backbone), translate_train (frozen backbone on word-by-word glosses), char_ngram (n-grams
    of the glosses, no backbone), adapter, fused_frozen, fused.

    Example: lexaug eval retrieval adapters/fao --source tatoeba.fao --target tatoeba.eng
    """
    from lexaug.evaluation.retrieval import evaluate_retrieval
    from lexaug.evaluation.saving import save_report
    from lexaug.pack import load_pack

    draw = _drawing(chart)
    _examine(adapters)
    facts = load_pack(pack) if pack else None
    dev = _both(dev_source, dev_target)
    with step_bar("evaluating") as advance:
        report = evaluate_retrieval(adapters, source, target, dev=dev, pack=facts, progress=advance)
    if save:
        save_report(report, adapters, source)
    _show(report, draw, json)


def _examine(adapters: list[Path]) -> None:
    """Refuse adapters that are not to be trusted before anything of them is loaded."""
    from lexaug.hub.trust import require_trusted

    for folder in adapters:
        if folder.is_dir():
            require_trusted(folder, published=False)


Draw = Callable[["EvalReport"], None]


def _drawing(chart: Path | None) -> Draw | None:
    if chart is None:
        return None
    from lexaug.evaluation.chart import chart_writer

    return chart_writer(chart)


def _show(report: EvalReport, draw: Draw | None, json: bool) -> None:
    from lexaug.evaluation.report import render

    if draw is not None:
        draw(report)
    emit(json, report.as_json(), lambda: render(report))


@app.command("inflection")
def inflection(
    gold: Annotated[list[Path], typer.Option(metavar="FILE", help="Rows with forms; repeat for more languages.")],
    pred: Annotated[list[Path], typer.Option(metavar="FILE", help="A prediction for each row; one file per --gold.")],
    train: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="What was learned from: adds the breakdowns by overlap and size."),
    ] = None,
    against: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Another system's predictions, compared in pairs.")
    ] = None,
    json: Json = False,
) -> None:
    """Inflection as the SIGMORPHON shared tasks score it: exact match and Levenshtein distance, intervals by lemma.

    Files of 2016 to 2023 are read in either order of columns. Breakdowns: part of speech, features and, with --train,
    whether lemma and features were seen (both, lemma, features, neither); of several languages also by training size.

    Example: lexaug eval inflection --gold sme.tst --pred sme.rules --train sme.trn
    """
    from lexaug.evaluation.inflection import score_inflection
    from lexaug.evaluation.inflection_report import inflection_report, named_apart
    from lexaug.evaluation.inflection_tables import render_inflection
    from lexaug.evaluation.signature import sign_files
    from lexaug.evaluation.statistics import RESAMPLES

    for name, files in (("pred", pred), ("train", train), ("against", against)):
        if files and len(files) != len(gold):
            message = f"{len(files)} --{name} for {len(gold)} --gold"
            raise ConfigError(message, hint="give one for each, in the same order")
    learned: list[Path | None] = [*train] if train else [None] * len(gold)
    scores = [score_inflection(*files) for files in zip(gold, pred, learned, strict=True)]
    others = [score_inflection(*files) for files in zip(gold, against or (), strict=False)]
    rests_on = {"gold": gold, "pred": pred, "train": train or (), "against": against or ()}
    signature = sign_files("inflection", rests_on, {"compared": "NFC", "bootstrap": f"lemmas,{RESAMPLES}"})
    named = named_apart(scores, gold, pred, train or pred)
    report = inflection_report(named, others, signature=signature)
    emit(json, report.as_json(), lambda: render_inflection(report))


def _both(source: Path | None, target: Path | None) -> tuple[Path, Path] | None:
    if source is not None and target is not None:
        return source, target
    if source is None and target is None:
        return None
    raise ConfigError("--dev-source and --dev-target belong together", hint="give both or none")
