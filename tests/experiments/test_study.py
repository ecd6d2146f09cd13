"""What the studies share."""

import pytest

from experiments.study import part_of


def test_the_parts_of_a_study_are_all_of_it():
    cells = [*range(7)]
    assert part_of(cells, "") == cells
    assert sorted(cell for number in (1, 2, 3) for cell in part_of(cells, f"{number}/3")) == cells


@pytest.mark.parametrize("part", ["3/2", "0/2", "-1/2"])
def test_a_part_that_there_is_not_is_refused(part, capsys):
    with pytest.raises(SystemExit, match="2"):
        part_of([1, 2, 3], part)
    assert "there are parts 1 to 2" in capsys.readouterr().err
