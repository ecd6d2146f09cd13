"""The page of the grid of few examples: from cells on disk, whole seeds only, against the bars."""

import json
from dataclasses import replace

import numpy as np
import pytest

from experiments.inflection_cells import FIVE, SEEDS
from experiments.inflection_low_resource.page import LOW_RESOURCE, Column, bars, write_page
from lexaug.errors import MissingError
from lexaug.evaluation.statistics import Outcome
from lexaug.inflection.methods import RULES


@pytest.fixture
def grid(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return replace(LOW_RESOURCE, folder=tmp_path / "docs" / "results" / "grid", backbone=None)


def put(grid, cell, right, dev):
    grid.folder.mkdir(parents=True, exist_ok=True)
    result = {"wanted": grid.wanted(cell), "dev": dev, "right": right, "total": [10, 10]}
    (grid.folder / f"{cell.name}.json").write_text(json.dumps(result))


def test_cells_are_found_again_unless_their_settings_have_changed(grid):
    cell = next(cell for cell in grid.cells() if cell.method == "scratch")
    assert grid.found(cell) is None
    put(grid, cell, [1, 2], 10)
    assert grid.found(cell)["dev"] == 10
    path = grid.folder / f"{cell.name}.json"
    path.write_text(path.read_text().replace('"hidden_size": ', '"hidden_size": 9'))
    assert grid.found(cell) is None


def test_a_grid_without_a_backbone_has_no_cells_that_need_one(grid):
    assert {cell.method for cell in grid.cells()} == {"rules", "scratch", "scratch+hallucination"}
    with pytest.raises(MissingError):
        _ = replace(grid, backbone="./nowhere").identity


def test_the_page_shows_whole_seeds_and_the_bars(grid, tmp_path):
    right = {RULES: ([1, 2], 15), "scratch": ([6, 8], 60), "scratch+hallucination": ([9, 9], 50)}
    for cell in grid.cells((2.0,)):
        if cell.size == 1000 and cell.seed in SEEDS[:2]:
            put(grid, cell, *right[cell.method])
    write_page(grid)
    page = (tmp_path / "docs" / "results" / "inflection_low_resource.md").read_text()
    assert "2 CPU minutes (seeds by size: 1000: 2)" in page
    data = json.loads((tmp_path / "docs" / "results" / "inflection_low_resource.json").read_text())
    assert data["means"]["2 minutes, 1000 examples"] == {
        "rules": 15, "scratch": 70, "scratch+hallucination": 90, "auto": 70, "seeds": [0, 1]
    }  # fmt: skip
    assert "| 1000: auto over scratch+hallucination, points | -20.0 [-26.0, -14.0] | -1 | **missed** |" in page
    assert "| 1000: scratch+hallucination over scratch, points | +20.0 [14.0, 26.0] |  |  |" in page
    assert "| 1000: scratch, times the rules | 4.67 | 3 | met |" in page
    assert "| 1000 | mean on dev |" in page
    assert "| 1000 | swa (2 lemmas) | 15.0 ±0.0 [10.0, 20.0] |" in page


def test_with_every_size_the_page_has_the_mean_of_them(grid, tmp_path):
    rules = {100: [1, 2], 500: [2, 4], 1000: [6, 8]}
    for cell in grid.cells((2.0,)):
        if cell.seed == SEEDS[0]:
            neural = cell.method != RULES
            put(grid, cell, [5, 5] if neural else rules[cell.size], cell.size / 100 if neural else 2)
    write_page(grid)
    page = (tmp_path / "docs" / "results" / "inflection_low_resource.md").read_text()
    assert "| **all** | **mean** | 38.3 | 50.0 | 50.0 | 38.3 |" in page
    assert "| **all** | **mean on dev** | 2.0 | 5.3 | 5.3 | 5.7 |" in page


def column(right, dev):
    return Column({language: Outcome(np.array([right], float), np.array([10.0, 10.0])) for language in FIVE}, dev)


def test_what_is_judged_is_chosen_on_dev_and_held_against_the_best_on_test():
    columns = {
        "rules": column([2, 2], 20), "full": column([5, 5], 60), "full+hallucination": column([6, 6], 50),
        "lora": column([4, 4], 61), "lora+hallucination": column([7, 7], 40), "auto": column([1, 2], 61),
    }  # fmt: skip
    assert bars(columns, 100) == [
        ["100: lora over full+hallucination, points", "-20.0 [-20.0, -20.0]", "interval above 0", "**missed**"],
        ["100: lora+hallucination over full+hallucination, points", "+10.0 [10.0, 10.0]", "", ""],
        ["100: auto over lora+hallucination, points", "-55.0 [-58.0, -52.0]", "-1", "**missed**"],
        ["100: lora, times the rules", "2.00", "1", "met"],
        ["100: lora, times the rules (stretch)", "2.00", "1.5", "met"],
        ["100: languages where lora is below rules", "none", "none", "met"],
        ["100: languages where auto is below rules", "swa, sme, tur, klr, nav", "none", "**missed**"],
    ]
    assert bars(columns, 500)[0][2] == "0"
