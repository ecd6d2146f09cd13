"""The page of overlap with training, on a few rows: each row in its category, seeds averaged."""

import json
from dataclasses import replace

import pytest

from experiments.inflection_cells import write_result
from experiments.inflection_overlap import page
from experiments.inflection_overlap.page import KAZAKH, write_page
from lexaug.inflection.examples import read_examples

TRAIN = "at\tatlar\tN;PL\nit\titte\tN;LOC\n"
TEST = "at\tatlar\tN;PL\nit\titten\tN;ABL\nat\tatka\tN;DAT\nul\tullar\tN;PL\nul\tulga\tN;DAT\n"


@pytest.fixture
def grid(tmp_path, monkeypatch):
    for name, text in (("TRAIN", TRAIN), ("TEST", TEST)):
        path = tmp_path / f"{name}.tsv"
        path.write_text(text)
        monkeypatch.setattr(page, name, path)
    monkeypatch.chdir(tmp_path)
    return replace(KAZAKH, folder=tmp_path / "docs" / "results" / "cells", backbone=None)


def test_distances_are_kept_in_the_order_of_the_file(grid):
    found = grid.scored(read_examples(page.TEST).rows, ["atlar", "itte", "at", "ullar", "ulga"])
    assert found == {"test": 60.0, "distances": "0 1 2 0 0"}


def test_every_row_counts_in_its_category_and_seeds_are_averaged(grid, tmp_path):
    for cell in grid.cells():
        if cell.method == "scratch" and cell.seed < 2:
            result = {"wanted": grid.wanted(cell), "distances": "0 1 2 0 4" if cell.seed else "0 0 2 0 4"}
            write_result(grid._place(cell), result)
    write_page(grid)
    text = (tmp_path / "docs" / "results" / "inflection_overlap.md").read_text()
    assert "Measured so far: 2 of 6 cells." in text
    assert "| scratch (2) | lemma seen, features new | 2 | 2 | 25.0 ±35.4 [" in text
    data = json.loads((tmp_path / "docs" / "results" / "inflection_overlap.json").read_text())
    assert data["scratch"]["all"] == {"n": 5, "accuracy": 50.0, "distance": 1.3}
    assert data["scratch"]["lemma and features seen"] == {"n": 1, "accuracy": 100.0, "distance": 0.0}
    assert data["scratch"]["both new"] == {"n": 1, "accuracy": 0.0, "distance": 4.0}
