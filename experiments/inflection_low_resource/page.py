"""The page of the grid: what is measured so far, against the bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from experiments.inflection_cells import FIVE, SEEDS, Cell, Grid, outcome, shown
from experiments.study import RESULTS, lead_with_interval, table, verdict, write_result
from lexaug.evaluation.statistics import Outcome, delta, side_by_side
from lexaug.inflection.methods import AUTO, NEURAL, RULES

LOW_RESOURCE = Grid(
    folder=RESULTS / "inflection_low_resource",
    sizes=(100, 500, 1000),
    methods=(RULES, *NEURAL),
    minutes=(2.0, 4.0),
)
ADAPTERS = tuple(name for name, method in NEURAL.items() if method.adapter)
OTHERS = tuple(name for name in LOW_RESOURCE.methods if name not in ADAPTERS)
TIMES_RULES = {1000: (3.0,), 100: (1.0, 1.5)}
"""How many times the rules' mean must be reached, by number of examples: what is wanted, and what would be splendid."""
WITHIN = 1.0
"""Points that `auto` may lie below the best column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A method at one size and budget: per language the right forms of each seed and lemma; mean accuracy on dev."""

    outcomes: Mapping[str, Outcome]
    dev: float

    @property
    def mean(self) -> Outcome:
        """The languages side by side, each counting the same."""
        return side_by_side(self.outcomes.values())


def write_page(grid: Grid) -> None:
    """Write docs/results/inflection_low_resource.md and its figures from the cells that are there."""
    everything = list(grid.cells())
    found = {cell: result for cell in everything if (result := grid.found(cell))}
    precisions = {result["precision"] for result in found.values() if result.get("precision")}
    text = [
        "# Inflection from few examples: SIGMORPHON 2023\n",
        "Command: `python -m experiments.inflection_low_resource` (goes on where it stopped). Examples are drawn from "
        "the train files with a seed, the same for every method; settings and kept weights are chosen on dev; accuracy "
        "on the 1,000 test rows of each language, mean over the seeds measured ± their standard deviation, 95% "
        "intervals by lemma. Neural methods train for the CPU minutes given, one thread; `auto` is the method that "
        "does best on the 1,000 rows of dev, cell by cell, and so takes the time of all of them. What the bars judge "
        "is chosen on dev, by the mean over the languages; what it is held against is the best on test."
        + (f" Products of matrices in training: {', '.join(sorted(precisions))}.\n" if precisions else "\n"),
        f"Measured so far: {len(found):,} of {len(everything):,} cells"
        + ("" if grid.backbone else "; the backbone is not there yet, so neither are its methods")
        + ".\n",
    ]
    data: dict[str, Any] = {"cells": len(found), "of": len(everything), "means": {}}
    for minutes in grid.minutes:
        seeds = _whole_seeds(found, grid, minutes)
        if seeds:
            text += _budget(found, minutes, seeds, data["means"])
    write_result("inflection_low_resource", "\n".join(text), data)


def _whole_seeds(found: Mapping[Cell, Any], grid: Grid, minutes: float) -> dict[int, list[int]]:
    """Give, by size, the seeds of which every cell is there."""
    cells = list(grid.cells((minutes,)))
    whole = {
        size: [seed for seed in SEEDS if all(c in found for c in cells if (c.size, c.seed) == (size, seed))]
        for size in grid.sizes
    }
    return {size: seeds for size, seeds in whole.items() if seeds}


def _budget(
    found: Mapping[Cell, dict[str, Any]], minutes: float, seeds: Mapping[int, list[int]], means: dict[str, Any]
) -> list[str]:
    names = [name for name in LOW_RESOURCE.methods if any(cell.method == name for cell in found)]
    rows, judged, by_size = [], [], []
    for size, known in seeds.items():
        columns = {name: _column(found, size, name, minutes, known) for name in names}
        columns[AUTO] = _auto(found, size, names, minutes, known)
        for language in FIVE:
            lemmas = len(columns[RULES].outcomes[language].total)
            scores = (shown(column.outcomes[language]) for column in columns.values())
            rows.append([str(size), f"{language} ({lemmas} lemmas)", *scores])
        rows.append([str(size), "**mean**", *(shown(column.mean) for column in columns.values())])
        rows.append([str(size), "mean on dev", *(f"{column.dev:.1f}" for column in columns.values())])
        judged += bars(columns, size)
        by_size.append(list(columns.values()))
        means[f"{minutes:g} minutes, {size} examples"] = {
            name: round(column.mean.value, 2) for name, column in columns.items()
        } | {"seeds": known}
    if len(by_size) == len(LOW_RESOURCE.sizes):
        rows += _over_sizes(by_size)
    told = ", ".join(f"{size}: {len(known)}" for size, known in seeds.items())
    return [
        f"## {minutes:g} CPU minutes (seeds by size: {told})\n",
        table(["examples", "", *names, AUTO], rows),
        table(["bar", "found", "wanted", ""], judged),
    ]


