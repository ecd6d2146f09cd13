"""Reports kept with the adapters they are about."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.saving import save_report
from lexaug.evaluation.statistics import Delta, Outcome, score
from lexaug.evaluation.verdict import differences, judge
from lexaug.files import fingerprint
from lexaug.hub.card.text import gain
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


@pytest.mark.parametrize(
    ("end", "verdict"), [(2e-5, "helps"), (-2e-5, "no_effect"), (0.0, "no_effect"), (-0.0, "no_effect")]
)
def test_an_end_close_to_zero_keeps_its_side_and_the_verdict(
    report: EvalReport, tmp_path: Path, end: float, verdict: str
) -> None:
    deltas = {**report.deltas, "adapter-char_ngram": Delta(20.0, end, 40.0)}
    close = replace(report, deltas=deltas, judgement=judge(report.outcomes, deltas))
    assert close.judgement.verdict == verdict

    save_report(close, [adapter(tmp_path / "one")], Path("a"))

    text = (tmp_path / "one/metrics.json").read_text()
    (found,) = read_evaluations(json.loads(text), file=tmp_path)
    assert found.verdict == verdict
    assert (found.gain.low > 0) == (end > 0)
    assert "-0.0," not in text
    assert "-0.0 " not in f"{gain(found.gain)} {close.verdict_line} ".replace(",", " ").replace("]", " ")


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
