"""The page of the whole train files: every bar from the cells that are there."""

import json
from dataclasses import replace

import pytest

from experiments.inflection_cells import write_result
from experiments.inflection_full.page import FULL, MINUTES, write_page


@pytest.fixture
def grid(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return replace(FULL, folder=tmp_path / "docs" / "results" / "cells", backbone=None)


def put(grid, right):
    for cell in grid.cells():
        if cell.language in right and cell.seed < 2:
            found = {
                "wanted": grid.wanted(cell),
                "dev": 80.0,
                "right": right[cell.language],
                "total": [10, 10],
                "steps": 9,
            }
            write_result(grid._place(cell), found)


def page(tmp_path):
    return (tmp_path / "docs" / "results" / "inflection_full.md").read_text()


def test_methods_without_their_backbone_are_named_and_left_out(grid, tmp_path):
    assert {cell.method for cell in grid.cells()} == {"scratch"}
    assert {cell.minutes for cell in grid.cells()} == {MINUTES}
    write_page(grid)
    assert "Measured so far: 0 of 27 cells; no backbone is there yet, so full and lora are left out." in page(tmp_path)


def test_the_bars_are_judged_from_what_is_there(grid, tmp_path):
    put(grid, {"swa": [9, 9], "sme": [8, 8], "tur": [9, 8], "klr": [8, 8], "nav": [4, 6], "san": [6, 6], "kat": [9, 9]})
    write_page(grid)
    told = page(tmp_path)
    assert "(scratch); ByT5-base, all languages jointly | 77.0 | 77.5 | **missed** |" in told
    assert "| san (scratch); non-neural baseline | 60.0 | 62.2 | **missed** |" in told
    assert "| kat (scratch); non-neural baseline | 90.0 | 82 | met |" in told
    assert "amh (scratch)" not in told
    data = json.loads((tmp_path / "docs" / "results" / "inflection_full.json").read_text())
    assert data["scratch"]["nav"] == {"accuracy": 50.0, "seeds": 2, "steps": [9, 9]}


def test_without_all_five_languages_there_is_no_mean(grid, tmp_path):
    put(grid, {"swa": [9, 9]})
    write_page(grid)
    assert "mean of" not in page(tmp_path)