def _over_sizes(by_size: Sequence[Sequence[Column]]) -> list[list[str]]:
    columns = list(zip(*by_size, strict=True))
    test = [f"{mean(each.mean.value for each in column):.1f}" for column in columns]
    dev = [f"{mean(each.dev for each in column):.1f}" for column in columns]
    return [["**all**", "**mean**", *test], ["**all**", "**mean on dev**", *dev]]


def _column(found: Mapping[Cell, dict[str, Any]], size: int, name: str, minutes: float, seeds: Sequence[int]) -> Column:
    def of_method(language: str, seed: int) -> dict[str, Any]:
        return found[_cell(language, size, name, minutes, seed)]

    return _gathered(of_method, seeds)


def _auto(
    found: Mapping[Cell, dict[str, Any]], size: int, names: Sequence[str], minutes: float, seeds: Sequence[int]
) -> Column:
    def best(language: str, seed: int) -> dict[str, Any]:
        tried = [found[_cell(language, size, name, minutes, seed)] for name in names]
        return max(tried, key=lambda result: result["dev"])

    return _gathered(best, seeds)


def _gathered(find: Callable[[str, int], dict[str, Any]], seeds: Sequence[int]) -> Column:
    results = {language: [find(language, seed) for seed in seeds] for language in FIVE}
    dev = mean(result["dev"] for several in results.values() for result in several)
    return Column({language: outcome(several) for language, several in results.items()}, dev)


def _cell(language: str, size: int, method: str, minutes: float, seed: int) -> Cell:
    return Cell(language, size, method, 0.0 if method == RULES else minutes, seed)


def bars(columns: Mapping[str, Column], size: int) -> list[list[str]]:
    """Judge the methods that do best on dev at one size, as rows of a table."""
    methods = [name for name in columns if name != AUTO]
    best, next_best = sorted(methods, key=lambda name: columns[name].mean.value, reverse=True)[:2]
    chosen = max(methods, key=lambda name: columns[name].dev)
    rows = _lead(columns, size)
    lead = lead_with_interval(delta(columns[best].mean, columns[next_best].mean))
    if (name := f"{size}: {best} over {next_best}, points") not in (row[0] for row in rows):
        rows.append([name, lead, "", ""])
    ahead = delta(columns[AUTO].mean, columns[best].mean)
    met = verdict(ahead.value >= -WITHIN)
    rows.append([f"{size}: auto over {best}, points", lead_with_interval(ahead), f"-{WITHIN:g}", met])
    times = columns[chosen].mean.value / max(columns[RULES].mean.value, 1e-9)
    for place, least in enumerate(TIMES_RULES.get(size, ())):
        name = f"{size}: {chosen}, times the rules" + (" (stretch)" if place else "")
        rows.append([name, f"{times:.2f}", f"{least:g}", verdict(times >= least if least > 1 else times > 1)])
    for name in (chosen, AUTO):
        below = [language for language in FIVE if _value(columns, name, language) < _value(columns, RULES, language)]
        told = ", ".join(below) or "none"
        rows.append([f"{size}: languages where {name} is below rules", told, "none", verdict(not below)])
    return rows


def _lead(columns: Mapping[str, Column], size: int) -> list[list[str]]:
    """Hold the adapter that does best on dev against the best of the others on test."""
    adapters = [name for name in ADAPTERS if name in columns]
    if not adapters:
        return []
    adapter = max(adapters, key=lambda name: columns[name].dev)
    other = max((name for name in OTHERS if name in columns), key=lambda name: columns[name].mean.value)
    lead = delta(columns[adapter].mean, columns[other].mean)
    above = size == min(LOW_RESOURCE.sizes)
    met = lead.better if above else lead.value >= 0
    name, wanted = f"{size}: {adapter} over {other}, points", "interval above 0" if above else "0"
    return [[name, lead_with_interval(lead), wanted, verdict(met)]]


def _value(columns: Mapping[str, Column], name: str, language: str) -> float:
    return columns[name].outcomes[language].value
