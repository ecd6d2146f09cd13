"""Trained inflectors for the study: each learns from a part of the lemmas of its pack's table."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from experiments.inflection_synthesis.held_out import EVERY, PARTS, lemmas_of
from experiments.packs import WORK, make_pack
from experiments.study import say
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.folder import write_inflector
from lexaug.inflection.run import train_inflector
from lexaug.inflection.settings import InflectorSettings
from lexaug.morphology.row import spelling
from lexaug.morphology.table import ParadigmTable
from lexaug.pack import load_pack

METHOD, STEPS, ROWS = "lora", 2_000, 10_000
"""How they are trained: an adapter on the shipped backbone, steps (some four minutes of a core), rows at most."""
FOLDER = WORK / "inflectors"


def model_of(code: str) -> Path:
    """Give a language's inflector, trained where it is not there."""
    folder = FOLDER / code
    if not folder.is_dir():
        say(f"training an inflector for {code}")
        rows = rows_to_learn(load_pack(make_pack(code)).paradigms())
        settings = InflectorSettings(steps=STEPS)
        FOLDER.mkdir(parents=True, exist_ok=True)
        write_inflector(folder, train_inflector(METHOD, rows, (), settings, language=code), {})
    return folder.resolve()


def rows_to_learn(table: ParadigmTable) -> list[InflectionExample]:
    """Draw rows to learn from.

    Of every five lemmas the first is held out for the study, and the last for the inflector's threshold.
    """
    rows = []
    for pos in PARTS:
        lemmas = lemmas_of(table, pos)
        away = {*lemmas[::EVERY], *lemmas[EVERY - 1 :: EVERY]}
        for lemma in sorted(table.lemmas):
            if table.has(lemma, pos) and spelling(lemma) not in away:
                cells = table.paradigm(lemma, pos).items()
                rows += [InflectionExample(lemma, str(cell), form) for cell, forms in cells for form in forms]
    drawn = np.random.default_rng(len(rows)).permutation(len(rows))[:ROWS]
    return [rows[place] for place in drawn.tolist()]
