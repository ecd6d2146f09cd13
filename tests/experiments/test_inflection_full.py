"""The page of the whole train files: every bar from the cells that are there."""

import json
from dataclasses import replace

import pytest

from experiments.inflection_cells import FIVE, write_result
from experiments.inflection_full.page import FULL, MINUTES, cells_of_five, cells_of_further, write_page


@pytest.fixture
def grid(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return replace(FULL, folder=tmp_path / "docs" / "results" / "cells", backbone=None)


def put(grid, right, seeds=(0, 1), dev=None):
    dev = dev or dict.fromkeys(grid.methods, 80.0) | {"rules": 50.0}
    for cell in grid.cells():
        if cell.language in right and cell.seed in seeds and cell.method in dev:
            found = {
                "wanted": grid.wanted(cell),
                "dev": dev[cell.method],
                "right": right[cell.language],
                "total": [10, 10],
                "steps": 9,
            }
            write_result(grid._place(cell), found)


def page(tmp_path):
    return (tmp_path / "docs" / "results" / "inflection_full.md").read_text()


def test_methods_without_their_backbone_are_named_and_left_out(grid, tmp_path):
    assert {(cell.method, cell.minutes) for cell in grid.cells()} == {("rules", 0), ("scratch", MINUTES)}
    write_page(grid)
    assert "Measured so far: 0 of 30 cells; no backbone is there yet, so full and lora are left out." in page(tmp_path)


def test_the_bars_are_judged_from_what_is_there(grid, tmp_path):
    put(grid, {"swa": [9, 9], "sme": [8, 8], "tur": [9, 8], "klr": [8, 8], "nav": [4, 6], "san": [6, 6], "kat": [9, 9]})
    write_page(grid)
    told = page(tmp_path)
    assert "nav (scratch, seeds: 2); ByT5-base, all languages jointly | 77.0 ±0.0 [" in told
    assert "] | 77.5 | **missed** |" in told
    assert "| san (scratch, seeds: 2); non-neural baseline | 60.0 ±0.0 [60.0, 60.0] | 62.2 | **missed** |" in told
    assert "| kat (scratch, seeds: 2); non-neural baseline | 90.0 ±0.0 [90.0, 90.0] | 82 | met |" in told
    assert "amh (scratch" not in told
    data = json.loads((tmp_path / "docs" / "results" / "inflection_full.json").read_text())
    assert data["scratch"]["nav"] == {"accuracy": 50.0, "seeds": [0, 1], "steps": [9, 9]}


def test_without_all_five_languages_there_is_no_mean(grid, tmp_path):
    put(grid, {"swa": [9, 9]})
    write_page(grid)
    assert "mean of" not in page(tmp_path)


def test_the_mean_rests_on_the_seeds_of_which_all_five_are_there(grid, tmp_path):
    put(grid, {language: [10, 10] for language in ("swa", "sme", "tur", "klr")}, seeds=(0, 1))
    put(grid, {"nav": [5, 5]}, seeds=(1,))
    write_page(grid)
    assert "nav (scratch, seeds: 1); ByT5-base, all languages jointly | 90.0 [90.0, 90.0] |" in page(tmp_path)


def test_the_further_languages_are_measured_with_the_method_that_does_best_on_dev(grid, tmp_path):
    assert {cell.language for cell in cells_of_five(grid)} == {"swa", "sme", "tur", "klr", "nav"}
    put(grid, {language: [9, 9] for language in ("swa", "sme", "tur", "klr")})
    assert cells_of_further(grid) == []
    put(grid, {"nav": [9, 9]}, seeds=(1,))
    assert {(cell.language, cell.method) for cell in cells_of_further(grid)} == {
        (language, method) for language in ("san", "amh", "kat", "sqi") for method in ("rules", "scratch")
    }  # fmt: skip
    write_page(grid)
    assert "Measured so far: 18 of 54 cells" in page(tmp_path)


def test_each_language_is_held_against_the_rules(grid, tmp_path):
    put(grid, dict.fromkeys(FIVE, (9, 9)) | {"kat": (7, 7)}, (0, 1), {"scratch": 90.0})
    put(grid, dict.fromkeys(FIVE, (8, 8)) | {"kat": (8, 8)}, (1,), {"rules": 60.0})
    write_page(grid)
    assert "| scratch (seeds) | scratch ahead of rules by |" in page(tmp_path)
    leads = {line.split(" |")[0].strip("| "): line for line in page(tmp_path).splitlines() if "(1) |" in line}
    assert leads["swa"].endswith("| +10.0 [10.0, 10.0] |")
    assert leads["kat"].endswith("| -10.0 [-10.0, -10.0] |")


def test_rules_alone_are_no_method_for_the_bars(grid, tmp_path):
    put(grid, dict.fromkeys(FIVE, (8, 8)), (0,), {"rules": 60.0})
    write_page(grid)
    assert "mean of" not in page(tmp_path)
    assert cells_of_further(grid) == []


def test_rules_of_which_a_part_is_missing_hide_no_lead(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    grid = replace(FULL, folder=tmp_path / "cells")
    put(grid, dict.fromkeys(FIVE, (9, 9)), (0, 1), {"full": 90.0})
    put(grid, dict.fromkeys(FIVE, (8, 8)), (0, 1), {"lora": 80.0})
    put(grid, dict.fromkeys(FIVE, (5, 5)), (0,), {"rules": 50.0})
    write_page(grid)
    assert "| lora | 80.0 | 80.0 ±0.0 [80.0, 80.0] | +10.0 [10.0, 10.0] |" in page(tmp_path)
    assert "| rules | 50.0" not in page(tmp_path)


def test_the_best_method_is_told_on_the_seeds_that_all_methods_have(tmp_path):
    grid = replace(FULL, folder=tmp_path / "cells")
    five = dict.fromkeys(FIVE, (9, 9))
    put(grid, five, (0,), {"scratch": 70.0, "full": 90.0, "lora": 80.0})
    put(grid, five, (1,), {"lora": 100.0})
    assert {cell.method for cell in cells_of_further(grid)} == {"rules", "full"}


def test_the_lead_over_the_other_methods_is_told_on_shared_seeds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    grid = replace(FULL, folder=tmp_path / "cells")
    put(grid, dict.fromkeys(FIVE, (9, 9)), (0,), {"full": 90.0})
    put(grid, dict.fromkeys(FIVE, (8, 8)), (0,), {"lora": 95.0})
    write_page(grid)
    assert "| lora | 95.0 | 80.0 [80.0, 80.0] |  |" in page(tmp_path)
    assert "| full | 90.0 | 90.0 [90.0, 90.0] | -10.0 [-10.0, -10.0] |" in page(tmp_path)
