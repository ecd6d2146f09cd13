"""The study of what an inflector adds: what is held out of its table stays out of what its model learns from."""

from types import SimpleNamespace

import numpy as np
import pytest

from experiments.all_packs.jobs import Job
from experiments.inflection_synthesis import models, page
from experiments.inflection_synthesis.held_out import lemmas_of
from experiments.inflection_synthesis.models import ROWS, rows_to_learn
from experiments.outcomes import Measured
from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.statistics import Outcome, score
from lexaug.evaluation.verdict import differences, judge
from lexaug.inflection.folder import load_inflector
from lexaug.inflection.inflector import lemma_mark
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable

PLURAL, PAST = FeatureBundle.parse("N;PL"), FeatureBundle.parse("V;PST")


def test_a_model_learns_from_three_of_five_lemmas_of_each_part_of_speech():
    nouns, verbs = ([f"{start}{place:02}" for place in range(10)] for start in ("n", "v"))
    rows = [ParadigmRow(lemma, lemma + "k", PLURAL) for lemma in nouns]
    table = ParadigmTable("xxx", [*rows, *(ParadigmRow(lemma, lemma + "t", PAST) for lemma in verbs)])
    assert lemmas_of(table, "N") == nouns
    learnt = {row.lemma for row in rows_to_learn(table)}
    assert learnt == {f"{start}{place:02}" for start in "nv" for place in (1, 2, 3, 6, 7, 8)}
    assert {row.form for row in rows_to_learn(table) if row.lemma == "v01"} == {"v01t"}


def test_of_a_large_table_no_more_rows_are_learnt_than_are_wanted():
    table = ParadigmTable("xxx", [ParadigmRow(f"n{place:05}", "k", PLURAL) for place in range(2 * ROWS)])
    assert len(rows_to_learn(table)) == ROWS


@pytest.fixture
def small_pack(monkeypatch, tmp_path):
    """Faroese's pack is a made-up table here, and a training two steps."""
    table = ParadigmTable("fao", [ParadigmRow(f"n{place:02}", f"n{place:02}k", PLURAL) for place in range(10)])
    monkeypatch.setattr(models, "WORK", tmp_path)
    monkeypatch.setattr(models, "STEPS", 2)
    monkeypatch.setattr(models, "version", str)
    monkeypatch.setattr(models, "make_pack", str)
    monkeypatch.setattr(models, "load_pack", lambda _: SimpleNamespace(paradigms=lambda: table))


@pytest.mark.usefixtures("small_pack")
def test_a_model_is_trained_once_and_has_not_seen_what_is_held_out(monkeypatch):
    models.train_model("fao")
    inflector = load_inflector(models.folder_of("fao"))
    assert inflector.backbone is not None
    assert inflector.method == "lora"
    assert inflector.lemmas == {lemma_mark(f"n{place:02}") for place in (1, 2, 3, 6, 7, 8)}
    monkeypatch.setattr(models, "train_inflector", None)
    models.train_model("fao")


@pytest.mark.usefixtures("small_pack")
def test_a_model_of_other_steps_lies_elsewhere(monkeypatch):
    before = models.folder_of("fao")
    monkeypatch.setattr(models, "STEPS", 3)
    assert models.folder_of("fao") != before


@pytest.mark.usefixtures("small_pack")
def test_of_two_parts_that_train_a_model_the_slower_keeps_what_is_there(monkeypatch):
    real = models.write_inflector

    def overtaken(*given):
        real(*given)  # the other part
        real(*given)

    monkeypatch.setattr(models, "write_inflector", overtaken)
    models.train_model("fao")
    assert load_inflector(models.folder_of("fao")).method == "lora"


def _measured(task, right):
    """An adapter of one seed, and a system without; on three items."""
    total = np.full(3, 10.0)
    outcomes = {"zero_shot": Outcome(np.ones((1, 3)), total), "adapter": Outcome(np.full((1, 3), right), total)}
    deltas = differences(outcomes)
    systems = {name: score(name, found, signature="s") for name, found in outcomes.items()}
    judged = judge(outcomes, deltas, "adapter")
    return Measured.of("v1", EvalReport("fao", task, 3, systems, outcomes, deltas, judged, "s"), {})


def test_each_way_is_compared_with_none_of_the_same_task_on_the_seeds_of_both(monkeypatch):
    right = {
        ("pos", "none"): {1: 5, 2: 7, 3: 5},
        ("pos", "rules"): {1: 6, 2: 8},
        ("retrieval", "none"): {1: 4},
        ("retrieval", "rules"): {1: 2},
        ("retrieval", "model"): {},
    }

    def measured(job, seeds):
        found = right[job.task, job.inflector]
        return [_measured(job.task, found[seed]) for seed in seeds if seed in found]

    monkeypatch.setattr(Job, "measured", measured)

    rows = page._compared([Job("fao", task, inflector) for task, inflector in right], (1, 2, 3))

    assert [row for row in rows if row[3] == "adapter"] == [
        ["fao", "pos", "2", "adapter", "60.0", "rules", "70.0", "+10.00 [10.00, 10.00]"],
        ["fao", "retrieval", "1", "adapter", "40.0", "rules", "20.0", "-20.00 [-20.00, -20.00]"],
    ]
