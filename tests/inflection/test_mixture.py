"""What a training reads: real rows, with made-up ones until the last passes."""

from collections import Counter
from itertools import islice

import pytest

from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.mixture import LAST_PASSES, batches

REAL = [InflectionExample("a" * (place % 5 + 1) + chr(0x430 + place), "N;PL", "b") for place in range(12)]
MADE_UP = [InflectionExample("c" * (place % 7 + 1) + chr(0x430 + place), "N;PL", "d") for place in range(60)]


def read(spent, made_up=MADE_UP, count=40, size=4, seed=1):
    return list(islice(batches(REAL, made_up, size, seed, spent), count))


def test_without_made_up_rows_each_real_one_comes_once_a_pass():
    found = read(lambda: 0.0, (), count=6)
    assert sorted(row.lemma for batch in found[:3] for row in batch) == sorted(row.lemma for row in REAL)
    assert sorted(row.lemma for batch in found[3:] for row in batch) == sorted(row.lemma for row in REAL)
    assert found[:3] != found[3:]


def test_each_real_row_comes_with_some_made_up_ones(monkeypatch):
    monkeypatch.setattr("lexaug.inflection.mixture.ALONG", 28)
    passes = read(lambda: 0.0, count=20)
    found = [Counter(row.lemma for batch in part for row in batch) for part in (passes[:10], passes[10:])]
    for one in found:
        assert sum(one[row.lemma] for row in MADE_UP) == 28
        assert {one[row.lemma] for row in REAL} == {1}
        assert max(one.values()) == 1
    assert found[0] != found[1], "others are drawn for the next pass"


def test_few_made_up_rows_all_come_in_each_pass():
    found = Counter(row.lemma for batch in read(lambda: 0.0, MADE_UP[:4], count=8) for row in batch)
    assert [found[row.lemma] for row in MADE_UP[:4]] == [2, 2, 2, 2]


def spent_after(steps):
    """Read a budget of so many batches."""
    found = []
    for batch in batches(REAL, MADE_UP, 4, 1, lambda: len(found) / steps):
        found.append(batch)
        if len(found) == steps:
            break
    return found


@pytest.mark.parametrize(
    ("steps", "alone"), [(40, 20), (600, LAST_PASSES * len(REAL) // 4)], ids=["half of a short one", "the last passes"]
)
def test_at_the_end_real_rows_are_read_alone(steps, alone):
    made_up = [any(row in MADE_UP for row in batch) for batch in spent_after(steps)]
    assert not any(made_up[-alone:])
    assert any(made_up[-alone - 18 : -alone])


def test_the_seed_decides():
    assert read(lambda: 0.0) == read(lambda: 0.0) != read(lambda: 0.0, seed=2)
