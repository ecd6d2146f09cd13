"""How many forms of lemmas come out right that the inflector, its threshold included, knows nothing of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lexaug.evaluation.statistics import Outcome, Score, score
from lexaug.inflection.believed import Believed
from lexaug.inflection.choice import INFLECTORS, believer
from lexaug.inflection.folder import load_inflector
from lexaug.inflection.inflector import lemma_mark
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.row import spelling
from lexaug.morphology.table import ParadigmTable

EVERY = 5
"""Every fifth lemma is held out."""
FORMS = 1_000
"""Forms asked for at most of each part of speech."""
PARTS = ("N", "V", "ADJ")
Question = tuple[str, FeatureBundle]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Figures of one part of speech, all per cent: what is right of what is believed, and of what stays bare."""

    pos: str
    forms: int
    lemmas: int
    believed: float
    right: Score | None
    bare_right: float


def held_out(table: ParadigmTable, inflector: str) -> Iterator[HeldOut]:
    """Ask an inflector for forms of every fifth lemma, which the table that it is given lacks."""
    for pos in PARTS:
        away = lemmas_of(table, pos)[::EVERY]
        make = believer(inflector, table.without_lemmas(away))
        believed = make(pos) if make is not None else None
        if believed is not None and (asked := _questions(table, frozenset(away), pos, believed, _seen(inflector))):
            yield _figures(table, pos, asked, believed)


def lemmas_of(table: ParadigmTable, pos: str) -> list[str]:
    """List the lemmas of a part of speech by their spelling, in order."""
    return sorted({spelling(lemma) for lemma in table.lemmas if table.has(lemma, pos)})


def _seen(inflector: str) -> frozenset[str]:
    lemmas = None if inflector in INFLECTORS else load_inflector(Path(inflector)).lemmas
    return lemmas or frozenset()


def _questions(
    table: ParadigmTable, away: frozenset[str], pos: str, believed: Believed, seen: frozenset[str]
) -> list[Question]:
    lemmas = [lemma for lemma in sorted(table.lemmas) if spelling(lemma) in away and lemma_mark(lemma) not in seen]
    asked = [(lemma, cell) for lemma in lemmas for cell in table.paradigm(lemma, pos) if cell in believed.cells]
    drawn = np.random.default_rng(0).permutation(len(asked))[:FORMS]
    return [asked[place] for place in sorted(drawn.tolist())]


def _figures(table: ParadigmTable, pos: str, asked: Sequence[Question], believed: Believed) -> HeldOut:
    made = [(lemma, cell, form) for lemma, cell in asked if (form := believed.form(lemma, cell))]
    right = Counter(lemma for lemma, cell, form in made if form in table.forms(lemma, cell))
    total = Counter(lemma for lemma, _, _ in made)
    counts = Outcome(np.array([[right[lemma] for lemma in total]], dtype=float), np.array([*total.values()], float))
    bare = sum(lemma in table.forms(lemma, cell) for lemma, cell in asked)
    return HeldOut(
        pos=pos,
        forms=len(asked),
        lemmas=len({lemma for lemma, _ in asked}),
        believed=100 * len(made) / len(asked),
        right=score("right", counts) if made else None,
        bare_right=100 * bare / len(asked),
    )
