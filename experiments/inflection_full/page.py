"""The page of the whole train files: what is measured so far, against the bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any

from experiments.inflection_cells import FIVE, SEEDS, Cell, Grid, Result, outcome, shown
from experiments.inflection_rules.baseline import BASELINE
from experiments.study import RESULTS, lead_with_interval, table, verdict, write_result
from lexaug.evaluation.statistics import Outcome, delta, side_by_side
from lexaug.inflection.methods import RULES

FURTHER = ("san", "amh", "kat", "sqi")
"""Languages that are judged each by itself, with the chosen method; lexaug's own rules stand beside it."""
MINUTES, EXAMPLES = 4.9, 10_000
"""CPU minutes, so that a training takes five with loading and the last look at dev; rows of a train file."""
FULL = Grid(
    folder=RESULTS / "inflection_full",
    sizes=(EXAMPLES,),
    methods=(RULES, "scratch", "full", "lora"),
    minutes=(MINUTES,),
    languages=(*FIVE, *FURTHER),
)
ALLOWED = 20
"""CPU minutes within which the bars are to be reached."""
LEAST, STRETCH = 77.5, 85.4
"""Mean over the five languages of ByT5-base fine-tuned on all languages jointly (one epoch), and of the best system."""
BYT5 = "ByT5-base, all languages jointly"

Column = Mapping[str, Mapping[int, Result]]
"""The results of a method by language and seed."""


def cells_of_five(grid: Grid) -> list[Cell]:
    """List the cells of the languages whose mean is judged, of all methods."""
    return [cell for cell in grid.cells() if cell.language in FIVE]


def cells_of_further(grid: Grid) -> list[Cell]:
    """List the cells of the other languages: of the method that does best on dev, and of rules beside it."""
    if (method := _chosen(_columns(grid))) is None:
        return []
    return [cell for cell in grid.cells() if cell.language in FURTHER and cell.method in (RULES, method)]


def write_page(grid: Grid) -> None:
    """Write docs/results/inflection_full.md and its figures from the cells that are there."""
    cells = cells_of_five(grid) + cells_of_further(grid)
    columns = _columns(grid)
    missing = [name for name in grid.methods if name not in grid.usable]
    text = [
        "# Inflection from whole train files: SIGMORPHON 2023\n",
        f"Command: `python -m experiments.inflection_full` (goes on where it stopped). {EXAMPLES:,} examples of each "
        f"language, {MINUTES:g} CPU minutes (the bars allow {ALLOWED}), one thread; kept weights are chosen on dev; "
        "accuracy on the 1,000 test rows of each language, mean over the seeds measured ± their standard deviation, "
        "95% intervals by lemma. The method of all bars is the one that does best on dev, by the mean over the five "
        "languages; the other languages are measured with it, and with the rules, which take seconds. These choose "
        "their weights on rows that the seed draws, so they differ a little from inflection_rules.md. Made-up "
        "examples, which the default of `lexaug inflect train` has, were not measured.\n",
        f"Measured so far: {sum(grid.found(cell) is not None for cell in cells)} of {len(cells)} cells"
        + (f"; no backbone is there yet, so {' and '.join(missing)} are left out" if missing else "")
        + ".\n",
    ]
    if columns:
        text += [table(["bar", "found", "wanted", ""], _bars(columns)), _accuracies(grid, columns)]
        text += _leads(columns)
    write_result("inflection_full", "\n".join(text), _figures(columns))


def _columns(grid: Grid) -> dict[str, Column]:
    found = {method: _column(grid, method) for method in grid.usable}
    return {method: column for method, column in found.items() if column}


def _column(grid: Grid, method: str) -> dict[str, dict[int, Result]]:
    results: dict[str, dict[int, Result]] = {language: {} for language in grid.languages}
    for cell in grid.cells():
        if cell.method == method and (result := grid.found(cell)) is not None:
            results[cell.language][cell.seed] = result
    return {language: seeds for language, seeds in results.items() if seeds}


def _chosen(columns: Mapping[str, Column]) -> str | None:
    """Give the network that does best on dev, compared on the seeds that all have; None where none has a whole seed."""
    whole = {method: seeds for method, column in columns.items() if method != RULES and (seeds := _whole_seeds(column))}
    shared = _shared_seeds(columns)
    return max(
        whole, key=lambda name: mean(_dev(columns[name], code, shared or whole[name]) for code in FIVE), default=None
    )


