"""The page of Kazakh: each method by what training has seen of a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from experiments.inflection_cells import Cell, Grid, Result, shown
from experiments.packs import DATA
from experiments.study import RESULTS, table, write_result
from lexaug.evaluation.inflection import OVERLAPS, overlap
from lexaug.evaluation.statistics import Outcome, grouped
from lexaug.inflection.examples import InflectionExample, read_examples, read_training
from lexaug.inflection.methods import RULES

FILES = DATA / "kaz" / "sigmorphon" / "2022"
TRAIN, DEV, TEST = FILES / "kaz_large.train", FILES / "kaz.dev", FILES / "kaz.gold"
ROWS = 7_000
"""Rows of the train file; `kaz_small.train` holds the same ones."""
SAID = dict(
    zip(
        OVERLAPS,
        ("lemma and features seen", "lemma seen, features new", "features seen, lemma new", "both new"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Kazakh(Grid):
    """The cells of Kazakh; a result keeps the distance of each test row's form in the order of the file."""

    def rows(self, cell: Cell) -> tuple[Sequence[InflectionExample], ...]:
        """Give the rows of 2022, all of them whatever the seed."""
        return read_training(TRAIN), read_examples(DEV).rows, read_examples(TEST).rows

    def scored(self, test: Sequence[InflectionExample], forms: Sequence[str]) -> Result:
        """Give accuracy in per cent and the rows' Levenshtein distances."""
        distances = [Levenshtein.distance(row.form or "", form) for row, form in zip(test, forms, strict=True)]
        return {"test": round(100 * mean(not far for far in distances), 2), "distances": " ".join(map(str, distances))}


KAZAKH = Kazakh(
    folder=RESULTS / "inflection_overlap",
    sizes=(ROWS,),
    methods=(RULES, "scratch", "full", "full+hallucination", "lora"),
    minutes=(4.0,),
    languages=("kaz",),
)


def write_page(grid: Kazakh) -> None:
    """Write docs/results/inflection_overlap.md and its figures from the cells that are there."""
    cells = list(grid.cells())
    found = {cell: result for cell in cells if (result := grid.found(cell))}
    test, category = read_examples(TEST).rows, overlap(read_training(TRAIN))
    parts = {"all": [*range(len(test))]}
    parts |= {SAID[name]: [place for place, row in enumerate(test) if category(row) == name] for name in OVERLAPS}
    rows, data = [], dict[str, Any]()
    for method in grid.usable:
        distances = _distances([found[cell] for cell in cells if cell.method == method and cell in found])
        if distances is not None:
            data[method] = {"seeds": len(distances)}
            for name, places in parts.items():
                part = _outcome(distances[:, places], [test[place].lemma for place in places])
                far = float(distances[:, places].mean())
                rows.append(
                    [
                        f"{method} ({len(distances)})",
                        name,
                        f"{len(places):,}",
                        f"{len(part.total):,}",
                        shown(part),
                        f"{far:.2f}",
                    ]
                )
                data[method][name] = {
                    "n": len(places), "accuracy": round(part.value, 2), "distance": round(far, 3)
                }  # fmt: skip
    text = [
        "# Inflection by overlap with training: Kazakh, SIGMORPHON 2022\n",
        "Command: `python -m experiments.inflection_overlap` (goes on where it stopped). Rules, networks without "
        "made-up examples, and the default of `lexaug inflect train`, which has them "
        f"(networks {grid.minutes[0]:g} CPU minutes, one thread) learn from the {ROWS:,} "
        f"rows of `{TRAIN.name}` (`kaz_small.train` holds the same ones) and are scored on the test file by what "
        "training has seen of a row (Kodner et al. 2022): mean over the seeds ± their standard deviation, 95% "
        "intervals by lemma "
        "(those of a few rows say little).\n",
        f"Measured so far: {len(found)} of {len(cells)} cells.\n",
        table(["method (seeds)", "rows of test", "n", "lemmas", "accuracy", "distance"], rows),
    ]
    write_result("inflection_overlap", "\n".join(text), data)


def _distances(results: Sequence[Result]) -> np.ndarray | None:
    """Give the distances [seeds, rows]; None without results."""
    return np.array([[*map(int, result["distances"].split())] for result in results]) if results else None


def _outcome(distances: np.ndarray, lemmas: Sequence[str]) -> Outcome:
    seeds = [grouped((far == 0).tolist(), lemmas) for far in distances]
    return Outcome(np.concatenate([one.correct for one in seeds]), seeds[0].total)
