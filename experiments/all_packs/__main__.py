"""The same table for all packs, settings unchanged: `python -m experiments.all_packs [--part K/N] [--only CODE...]`.

What was measured of a cell is a committed file and is not measured again, so the study can be run in parts, on any
machine. `--settings` first chooses the systems' settings on the dev languages; `--part K/N` then trains and evaluates
every N-th cell, the first seed of all packs first; `--page` writes the page and names what is not measured yet.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.outcomes import FOLDER, Measured, join
from experiments.packs import DATA, INGREDIENTS, make_pack
from experiments.study import (
    SENTENCES,
    TRAIN,
    Cell,
    dev_part,
    measure,
    measured,
    part_of,
    say,
    table,
    tally,
    train_cell,
    write_result,
)
from lexaug.evaluation.pos import evaluate_pos
from lexaug.evaluation.predictions import Chosen
from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.retrieval import evaluate_retrieval
from lexaug.files import write_json
from lexaug.inflection.choice import RULES
from lexaug.pack import load_pack

STUDY = "all_packs"
SEEDS = (1, 2, 3)
PRESETS = {"pos": "tagging", "retrieval": "retrieval"}
POS_TEST = {
    "amh": "ud/UD_Amharic-ATT/am_att-ud-test.conllu",
    "cym": "ud/UD_Welsh-CCG/cy_ccg-ud-test.conllu",
    "fao": "ud/UD_Faroese-OFT/fo_oft-ud-test.conllu",
    "kaz": "ud/UD_Kazakh-KTB/kk_ktb-ud-test.conllu",
    "kmr": "ud/UD_Kurmanji-MG/kmr_mg-ud-test.conllu",
    "lug": "masakhapos_NC/test.txt",
    "mlt": "ud/UD_Maltese-MUDT/mt_mudt-ud-test.conllu",
    "san": "ud/UD_Sanskrit-UFAL/sa_ufal-ud-test.conllu",
    "sme": "ud/UD_North_Sami-Giella/sme_giella-ud-test.conllu",
    "swa": "masakhapos_NC/test.txt",
    "tgl": "ud/UD_Tagalog-TRG/tl_trg-ud-test.conllu",
}
DEV = {
    "mlt": "ud/UD_Maltese-MUDT/mt_mudt-ud-train.conllu",
    "cym": "ud/UD_Welsh-CCG/cy_ccg-ud-train.conllu",
}
"""The languages that settings are chosen on, in their train splits, beside North Sámi, whose own study has done so."""
TATOEBA = {"amh": "amh", "cym": "cym", "fao": "fao", "kaz": "kaz", "kmr": "kur", "swa": "swh", "tgl": "tgl"}
"""Codes under which Tatoeba keeps the languages; the others are tested on SIB-200 where they have it."""
SIB200 = ("lug", "mlt", "quy", "san")


SETTINGS = FOLDER / STUDY / "settings.json"
"""What each dev language chose for each system; kept when pseudo-text or adapters change."""


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the table: a language and a task; `study` is where what was measured is kept."""

    code: str
    task: str
    inflector: str = RULES
    study: str = STUDY

    def cell(self, seed: int) -> Cell:
        """Give an adapter of the row; none of them sees a tagged sentence of its language."""
        return Cell(self.code, "morph", seed, PRESETS[self.task], "adapters-without-dev", self.inflector)

    def measured(self, seeds: Sequence[int]) -> list[Measured]:
        """Give what was measured until now."""
        return measured(self.study, map(self.cell, seeds))

    def measure(self, seed: int) -> Measured:
        """Train an adapter and score it on real text; nothing is tuned here."""
        return measure(self.study, self.cell(seed), None, self._evaluate)

    def _evaluate(self, folder: Path) -> EvalReport:
        if self.task == "pos":
            test = DATA / self.code / POS_TEST[self.code]
            return evaluate_pos([folder], load_pack(make_pack(self.code)), TRAIN, test, chosen=settings())
        return evaluate_retrieval([folder], *bitext(self.code))


def choose_settings(codes: Sequence[str]) -> None:
    """Let dev languages choose the settings of every system."""
    for code in codes:
        if code not in _votes():
            _vote(code, _chosen_on(code))
    first = measured("north_sami", [Cell("sme", "morph", SEEDS[0])])
    if first and "sme" not in _votes():
        _vote("sme", first[0].chosen)


def _chosen_on(code: str) -> Mapping[str, Chosen]:
    folder = train_cell(Job(code, "pos").cell(SEEDS[0]), None)
    say(f"choosing on {code}")
    dev = dev_part(DATA / code / DEV[code], code)
    return evaluate_pos([folder], load_pack(make_pack(code)), TRAIN, DATA / code / POS_TEST[code], dev).chosen