def _bars(columns: Mapping[str, Column]) -> list[list[str]]:
    if (method := _chosen(columns)) is None:
        return []
    column = columns[method]
    seeds = _whole_seeds(column)
    five = _five(column, seeds)
    rows = [
        [f"mean of {', '.join(FIVE)} ({method}, seeds: {len(seeds)}); {name}", shown(five), *_judged(five, wanted)]
        for name, wanted in ((BYT5, LEAST), ("the best system (stretch)", STRETCH))
    ]
    for language in FURTHER:
        if language in column:
            found = outcome([*column[language].values()])
            told = f"{language} ({method}, seeds: {len(found.correct)}); non-neural baseline"
            rows.append([told, shown(found), *_judged(found, BASELINE[language])])
    return rows


def _five(column: Column, seeds: Sequence[int]) -> Outcome:
    """Put the five languages side by side, each counting the same."""
    return side_by_side(outcome([column[language][seed] for seed in seeds]) for language in FIVE)


def _leads(columns: Mapping[str, Column]) -> list[str]:
    """Hold the chosen method against the others on the same rows, where all have a whole seed."""
    seeds, chosen = _shared_seeds(columns), _chosen(columns)
    if chosen is None or not seeds:
        return []
    rows = []
    for name, column in columns.items():
        if not {*seeds} <= {*_whole_seeds(column)}:  # rules of which a part is missing
            continue
        lead = delta(_five(columns[chosen], seeds), _five(column, seeds))
        told = "" if name == chosen else lead_with_interval(lead)
        dev = mean(_dev(column, language, seeds) for language in FIVE)
        rows.append([name, f"{dev:.1f}", shown(_five(column, seeds)), told])
    return [
        f"The mean of the five languages (seeds: {len(seeds)}), and what {chosen} is ahead of the others in points:\n",
        table(["", "dev", "test", f"{chosen} ahead by"], rows),
    ]


def _shared_seeds(columns: Mapping[str, Column]) -> list[int]:
    """Give the seeds with which every network is measured on all of the five languages."""
    networks = [_whole_seeds(column) for method, column in columns.items() if method != RULES]
    return [seed for seed in SEEDS if networks and all(seed in seeds for seeds in networks)]


def _whole_seeds(column: Column) -> list[int]:
    """Give the seeds with which all of the five languages are measured."""
    return [seed for seed in SEEDS if all(seed in column.get(language, ()) for language in FIVE)]


def _judged(found: Outcome, wanted: float) -> list[str]:
    return [f"{wanted:g}", verdict(found.value >= wanted)]


def _dev(column: Column, language: str, seeds: Sequence[int]) -> float:
    return mean(column[language][seed]["dev"] for seed in seeds)


def _accuracies(grid: Grid, columns: Mapping[str, Column]) -> str:
    chosen = _chosen(columns)
    rows = [
        [
            language,
            f"{BASELINE[language]:.1f}",
            *(f"{shown(outcome([*column[language].values()]))} ({len(column[language])})" if language in column else ""
              for column in columns.values()),
            _over_rules(columns, chosen, language),
        ]
        for language in grid.languages
    ]  # fmt: skip
    ahead = "" if chosen is None else f"{chosen} ahead of rules by"
    return table(["", "baseline", *(f"{method} (seeds)" for method in columns), ahead], rows)


def _over_rules(columns: Mapping[str, Column], chosen: str | None, language: str) -> str:
    """Say how far the chosen method is ahead of lexaug's own rules, on the seeds that both have."""
    pair = [columns.get(method or "", {}).get(language, {}) for method in (chosen, RULES)]
    seeds = [seed for seed in pair[0] if seed in pair[1]]
    return lead_with_interval(delta(*(outcome([found[seed] for seed in seeds]) for found in pair))) if seeds else ""


def _figures(columns: Mapping[str, Column]) -> dict[str, Any]:
    return {
        method: {
            language: {
                "accuracy": round(outcome([*seeds.values()]).value, 2),
                "seeds": [*seeds],
                **({} if method == RULES else {"steps": [result["steps"] for result in seeds.values()]}),
            }
            for language, seeds in column.items()
        }
        for method, column in columns.items()
    }
