"""The study beside yoyodyne, without yoyodyne: the search, the jobs, what the driver answers, the page."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.inflection_cells import write_result
from experiments.inflection_yoyodyne import __main__ as driver_main
from experiments.inflection_yoyodyne.compared import close_after, compare, dev_by, mean_ratio, training_rates
from experiments.inflection_yoyodyne.page import write_page
from experiments.inflection_yoyodyne.plan import FINALISTS, METHODS, THEIR_SHORTER, THREADS, TUNED_ON, Plan
from experiments.inflection_yoyodyne.runs import VERSION, Run, Yoyodyne, features, read_answer, write_job
from experiments.inflection_yoyodyne.settings import AXES, LIBRARY, SHAPES, search
from lexaug.inflection.examples import InflectionExample

HISTORY = [[60.0, 500, 40.0], [120.0, 1000, 55.0], [180.0, 1500, 55.0], [239.0, 2000, 54.0]]


def row(lemma, form, bundle="V;NOM(1,SG)"):
    return InflectionExample(lemma, bundle, form)


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "docs" / "results" / "study"
    return Plan(folder, Yoyodyne(folder / "yoyodyne"))


def put_tuning(plan, value):
    while runs := plan.tuning():
        for run in runs:
            result = {"wanted": run.wanted, "dev": value(run.settings)}
            write_result(plan.theirs._place(run), result)


def put_cells(plan, seed, ours, theirs):
    for cell in plan.cells():
        if cell.seed != seed:
            continue
        right = theirs(cell.seconds)[cell.threads] if isinstance(cell, Run) else ours(cell.minutes)
        result = {"right": right, "total": [10, 10], "dev": 10 * sum(right) / 2, "forms_per_second": 100.0}
        result |= {"wall": 250.0, "load": 0.1, "steps": 320, "values": 7, "history": HISTORY}
        if isinstance(cell, Run):
            result |= {"examples": 5_000, "seconds": 100.0}
            write_result(plan.theirs._place(cell), {"wanted": cell.wanted, **result})
        else:
            result |= {"forms_per_second": 400.0, "seconds": 60 * cell.minutes + 1}
            write_result(plan.ours._place(cell), {"wanted": plan.ours.wanted(cell), **result})


def test_the_search_goes_axis_by_axis_around_the_best():
    known = {}
    assert search(known.get).open == SHAPES
    known |= {settings: float(settings.layers == 2) for settings in SHAPES}
    name, values = AXES[0]
    state = search(known.get)
    assert state.best == SHAPES[1]
    assert set(state.open) == {replace(SHAPES[1], **{name: value}) for value in values}
    assert state.open[0] == SHAPES[1]
    done = search(lambda settings: (settings.rate == 2e-3) + (settings.features == "parts"))
    assert (done.open, done.best) == ((), replace(LIBRARY, rate=2e-3, features="parts"))


def test_every_axis_holds_the_values_of_every_shape():
    assert all(getattr(shape, name) in values for shape in SHAPES for name, values in AXES)


def test_a_run_is_found_again_only_with_the_same_settings(plan):
    run = Run("tur", 0, 1, LIBRARY, 240.0)
    write_result(plan.theirs._place(run), {"wanted": run.wanted, "dev": 1.0})
    assert plan.theirs.found(run)["dev"] == 1.0
    for other in (replace(run, settings=replace(LIBRARY, rate=1.0)), replace(run, threads=2), replace(run, seed=1)):
        assert other.name != run.name
        assert plan.theirs.found(other) is None


def test_a_job_holds_tables_that_can_be_read_back(tmp_path):
    rows = [row('a"b', 'ab"'), row("c", "ccc", "N;PL")]
    run = Run("tur", 3, 2, replace(LIBRARY, features="parts"), 5.0)
    job = json.loads(write_job(tmp_path, run, rows, rows, rows).read_text())
    with Path(job["train"]).open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file, delimiter="\t")) == [['a"b', 'ab"', "V;NOM;NOM:1;NOM:SG"], ["c", "ccc", "N;PL"]]
    assert (job["seed"], job["threads"], job["seconds"], job["longest"]) == (3, 2, 5.0, 13)
    assert job["settings"]["features"] == "parts"


def test_tags_stay_as_they_stand_unless_parts_are_wanted():
    assert features(row("a", "b"), parts=False) == "V;NOM(1,SG)"


def test_the_answer_of_the_driver_is_scored():
    rows = [row("a", "ax"), row("a", "ay"), row("b", "bx")]
    answer = {"dev": ["ax", "ay", "?"], "test": ["ax", "?", "bx"], "rates": {"32": 1.0, "128": 3.0}, "steps": 7}
    answer |= {"versions": {"yoyodyne": VERSION}}
    found = read_answer("a line of something else\n" + json.dumps(answer) + "\n", rows, rows)
    assert found == {
        "dev": 66.67, "test": 66.67, "right": [1, 1], "total": [2, 1], "steps": 7, "rates": answer["rates"],
        "forms_per_second": 3.0, "versions": answer["versions"],
    }  # fmt: skip
    with pytest.raises(ValueError, match=r"this is 0\.1"):
        read_answer(json.dumps({**answer, "versions": {"yoyodyne": "0.1"}}), rows, rows)
    with pytest.raises(ValueError, match="shorter"):
        read_answer(json.dumps({**answer, "test": ["ax"]}), rows, rows)


def test_checks_of_dev_are_read():
    assert close_after(HISTORY) == 120.0
    assert close_after([*HISTORY, [240.0, 2100, 56.0]]) == 120.0
    assert close_after([*HISTORY, [240.0, 2100, 56.1]]) == 240.0
    assert [dev_by(HISTORY, seconds) for seconds in (10, 60, 150, 300)] == [0.0, 40.0, 55.0, 55.0]


def test_the_page_without_a_whole_seed_shows_the_tuning(plan, tmp_path):
    write_page(plan)
    page = (tmp_path / "docs" / "results" / "inflection_yoyodyne.md").read_text()
    assert "No seed is measured whole so far." in page
    assert "not yet over" in page


def test_the_page_judges_whole_seeds(plan, tmp_path):
    put_tuning(plan, lambda settings: 50.0 + (settings.layers == 2) + (settings.dropout == 0.3))
    assert (plan.best.layers, plan.best.dropout, plan.best.rate) == (2, 0.3, 1e-3)
    put_cells(plan, 0, lambda minutes: [8, 9] if minutes >= 1 else [1, 2], lambda _: {1: [5, 6], 2: [3, 4]})
    found = compare(plan, "scratch")
    assert (found.seeds, found.threads, found.reached_seconds, found.needed_seconds) == ((0,), 1, 61.0, 60.0)
    ours, theirs = training_rates(found)["tur"]
    assert (ours, theirs) == (320 * 1000 / 32 / 241, 50.0)
    assert mean_ratio({"a": (2, 1), "b": (8, 1)}) == pytest.approx(4)
    write_page(plan)
    page = (tmp_path / "docs" / "results" / "inflection_yoyodyne.md").read_text()
    for threads, lead in (("1 thread", "+30.0 [30.0, 30.0]"), ("2 threads", "+50.0 [50.0, 50.0]")):
        assert f"| mean accuracy over yoyodyne's on {threads}, points | {lead} | interval above 0 | met |" in page
    assert "on 1 thread, " in page
    assert "It is held to 1 thread where" in page
    assert "| 0.98 (60 s, 61 s) | 3 | **missed** |" in page
    assert "| training examples/s, times yoyodyne's | 0.83 | 2 | **missed** |" in page
    assert "| forms/s, times yoyodyne's | 4.00 | 3 | met |" in page
    assert "chosen: layers 2, dropout 0.3" in page
    for seconds in (120, 240):
        assert f"| {seconds} | 85.0 [82.0, 88.0] | 85.0 | 55.0 | 55.0 |" in page
    data = json.loads((tmp_path / "docs" / "results" / "inflection_yoyodyne.json").read_text())
    assert data["scratch"]["lexaug"]["240 s"] == 85.0
    assert data["scratch"]["yoyodyne"] == {"1 thread": 55.0, "2 threads": 35.0}


def test_yoyodyne_trained_anew_for_less_time_counts_where_it_is_as_good(plan):
    put_tuning(plan, lambda settings: 50.0)
    right = {60.0: {1: [3, 3]}, 120.0: {1: [4, 5]}, 240.0: {1: [5, 6], 2: [5, 5]}}
    put_cells(plan, 0, lambda minutes: [9, 9], right.__getitem__)
    assert compare(plan, "full+hallucination").needed_seconds == 120.0
    right[60.0] = {1: [5, 6]}
    put_cells(plan, 0, lambda minutes: [9, 9], right.__getitem__)
    assert compare(plan, "full+hallucination").needed_seconds == 60.0


def test_no_seed_is_whole_without_yoyodyne_on_two_threads(plan):
    put_tuning(plan, lambda settings: 50.0)
    put_cells(plan, 0, lambda minutes: [9, 9], lambda _: {1: [5, 6], 2: [5, 5]})
    plan.theirs._place(plan.run("nav", 0, 2, plan.best)).unlink()
    assert compare(plan, "scratch") is None


def test_the_best_settings_are_compared_on_all_languages(plan):
    while plan.search().open:
        for run in plan.tuning():
            write_result(plan.theirs._place(run), {"wanted": run.wanted, "dev": 50.0})
    last = [*plan.finalists()][-1]
    assert len(plan.finalists()) == FINALISTS
    assert {run.language for run in plan.tuning()} == set(plan.languages)
    for run in plan.tuning():
        if run.language not in TUNED_ON:
            write_result(plan.theirs._place(run), {"wanted": run.wanted, "dev": 50.0 + (run.settings == last)})
    assert plan.tuning() == []
    assert plan.best == last


def test_a_plan_takes_the_sides_in_turn(plan):
    own = len(plan.ours.minutes) * len(METHODS)
    first = plan.cells()[: own + len(THREADS) + len(THEIR_SHORTER)]
    assert {cell.language for cell in first} == {"swa"}
    assert [isinstance(cell, Run) for cell in first] == [False] * own + [True] * (len(first) - own)
    assert {run.language for run in plan.tuning()} == set(TUNED_ON)


def test_a_part_does_not_wait_for_ever(plan, monkeypatch):
    monkeypatch.setattr(driver_main, "WAIT", 0.01)
    runs = plan.tuning()
    assert not driver_main._others_finish(plan, runs, 0.05)
    put_tuning(plan, lambda settings: 50.0)
    assert driver_main._others_finish(plan, runs, 0.05)
