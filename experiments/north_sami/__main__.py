"""North Sámi: does inflected pseudo-text make a useful adapter? `python -m experiments.north_sami [--part K/N]`.

Three seeds of three kinds of pseudo-text, evaluated on all sentences of the treebank's test file. What was measured of
a cell is a committed file and is not measured again, so the study can be run in parts, on any machine: `--part 1/2` and
`--part 2/2` train and evaluate every other cell; without it all are, and the page is written. `--page` writes the page
from what there is and names the rest.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from experiments.outcomes import Measured, join
from experiments.packs import DATA, make_pack
from experiments.study import (
    PASSES,
    SENTENCES,
    TRAIN,
    Bar,
    Cell,
    bar,
    dev_part,
    measure,
    measured,
    part_of,
    pick,
    score_rows,
    table,
    verdict,
    write_result,
)
from lexaug.evaluation.pos import evaluate_pos
from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.statistics import Outcome, score
from lexaug.pack import load_pack
from lexaug.synthesis.tagged import read_tagged

STUDY = "north_sami"
TREEBANK = DATA / "sme" / "ud" / "UD_North_Sami-Giella"
TEST = TREEBANK / "sme_giella-ud-test.conllu"
MODES = ("morph", "lexicon", "random-inflection")
SEEDS = (1, 2, 3)
LONGEST, REFERENCE = 25, 450
"""The earlier reference points were measured on so many test sentences of at most so many words. The file has 837 of
them; which ones were taken is not known, so the first are taken here."""
LONGEST_RUN = 10.0
"""Minutes that the training of an adapter may take on two cores."""
SHORT_BAR = 71.0
BEST = "adapter_translate_train"
"""The adapter's own system: its head was trained end to end with it, or on English and pseudo-text through it."""
Outcomes = Mapping[str, Outcome]


def main() -> None:
    """Train, evaluate, write docs/results/north_sami.md."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--part", default="", help="K/N: measure every N-th cell from the K-th, and write no page")
    options.add_argument("--page", action="store_true", help="measure nothing: write the page from what there is")
    given = options.parse_args()
    cells = [Cell("sme", mode, seed) for seed in SEEDS for mode in MODES]
    if not given.page:
        for cell in part_of(cells, given.part):
            _measure(cell)
    if not given.part:
        _write({mode: join(found) for mode in MODES if (found := _measured(mode))}, _missing(cells))


def _measure(cell: Cell) -> Measured:
    """Train and evaluate a cell; each system's settings are those that the first seed of its mode has chosen on dev."""
    first = Cell(cell.code, cell.mode, SEEDS[0])
    dev = dev_part(TREEBANK / "sme_giella-ud-train.conllu", "sme")
    chosen = None if cell == first else _measure(first).chosen
    return measure(
        STUDY,
        cell,
        dev,
        lambda folder: evaluate_pos([folder], load_pack(make_pack("sme")), TRAIN, TEST, dev, chosen=chosen),
    )


def _measured(mode: str) -> list[Measured]:
    return measured(STUDY, (Cell("sme", mode, seed) for seed in SEEDS))


def _missing(cells: list[Cell]) -> list[str]:
    return [f"{cell.mode} seed {cell.seed}" for cell in cells if not measured(STUDY, [cell])]


def _write(reports: Mapping[str, EvalReport], missing: list[str]) -> None:
    outcomes = {mode: report.outcomes for mode, report in reports.items()}
    short = [i for i, sentence in enumerate(read_tagged(TEST)) if len(sentence.tokens) <= LONGEST][:REFERENCE]
    bars = _bars(outcomes)
    longest = max(float(run[2]) for run in _runs())
    subset = score(BEST, pick(outcomes["morph"], short)[BEST])
    text = [
        "# North Sámi: part-of-speech transfer\n",
        f"Command: `python -m experiments.north_sami`. Source: the first {SENTENCES:,} sentences of UD English-EWT "
        f"train. Test: all {reports['morph'].n} sentences of UD North_Sami-Giella test. Settings were chosen on "
        "every fifth sentence of its train split (300); the same part tunes every system and decides which pass of a "
        f"run is kept. Each run makes {PASSES} passes in one process of one thread. Seeds are of synthesis, "
        "adapter and heads together; intervals are 95% paired bootstraps over sentences, the spread is the standard "
        "deviation over seeds.\n",
        f"Not measured yet: {', '.join(missing) or 'nothing'}.\n",
        "## Bars\n",
        table(["difference", "points", "95% interval", "wanted", ""], [found.row() for found in bars]),
        f"`{BEST}` on the first {len(short)} sentences of at most {LONGEST} words: {subset.value:.1f} "
        f"[{subset.low:.1f}, {subset.high:.1f}], wanted {SHORT_BAR:g}: {verdict(subset.value >= SHORT_BAR)}. "
        f"The longest run took {longest:.1f} minutes, {LONGEST_RUN:g} wanted: {verdict(longest <= LONGEST_RUN)}.\n",
        "## Training\n",
        table(["pseudo-text", "seed", "minutes", "tokens", "tokens/s", "dev", "dev without characters"], _runs()),
    ]
    for mode, report in reports.items():
        text += [
            f"## Pseudo-text: {mode}\n",
            f"Verdict ({score_seeds(report)} seeds): {report.verdict_line}\n",
            table(["system", "all sentences", "95% interval", "spread"], score_rows(outcomes[mode])),
            f"On the first {len(short)} sentences of at most {LONGEST} words:\n",
            table(["system", "score", "95% interval", "spread"], score_rows(pick(outcomes[mode], short))),
            f"Signature of the first seed: `{report.signature.partition(' + ')[0]}`\n",
        ]
    data = {mode: report.as_json() for mode, report in reports.items()}
    write_result("north_sami", "\n".join(text), data)


def score_seeds(report: EvalReport) -> int:
    """Count the seeds of a report."""
    return report.systems[BEST].seeds


def _runs() -> Iterator[list[str]]:
    for mode in MODES:
        for found in _measured(mode):
            run = found.training
            dev = [f"{run[name]:.1f}" for name in ("dev_accuracy", "dev_accuracy_without_characters")]
            speed = [f"{run['wall_seconds'] / 60:.1f}", f"{run['tokens']:,}", f"{run['tokens_per_second']:,.0f}"]
            yield [mode, _seed(found), *speed, *dev]


def _seed(measured: Measured) -> str:
    return measured.signature.partition("|seeds:")[2].partition("|")[0]


def _bars(outcomes: Mapping[str, Outcomes]) -> list[Bar]:
    best, morph = BEST, outcomes["morph"]
    bars = [
        bar(f"{best} over zero_shot", morph[best], morph["zero_shot"]),
        bar(f"{best} over translate_train", morph[best], morph["translate_train"]),
        bar(f"{best} over char_ngram", morph[best], morph["char_ngram"], 1.5),
        bar("fused over fused_frozen", morph["fused"], morph["fused_frozen"], 1.5),
    ]
    for other in (mode for mode in MODES[1:] if mode in outcomes):
        for system in (best, "char_ngram"):
            bars.append(bar(f"{system}: morph over {other}", morph[system], outcomes[other][system], 2.0))
    return bars


if __name__ == "__main__":
    main()
