"""Trained inflectors for the study: each learns from a part of the lemmas of its pack's table."""

from __future__ import annotations

from pathlib import Path

from experiments.inflection_synthesis.held_out import EVERY, PARTS, lemmas_of
from experiments.packs import WORK, make_pack, version
from experiments.shared_task import draw
from experiments.study import say
from lexaug.errors import StateError
from lexaug.files import fingerprint_json
from lexaug.inflection.backbone import find_backbone
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.folder import write_inflector
from lexaug.inflection.run import train_inflector
from lexaug.inflection.settings import InflectorSettings
from lexaug.inflection.table_rows import rows_of_lemmas
from lexaug.morphology.row import spelling
from lexaug.morphology.table import ParadigmTable
from lexaug.pack import load_pack

METHOD, STEPS, ROWS, SEED = "lora", 2_000, 10_000, 0
"""How they are trained: an adapter on the shipped backbone, steps (some four minutes of a core), so many rows drawn."""


def folder_of(code: str) -> Path:
    """Say where a language's inflector lies, apart for each way of training it; another part may train it too."""
    way = fingerprint_json([METHOD, STEPS, ROWS, SEED, version(code), find_backbone().identity])[:12]
    return (WORK / "inflectors" / way / code).resolve()


def train_model(code: str) -> None:
    """Train a language's inflector unless that is done."""
    folder = folder_of(code)
    if folder.is_dir():
        return
    say(f"training an inflector for {code}")
    rows = rows_to_learn(load_pack(make_pack(code)).paradigms())
    inflector = train_inflector(METHOD, rows, (), InflectorSettings(steps=STEPS), language=code)
    try:
        write_inflector(folder, inflector, {})
    except StateError:
        if not folder.is_dir():  # else another part was faster
            raise


def rows_to_learn(table: ParadigmTable) -> list[InflectionExample]:
    """Draw rows to learn from.

    Of every five lemmas the first is held out for the study, and the last for the inflector's threshold.
    """
    rows = []
    for pos in PARTS:
        lemmas = lemmas_of(table, pos)
        away = {*lemmas[::EVERY], *lemmas[EVERY - 1 :: EVERY]}
        learnt = (lemma for lemma in sorted(table.lemmas) if table.has(lemma, pos) and spelling(lemma) not in away)
        rows += rows_of_lemmas(learnt, table, pos)
    return draw(rows, ROWS, SEED)
