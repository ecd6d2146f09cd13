"""Paradigm look-up against `unimorph.inflect_word`, which reads the language's file at each call."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from experiments.benchmarks.measure import Figure, best_rates
from experiments.packs import DATA, WORK
from lexaug.morphology.readers import read_table
from lexaug.morphology.table import ParadigmTable

OURS, THEIRS = 200_000, 3


def lookup() -> list[Figure]:
    """Look up (lemma, bundle) pairs of the North Sámi table, drawn with a seed."""
    file = DATA / "sme" / "unimorph" / "sme"
    rows = read_table(file, lang="sme").rows
    table = ParadigmTable("sme", rows)
    asked = random.Random(0).choices(rows, k=OURS)
    inflect_word = _unimorph(file)

    def ours() -> int:
        return sum(bool(table.forms(row.lemma, row.bundle)) for row in asked)

    def theirs() -> int:
        return sum(bool(inflect_word(row.lemma, lang="sme", features=str(row.bundle))) for row in asked[:THEIRS])

    if ours() != OURS:
        raise RuntimeError("a cell of the table was not found again")
    fast, slow = best_rates(ours, theirs)
    return [Figure("paradigm look-up", "look-ups/s", fast, slow, "unimorph.inflect_word", 1000.0)]


def _unimorph(file: Path):  # noqa: ANN202
    """Import `unimorph` with its folder convention pointing at a copy of the table (it reads UNIMORPH at import)."""
    folder = Path(os.environ.setdefault("UNIMORPH", str((WORK / "unimorph").absolute())))
    target = folder / "sme" / "sme"
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        target.write_bytes(file.read_bytes())
    sys.modules.pop("unimorph", None)
    from unimorph import inflect_word

    return inflect_word
