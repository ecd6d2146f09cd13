"""The same table for all packs, settings unchanged: `python -m experiments.all_packs [--part K/N] [--only CODE...]`.

Cells that are done are not done again, so the study can be run in parts: with `--part` every N-th cell is trained and
nothing else, the first seed of all packs first; without it what is trained is evaluated, and what is not trained yet is
named.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.packs import DATA, INGREDIENTS, make_pack
from experiments.study import SENTENCES, TRAIN, Cell, dev_part, say, table, train_cell, write_result
from lexaug.evaluation.pos import evaluate_pos
from lexaug.evaluation.predictions import Chosen
from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.retrieval import evaluate_retrieval
from lexaug.pack import load_pack
from lexaug.synthesis import build_synthesizer, read_sources
from lexaug.synthesis.tally import Tally

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
    "sme": "ud/UD_North_Sami-Giella/sme_giella-ud-train.conllu",
    "mlt": "ud/UD_Maltese-MUDT/mt_mudt-ud-train.conllu",
    "cym": "ud/UD_Welsh-CCG/cy_ccg-ud-train.conllu",
}
"""The languages that settings are chosen on, and where: in their train splits."""
TATOEBA = {"amh": "amh", "cym": "cym", "fao": "fao", "kaz": "kaz", "kmr": "kur", "swa": "swh", "tgl": "tgl"}
"""Codes under which Tatoeba keeps the languages; the others are tested on SIB-200 where they have it."""
SIB200 = ("lug", "mlt", "quy", "san")


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the table: a language and a task."""

    code: str
    task: str

    def cells(self, seeds: Sequence[int]) -> list[Cell]:
        """Give the adapters of the row."""
        return [Cell(self.code, "morph", seed, PRESETS[self.task], "adapters-without-dev") for seed in seeds]

    def evaluate(self, folders: Sequence[Path], chosen: Mapping[str, Chosen]) -> EvalReport:
        """Score the adapters on real text; nothing is tuned here."""
        if self.task == "pos":
            test = DATA / self.code / POS_TEST[self.code]
            return evaluate_pos(folders, load_pack(make_pack(self.code)), TRAIN, test, chosen=chosen)
        return evaluate_retrieval(folders, *bitext(self.code))


def settings() -> dict[str, Chosen]:
    """Choose each system's settings on the dev languages: what most of them choose, else what the first does."""
    votes = []
    for code, train in DEV.items():
        folder = train_cell(Cell(code, "morph", SEEDS[0], PRESETS["pos"], "adapters-without-dev"), None)
        dev = dev_part(DATA / code / train, code)
        say(f"choosing on {code}")
        report = evaluate_pos([folder], load_pack(make_pack(code)), TRAIN, DATA / code / POS_TEST[code], dev)
        votes.append(report.chosen)
    return {name: _most_chosen([vote[name] for vote in votes]) for name in votes[0]}


def _most_chosen(votes: Sequence[Chosen]) -> Chosen:
    return max(votes, key=votes.count)


def bitext(code: str) -> tuple[Path, Path]:
    """Give the bitext of a language: its side and the English one."""
    if code in TATOEBA:
        pair = DATA / code / "tatoeba" / f"tatoeba.{TATOEBA[code]}-eng"
        return pair.with_name(f"{pair.name}.{TATOEBA[code]}"), pair.with_name(f"{pair.name}.eng")
    return DATA / code / "sib200" / "test.tsv", DATA / "english" / "sib200" / "test.tsv"


def main() -> None:
    """Train, evaluate, write docs/results/all_packs.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="", help="K/N: train every N-th cell from the K-th, and nothing else")
    parser.add_argument("--only", nargs="*", default=sorted(INGREDIENTS), help="languages")
    parser.add_argument("--tasks", nargs="*", default=list(PRESETS), choices=list(PRESETS))
    parser.add_argument("--seeds", nargs="*", type=int, default=list(SEEDS))
    options = parser.parse_args()
    jobs = [Job(code, task) for code in options.only for task in options.tasks if has(code, task)]
    if options.part:
        number, parts = map(int, options.part.split("/"))
        cells = [cell for seed in options.seeds for job in jobs for cell in job.cells([seed])]
        for cell in cells[number - 1 :: parts]:
            train_cell(cell, None)
        return
    write(jobs, options.seeds)


def has(code: str, task: str) -> bool:
    """Tell whether there is real text to score a task on."""
    return code in POS_TEST if task == "pos" else code in TATOEBA or code in SIB200


def write(jobs: Sequence[Job], seeds: Sequence[int]) -> None:
    """Evaluate the jobs whose adapters are all there and write the page."""
    rows, data, missing = [], {}, []
    chosen = settings() if any(job.task == "pos" for job in jobs) else {}
    for job in jobs:
        folders = [cell.folder for cell in job.cells(seeds) if cell.trained]
        if not folders:
            missing.append(f"{job.code} {job.task}")
            continue
        say(f"evaluating {job.code} {job.task}, {len(folders)} seeds")
        report = job.evaluate(folders, chosen)
        rows.append(row(job, report, len(folders)))
        data[f"{job.code} {job.task}"] = report.as_json()
    say(f"not trained yet: {', '.join(missing) or 'none'}")
    shares = [[code, f"{100 * share:.1f}"] for code, share in inflected({job.code for job in jobs}).items()]
    head = ["pack", "task", "n", "seeds", *SYSTEMS, "verdict"]
    text = [
        "# All packs\n",
        f"Command: `python -m experiments.all_packs`. Source: the first {SENTENCES:,} sentences of UD English-EWT "
        f"train. Settings of the systems were chosen on sentences of the train splits of {', '.join(DEV)} and then "
        "used for all; nothing was tuned on the others. Scores are per cent with 95% intervals over sentences, means "
        "over seeds.\n",
        table(head, rows),
        "Not trained yet: " + (", ".join(missing) or "none") + ".\n",
        "## Content words truly inflected\n",
        "Share of the inserted content words that stand in exactly the cell asked for (nearest cells, rules, analogy "
        "and bare words do not count), first 2,000 sentences.\n",
        table(["pack", "per cent"], shares),
    ]
    write_result("all_packs", "\n".join(text), data)


SYSTEMS = (
    "zero_shot",
    "translate_train",
    "char_ngram",
    "fused_frozen",
    "adapter",
    "adapter_translate_train",
    "fused",
)


def row(job: Job, report: EvalReport, seeds: int) -> list[str]:
    """Give the table row of one report."""
    scores = []
    for name in SYSTEMS:
        found = report.systems.get(name)
        scores.append(f"{found.value:.1f} [{found.low:.1f}, {found.high:.1f}]" if found else "")
    return [job.code, job.task, str(report.n), str(seeds), *scores, report.verdict_line]


def inflected(codes: set[str]) -> dict[str, float]:
    """Measure the share of content words that are truly inflected, per pack."""
    shares = {}
    for code in sorted(codes):
        synthesizer = build_synthesizer(load_pack(make_pack(code)), mode="morph", seed=1)
        tally = Tally()
        for sentence in read_sources([TRAIN], limit=2_000):
            if (example := synthesizer(sentence)) is not None:
                tally.add(example)
        shares[code] = tally.as_json()["inflected_share"]
    return shares


if __name__ == "__main__":
    main()
