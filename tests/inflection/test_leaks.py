"""What dev or gold rows ask for and training knows: the same row is a leak, another form of its cell is none."""

from pathlib import Path

import pytest

from lexaug.errors import LeakError
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.leaks import find_seen, require_unseen

TRAIN = [
    InflectionExample("cat", "N;ACC(PL)", "catim", 1),
    InflectionExample("cat", "N;ACC(PL)", "catem", 2),
    InflectionExample("dog", "N;ACC(PL)", "dogim", 3),
]


@pytest.mark.parametrize("features", ["N;ACC(PL)", "N;ACC;PL", "PL;ACC;N"])
def test_a_row_is_a_leak_with_the_same_form_in_either_notation(features):
    rows = [
        InflectionExample("cat", features, form, line)
        for line, form in enumerate(("catem", "catum", None), start=7)
    ]  # fmt: skip
    seen = find_seen([*rows, InflectionExample("cow", features, "cowim")], TRAIN)
    assert seen.leaks == ((rows[0], 2),)
    assert seen.others == ((rows[1], 1), (rows[2], 1))


def test_other_forms_of_known_cells_may_stand_in_dev():
    dev = [InflectionExample("cat", "N;ACC(PL)", "catum", 1), InflectionExample("cow", "N;ACC(PL)", "cowim", 2)]
    require_unseen(dev, TRAIN, Path("x.dev"))
    dev += [InflectionExample("dog", "N;ACC;PL", "dogim", 3), InflectionExample("cat", "N;ACC;PL", "catim", 4)]
    with pytest.raises(
        LeakError, match=r"'dog' N;ACC;PL 'dogim' also stands in line 3 .*, as does one other of the file"
    ) as told:
        require_unseen(dev, TRAIN, Path("x.dev"))
    assert (str(told.value.file), told.value.line) == ("x.dev", 3)
