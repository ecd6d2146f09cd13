"""Cells of the studies of inflection: measured as a user would find them, once, and no longer than allowed."""

from dataclasses import dataclass, field, replace

import pytest

from experiments.inflection_cells import Cell, Grid, read_result, work_through, write_result
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.methods import RULES

ROWS = [InflectionExample(lemma, "N;PL", lemma + "k") for lemma in ("bo", "ka", "tu", "mi", "le", "so")]


@dataclass(frozen=True, slots=True)
class Small(Grid):
    """A grid of a few rows of its own."""

    def rows(self, cell):
        """Learn from four, choose on one, score on two."""
        return ROWS[:4], ROWS[4:5], ROWS[4:]


@dataclass
class Fake:
    """A study that keeps what it was asked to measure."""

    known: set = field(default_factory=set)
    asked: list = field(default_factory=list)

    def found(self, cell):
        """Tell what is known."""
        return {} if cell in self.known else None

    def measure(self, cell):
        """Measure nothing."""
        self.asked.append(cell)
        self.known.add(cell)
        return {"dev": 1.0, "test": 2.0}


def test_a_cell_is_measured_by_what_its_folder_gives_back_and_found_again(tmp_path):
    grid = Small(tmp_path, (4,), (RULES,), (1.0,), ("xxx",), backbone=None)
    cell = next(iter(grid.cells()))
    result = grid.measure(cell)
    assert (result["dev"], result["test"], result["right"], result["total"]) == (100.0, 100.0, [1, 1], [1, 1])
    assert result["machine"]
    assert grid.found(cell) == result
    assert grid.found(replace(cell, seed=1)) is None


def test_what_is_there_is_passed_over_and_nothing_starts_that_would_end_too_late():
    cells = [Cell("tur", 100, "scratch", minutes, 0) for minutes in (2.0, 4.0, 2.0)]
    cells[2] = replace(cells[2], seed=1)
    study = Fake(known={cells[0]})
    assert not work_through(cells, 3.0, study)
    assert study.asked == []
    assert work_through(cells, 5.0, study)
    assert study.asked == cells[1:]
    assert work_through(cells, 0.0, study)


@pytest.mark.parametrize(("method", "again"), [("scratch", False), ("scratch+hallucination", True), (RULES, False)])
def test_where_examples_are_made_up_otherwise_only_cells_with_such_are_measured_again(
    monkeypatch, tmp_path, method, again
):
    cell = Cell("tur", 100, method, 2.0, 0)
    write_result(tmp_path / "cell.json", {"wanted": cell.as_wanted(None)})
    monkeypatch.setattr("experiments.inflection_cells.HALLUCINATION", 0)
    assert (read_result(tmp_path / "cell.json", cell.as_wanted(None)) is None) == again
