"""Run the benchmarks and write docs/results/benchmarks.md: `python -m experiments.benchmarks [NAME...]`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from experiments.benchmarks.index import index
from experiments.benchmarks.inflection import inflection
from experiments.benchmarks.languages import languages
from experiments.benchmarks.lookup import lookup
from experiments.benchmarks.measure import Figure
from experiments.benchmarks.memory import memory
from experiments.benchmarks.synthesis import synthesis
from experiments.benchmarks.training import training
from experiments.study import RESULTS, table, verdict, write_result

BENCHMARKS = {
    "index": index,
    "lookup": lookup,
    "synthesis": synthesis,
    "memory": memory,
    "training": training,
    "languages": languages,
    "inflection": inflection,
}
HEAD = """# Benchmarks

Command: `python -m experiments.benchmarks [NAME...]`. The two sides of a row were measured in one run: they take turns,
and the best round of each counts, one thread each unless said (a wanted rate is a constant). Rates vary, the
ratio is what counts.
"""


def main() -> None:
    """Run the named benchmarks (all by default) and keep the figures of the others."""
    names = sys.argv[1:] or list(BENCHMARKS)
    measured = {name: [asdict(figure) for figure in BENCHMARKS[name]()] for name in names}
    file = RESULTS / "benchmarks.json"
    figures = {**(json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}), **measured}
    rows = [_row(Figure(**figure)) for name in BENCHMARKS for figure in figures.get(name, ())]
    head = ("what", "unit", "lexaug", "beside it", "", "ratio", "wanted", "", "note")
    write_result("benchmarks", HEAD + "\n" + table(head, rows), figures)


def _row(figure: Figure) -> list[str]:
    wanted = "" if figure.bar is None else f"{figure.bar:,g}"
    met = "" if figure.bar is None else verdict(figure.ratio >= figure.bar)
    numbers = (f"{figure.ours:,.0f}", f"{figure.theirs:,.0f}", figure.baseline, f"{figure.ratio:,.2f}")
    return [figure.name, figure.unit, *numbers, wanted, met, figure.note]


if __name__ == "__main__":
    main()