def settings() -> dict[str, Chosen]:
    """Give each system's settings: what most of the dev languages chose, else what the first did."""
    votes = [chosen for _, chosen in sorted(_votes().items(), key=lambda vote: vote[0] != "sme")]
    if len(votes) <= len(DEV):
        raise SystemExit("the settings are not chosen yet: run experiments.north_sami, then this with --settings")
    return {name: max((vote[name] for vote in votes), key=[vote[name] for vote in votes].count) for name in votes[0]}


def _vote(code: str, chosen: Mapping[str, Chosen]) -> None:
    SETTINGS.parent.mkdir(parents=True, exist_ok=True)
    write_json(SETTINGS, {**_votes(), code: {name: dict(found) for name, found in chosen.items()}})


def _votes() -> dict[str, Mapping[str, Chosen]]:
    return json.loads(SETTINGS.read_text(encoding="utf-8")) if SETTINGS.is_file() else {}


def bitext(code: str) -> tuple[Path, Path]:
    """Give the bitext of a language: its side and the English one."""
    if code in TATOEBA:
        pair = DATA / code / "tatoeba" / f"tatoeba.{TATOEBA[code]}-eng"
        return pair.with_name(f"{pair.name}.{TATOEBA[code]}"), pair.with_name(f"{pair.name}.eng")
    return DATA / code / "sib200" / "test.tsv", DATA / "english" / "sib200" / "test.tsv"


def main() -> None:
    """Train, evaluate, write docs/results/all_packs.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--settings", nargs="*", choices=list(DEV), help="choose settings on these dev languages")
    parser.add_argument("--part", default="", help="K/N: measure every N-th cell from the K-th, and write no page")
    parser.add_argument("--page", action="store_true", help="measure nothing: write the page from what there is")
    parser.add_argument("--only", nargs="*", default=sorted(INGREDIENTS), help="languages")
    parser.add_argument("--tasks", nargs="*", default=list(PRESETS), choices=list(PRESETS))
    parser.add_argument("--seeds", nargs="*", type=int, default=list(SEEDS))
    options = parser.parse_args()
    if options.settings is not None:
        choose_settings(options.settings or list(DEV))
        return
    jobs = [Job(code, task) for task in options.tasks for code in options.only if has(code, task)]
    if not options.page:
        for job, seed in part_of([(job, seed) for seed in options.seeds for job in jobs], options.part):
            job.measure(seed)
    if not options.part:
        write(jobs, options.seeds)


def has(code: str, task: str) -> bool:
    """Tell whether there is real text to score a task on."""
    return code in POS_TEST if task == "pos" else code in TATOEBA or code in SIB200


def write(jobs: Sequence[Job], seeds: Sequence[int]) -> None:
    """Write the page from what is measured."""
    reports = {job: join(found) for job in jobs if (found := job.measured(seeds))}
    missing = list(_missing(jobs, seeds))
    shares = [[code, f"{100 * share:.1f}"] for code, share in inflected({job.code for job in jobs}).items()]
    head = ["pack", "task", "n", "seeds", *SYSTEMS, "verdict"]
    text = [
        "# All packs\n",
        f"Command: `python -m experiments.all_packs`. Source: the first {SENTENCES:,} sentences of UD English-EWT "
        f"train. Settings of the systems were chosen on sentences of the train splits of sme, {', '.join(DEV)} and "
        "then used for all; nothing was tuned on the others, and no adapter saw a tagged sentence of its language. "
        "Scores are per cent with 95% intervals over sentences, means over seeds.\n",
        table(head, [row(job, report) for job, report in reports.items()]),
        "Not measured yet: " + (", ".join(missing) or "nothing") + ".\n",
        "## Content words truly inflected\n",
        "Share of the inserted content words that stand in exactly the cell asked for (nearest cells, rules, models "
        "and bare words do not count), first 2,000 sentences.\n",
        table(["pack", "per cent"], shares),
    ]
    data = {f"{job.code} {job.task}": report.as_json() for job, report in reports.items()}
    write_result(STUDY, "\n".join(text), data)


def _missing(jobs: Sequence[Job], seeds: Sequence[int]) -> Iterator[str]:
    for job in jobs:
        open_seeds = [str(seed) for seed in seeds if not job.measured([seed])]
        if open_seeds:
            yield f"{job.code} {job.task} ({', '.join(open_seeds)})"


SYSTEMS = (
    "zero_shot",
    "translate_train",
    "char_ngram",
    "fused_frozen",
    "adapter",
    "adapter_translate_train",
    "fused",
)


def row(job: Job, report: EvalReport) -> list[str]:
    """Give the table row of one report."""
    scores = []
    seeds = next(iter(report.systems.values())).seeds
    for name in SYSTEMS:
        found = report.systems.get(name)
        scores.append(f"{found.value:.1f} [{found.low:.1f}, {found.high:.1f}]" if found else "")
    return [job.code, job.task, str(report.n), str(seeds), *scores, report.verdict_line]


def inflected(codes: set[str]) -> dict[str, float]:
    """Measure the share of content words that are truly inflected, per pack."""
    return {code: tally(code).as_json()["inflected_share"] for code in sorted(codes)}


if __name__ == "__main__":
    main()
