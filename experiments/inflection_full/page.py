"""The page of the whole train files: what is measured so far, against the bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any

from experiments.inflection_cells import FIVE, SEEDS, Cell, Grid, Result, outcome, shown
from experiments.inflection_rules.baseline import BASELINE
from experiments.study import RESULTS, table, verdict, write_result
from lexaug.evaluation.statistics import Outcome, side_by_side

FURTHER = ("san", "amh", "kat", "sqi")
"""Languages that are judged each by itself, against the shared task's non-neural baseline."""
MINUTES, EXAMPLES = 20.0, 10_000
FULL = Grid(
    folder=RESULTS / "inflection_full",
    sizes=(EXAMPLES,),
    methods=("scratch", "full", "lora"),
    minutes=(MINUTES,),
    languages=(*FIVE, *FURTHER),
)
LEAST, STRETCH = 77.5, 85.4
"""Mean over the five languages of ByT5-base fine-tuned on all languages jointly (one epoch), and of the best system."""
BYT5 = "ByT5-base, all languages jointly"

Column = Mapping[str, Sequence[Result]]
"""The results of a method by language, one per seed."""


def write_page(grid: Grid) -> None:
    """Write docs/results/inflection_full.md and its figures from the cells that are there."""
    found = {cell: result for cell in grid.cells() if (result := grid.found(cell))}
    missing = [name for name in grid.methods if name not in grid.usable]
    text = [
        "# Inflection from whole train files: SIGMORPHON 2023\n",
        f"Command: `python -m experiments.inflection_full` (goes on where it stopped). {EXAMPLES:,} examples of each "
        f"language, {MINUTES:g} CPU minutes, one thread; kept weights are chosen on dev; accuracy on the 1,000 test "
        "rows of each language, mean over the seeds measured, 95% intervals by lemma. A language counts where it is "
        "measured; the method of the bars is the one that does best on dev.\n",
        f"Measured so far: {len(found)} of {len(list(grid.cells()))} cells"
        + (f"; no backbone is there yet, so {' and '.join(missing)} are left out" if missing else "")
        + ".\n",
    ]
    columns = {method: column for method in grid.usable if (column := _column(grid, found, method))}
    if columns:
        text += [table(["bar", "found", "wanted", ""], _bars(columns)), _accuracies(grid, columns)]
    write_result("inflection_full", "\n".join(text), _figures(columns))


def _column(grid: Grid, found: Mapping[Cell, Result], method: str) -> dict[str, list[Result]]:
    cells = {
        language: [found.get(Cell(language, EXAMPLES, method, MINUTES, seed)) for seed in SEEDS]
        for language in grid.languages
    }
    results = {language: [one for one in seeds if one is not None] for language, seeds in cells.items()}
    return {language: seeds for language, seeds in results.items() if seeds}


def _bars(columns: Mapping[str, Column]) -> list[list[str]]:
    rows = []
    whole = {method: column for method, column in columns.items() if all(language in column for language in FIVE)}
    if whole:
        method = max(whole, key=lambda name: mean(_dev(whole[name][language]) for language in FIVE))
        value = five_mean(whole[method]).value
        for name, wanted in ((BYT5, LEAST), ("the best system (stretch)", STRETCH)):
            rows.append([f"mean of {', '.join(FIVE)} ({method}); {name}", *_judged(value, wanted)])
    for language in FURTHER:
        known = {method: column[language] for method, column in columns.items() if language in column}
        if known:
            method = max(known, key=lambda name: _dev(known[name]))
            value = outcome(known[method]).value
            rows.append([f"{language} ({method}); non-neural baseline", *_judged(value, BASELINE[language])])
    return rows


def _judged(value: float, wanted: float) -> list[str]:
    return [f"{value:.1f}", f"{wanted:g}", verdict(value >= wanted)]


def _dev(results: Sequence[Result]) -> float:
    return mean(result["dev"] for result in results)


def five_mean(column: Column) -> Outcome:
    """Give the mean over the five languages, of the seeds that each of them has."""
    seeds = min(len(column[language]) for language in FIVE)
    return side_by_side(outcome(column[language][:seeds]) for language in FIVE)


def _accuracies(grid: Grid, columns: Mapping[str, Column]) -> str:
    rows = [
        [
            language,
            f"{BASELINE[language]:.1f}",
            *(f"{shown(outcome(column[language]))} ({len(column[language])})" if language in column else ""
              for column in columns.values()),
        ]
        for language in grid.languages
    ]  # fmt: skip
    return table(["", "baseline", *(f"{method} (seeds)" for method in columns)], rows)


def _figures(columns: Mapping[str, Column]) -> dict[str, Any]:
    return {
        method: {
            language: {
                "accuracy": round(outcome(seeds).value, 2),
                "seeds": len(seeds),
                "steps": [s["steps"] for s in seeds],
            }
            for language, seeds in column.items()
        }
        for method, column in columns.items()
    }
