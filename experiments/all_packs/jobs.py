"""The rows of the table of all packs: what is trained and measured for a language and a task."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.outcomes import FOLDER, Measured
from experiments.packs import DATA, make_pack
from experiments.study import TRAIN, Cell, dev_part, measure, measured, say, train_cell
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


def has(code: str, task: str) -> bool:
    """Tell whether there is real text to score a task on."""
    return code in POS_TEST if task == "pos" else code in TATOEBA or code in SIB200
