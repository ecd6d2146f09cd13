"""Reports kept with the adapters they are about."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.saving import save_report
from lexaug.evaluation.statistics import Outcome, score
from lexaug.evaluation.verdict import differences, judge
from lexaug.files import fingerprint
from lexaug.hub.figures import read_evaluations


@pytest.fixture
def report() -> EvalReport:
    total = np.full(50, 10.0)
    right = {"zero_shot": 4.0, "char_ngram": 5.0, "adapter": 7.0}
    outcomes = {name: Outcome(np.full((1, 50), value), total) for name, value in right.items()}
    deltas = differences(outcomes)
    systems = {name: score(name, outcome) for name, outcome in outcomes.items()}
    return EvalReport("sme", "pos", 50, systems, outcomes, deltas, judge(outcomes, deltas), "signature", ("a note",))


def adapter(folder: Path, **manifest: object) -> Path:
    folder.mkdir()
    (folder / "metrics.json").write_text('{"steps": 3}')
    (folder / "manifest.json").write_text(json.dumps({"files": {}, **manifest}))
    return folder


def test_a_report_is_kept_beside_the_figures_of_training_and_read_again(report: EvalReport, tmp_path: Path) -> None:
    folders = [adapter(tmp_path / "one"), adapter(tmp_path / "two")]

    save_report(report, folders, Path("somewhere/test.conllu"))

    for folder in folders:
        metrics = json.loads((folder / "metrics.json").read_text())
        assert metrics["steps"] == 3
        (found,) = read_evaluations(metrics, file=folder / "metrics.json")
        assert (found.verdict, found.best, found.against, found.test) == (
            "helps",
            "adapter",
            "char_ngram",
            "test.conllu",
        )
        assert found.gain.value == pytest.approx(20.0)
        assert found.notes == ("a note",)


def test_a_report_of_the_same_replaces_the_old_one(report: EvalReport, tmp_path: Path) -> None:
    folder = adapter(tmp_path / "one")
    for task, test, n in (("pos", "a", 1), ("pos", "b", 2), ("retrieval", "a", 3), ("pos", "a", 4)):
        save_report(replace(report, task=task, n=n), [folder], Path(test))

    kept = json.loads((folder / "metrics.json").read_text())["evaluation"]
    assert [(entry["task"], entry["test"], entry["n"]) for entry in kept] == [
        ("pos", "b", 2),
        ("retrieval", "a", 3),
        ("pos", "a", 4),
    ]


def test_the_manifest_of_a_published_form_stays_true(report: EvalReport, tmp_path: Path) -> None:
    folder = adapter(tmp_path / "one", files={"metrics.json": "0" * 64})

    save_report(report, [folder], Path("a"))

    named = json.loads((folder / "manifest.json").read_text())["files"]["metrics.json"]
    assert named == fingerprint(folder / "metrics.json")
