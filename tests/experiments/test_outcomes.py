"""Measurements of single adapters, kept as files and joined over seeds."""

import json

import numpy as np
import pytest

from experiments.outcomes import Measured, join, read_measured, write_measured
from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.statistics import Outcome, score
from lexaug.evaluation.verdict import differences, judge

TOTAL = np.array([4.0, 2.0, 5.0])


def _report(*seeds):
    """An evaluation of two systems, the adapter right more often; one row of counts a seed."""
    rows = np.array(seeds)
    outcomes = {"char_ngram": Outcome(rows - 1, TOTAL), "adapter": Outcome(rows, TOTAL)}
    deltas = differences(outcomes)
    systems = {
        name: score(name, found, signature="s", slices=(("part", found.value / 2),)) for name, found in outcomes.items()
    }
    return EvalReport("sme", "pos", 3, systems, outcomes, deltas, judge(outcomes, deltas, "adapter"), "s")


def _measured(*row):
    return Measured.of("v1", _report(row), {"passes": 3, "dev_accuracy": 80.0, "history": []})


def test_what_is_written_is_read_again_while_its_version_counts(tmp_path):
    place = tmp_path / "study" / "cell.json"

    write_measured(place, _measured(4, 1.5, 3))

    assert read_measured(place, "v1") == _measured(4, 1.5, 3)
    assert read_measured(place, "v2") is None
    assert read_measured(tmp_path / "none.json", "v1") is None
    assert json.loads(place.read_text())["training"] == {"passes": 3, "dev_accuracy": 80.0}


def test_seeds_joined_are_one_evaluation_of_them_all():
    whole, joined = _report((4, 1, 3), (2, 2, 5)), join([_measured(4, 1, 3), _measured(2, 2, 5)])

    assert joined.deltas == whole.deltas
    assert joined.judgement == whole.judgement
    for name, found in whole.systems.items():
        same = joined.systems[name]
        assert (same.value, same.low, same.high, same.spread, same.seeds) == pytest.approx(
            (found.value, found.low, found.high, found.spread, 2)
        )
        assert dict(same.slices)["part"] == pytest.approx(found.value / 2)
