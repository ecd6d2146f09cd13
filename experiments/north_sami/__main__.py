"""North Sámi: does inflected pseudo-text make a useful adapter? `python -m experiments.north_sami [--part K/N]`.

Three seeds of three kinds of pseudo-text, evaluated on all sentences of the treebank's test file. Whatever is done
already is not done again, so that the study can be run in parts: `--part 1/2` and `--part 2/2` train every other
cell, in two processes of one thread each if wished; the last call, without `--part`, evaluates.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from experiments.packs import DATA, make_pack
from experiments.study import (
    SENTENCES,
    TRAIN,
    Bar,
    Cell,
    bar,
    dev_part,
    pick,
    say,
    score_rows,
    table,
    train_cell,
    verdict,
    write_result,
)
from lexaug.evaluation.pos import evaluate_pos
from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.statistics import Outcome, score
from lexaug.pack import load_pack
from lexaug.synthesis.tagged import read_tagged

TREEBANK = DATA / "sme" / "ud" / "UD_North_Sami-Giella"
TEST = TREEBANK / "sme_giella-ud-test.conllu"
MODES = ("morph", "lexicon", "random-inflection")
SEEDS = (1, 2, 3)
LONGEST = 25
"""The earlier reference points were measured on the test sentences of at most so many words."""
SHORT_BAR = 71.0
Outcomes = Mapping[str, Outcome]


def main() -> None:
    """Train, evaluate, write docs/results/north_sami.md."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", default="", help="K/N: train every N-th cell from the K-th, and nothing else")
    part = options.parse_args().part
    dev = dev_part(TREEBANK / "sme_giella-ud-train.conllu", "sme")
    cells = [Cell("sme", mode, seed) for seed in SEEDS for mode in MODES]
    if part:
        number, parts = map(int, part.split("/"))
        for cell in cells[number - 1 :: parts]:
            train_cell(cell, dev)
        return
    for cell in cells:
        train_cell(cell, dev)
    reports = {mode: _evaluate(mode, dev) for mode in MODES}
    _write(reports)


def _evaluate(mode: str, dev: Path) -> EvalReport:
    say(f"evaluating {mode}")
    folders = [Cell("sme", mode, seed).folder for seed in SEEDS]
    return evaluate_pos(folders, load_pack(make_pack("sme")), TRAIN, TEST, dev, progress=lambda *step: say(str(step)))


def _write(reports: Mapping[str, EvalReport]) -> None:
    outcomes = {mode: report.outcomes for mode, report in reports.items()}
    short = [i for i, sentence in enumerate(read_tagged(TEST)) if len(sentence.tokens) <= LONGEST]
    best = "adapter_translate_train"
    bars = _bars(outcomes, best)
    subset = score(best, pick(outcomes["morph"], short)[best])
    text = [
        "# North Sámi: part-of-speech transfer\n",
        f"Command: `python -m experiments.north_sami`. Source: the first {SENTENCES:,} sentences of UD English-EWT "
        "train. "
        f"Test: all {reports['morph'].n} sentences of UD North_Sami-Giella test. Settings were chosen on "
        "every fifth sentence of its train split (300). "
        f"Seeds {', '.join(map(str, SEEDS))} (of synthesis, adapter and heads together); intervals are 95% paired "
        "bootstraps over sentences, the spread is the standard deviation over seeds.\n",
        "## Bars\n",
        table(["difference", "points", "95% interval", "wanted", ""], [found.row() for found in bars]),
        f"`{best}` on the {len(short)} sentences of at most {LONGEST} words: {subset.value:.1f} "
        f"[{subset.low:.1f}, {subset.high:.1f}], wanted {SHORT_BAR:g}: {verdict(subset.value >= SHORT_BAR)}.\n",
    ]
    for mode, report in reports.items():
        text += [
            f"## Pseudo-text: {mode}\n",
            f"Verdict: {report.verdict_line}\n",
            table(["system", "all sentences", "95% interval", "spread"], score_rows(outcomes[mode])),
            f"On the {len(short)} sentences of at most {LONGEST} words:\n",
            table(["system", "score", "95% interval", "spread"], score_rows(pick(outcomes[mode], short))),
            f"`{report.signature}`\n",
        ]
    data = {mode: report.as_json() for mode, report in reports.items()}
    write_result("north_sami", "\n".join(text), data)


def _bars(outcomes: Mapping[str, Outcomes], best: str) -> list[Bar]:
    morph = outcomes["morph"]
    bars = [
        bar(f"{best} over zero_shot", morph[best], morph["zero_shot"]),
        bar(f"{best} over translate_train", morph[best], morph["translate_train"]),
        bar(f"{best} over char_ngram", morph[best], morph["char_ngram"], 1.5),
        bar("fused over fused_frozen", morph["fused"], morph["fused_frozen"], 1.5),
    ]
    for other in ("lexicon", "random-inflection"):
        for system in (best, "char_ngram"):
            bars.append(bar(f"{system}: morph over {other}", morph[system], outcomes[other][system], 2.0))
    return bars


if __name__ == "__main__":
    main()
