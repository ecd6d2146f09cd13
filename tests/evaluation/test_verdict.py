import json
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from rich.console import Console

from lexaug.errors import ConfigError
from lexaug.evaluation.chart import chart_writer
from lexaug.evaluation.report import EvalReport, render
from lexaug.evaluation.statistics import Outcome, score
from lexaug.evaluation.verdict import differences, judge

ITEMS = 400


def system(accuracy: float, seed: int = 0) -> Outcome:
    """Right on that share of ten-word sentences; systems are correlated as real ones are."""
    ease = np.random.default_rng(0).uniform(-0.1, 0.1, size=ITEMS)
    noise = np.random.default_rng(seed + 1).normal(0, 0.02, size=ITEMS)
    return Outcome(np.clip(10 * (accuracy + ease + noise), 0, 10)[None], np.full(ITEMS, 10.0))


def judged(**accuracies: float):
    outcomes = {name: system(value, number) for number, (name, value) in enumerate(accuracies.items())}
    return judge(outcomes, differences(outcomes))


def test_it_helps_only_against_every_system_without_an_adapter() -> None:
    base = {"zero_shot": 0.5, "translate_train": 0.6, "char_ngram": 0.7, "fused_frozen": 0.72}
    found = judged(**base, adapter=0.55, adapter_translate_train=0.71, fused=0.75)
    assert (found.verdict, found.best, found.against) == ("helps", "fused", "fused_frozen")
    # better than all but the fusion without an adapter
    found = judged(**base, adapter=0.55, adapter_translate_train=0.71, fused=0.715)
    assert (found.verdict, found.against) == ("no_effect", "fused_frozen")


def test_a_lead_within_chance_is_no_effect() -> None:
    assert judged(zero_shot=0.70, adapter=0.7002).verdict == "no_effect"


@pytest.mark.parametrize(
    ("without", "with_it"), [("zero_shot", "adapter"), ("translate_train", "adapter_translate_train")]
)
def test_it_harms_where_a_system_is_worse_with_it_than_without(without: str, with_it: str) -> None:
    values = {"zero_shot": 0.5, "translate_train": 0.5, "char_ngram": 0.9, without: 0.7}
    found = judged(**values, adapter=0.6, adapter_translate_train=0.65, fused=0.85)
    assert (found.verdict, found.best, found.against, found.judged) == ("harms", with_it, without, "fused")


def test_behind_the_ngrams_alone_is_no_harm() -> None:
    assert judged(zero_shot=0.5, char_ngram=0.9, adapter=0.6, fused=0.85).verdict == "no_effect"


def test_the_system_chosen_on_dev_is_the_one_that_is_judged() -> None:
    outcomes = {"zero_shot": system(0.6), "adapter": system(0.6, 1), "adapter_translate_train": system(0.9, 2)}
    assert judge(outcomes, differences(outcomes), "adapter").verdict == "no_effect"
    assert judge(outcomes, differences(outcomes)).verdict == "helps"


def report() -> EvalReport:
    outcomes = {"zero_shot": system(0.5), "char_ngram": system(0.7, 1), "adapter": system(0.6, 2)}
    deltas = differences(outcomes)
    scores = {name: score(name, outcome, signature="s") for name, outcome in outcomes.items()}
    return EvalReport("sme", "pos", ITEMS, scores, outcomes, deltas, judge(outcomes, deltas), "s", ("a note",))


def test_the_json_has_the_agreed_keys_and_systems_that_do_not_apply_are_absent() -> None:
    found = json.loads(json.dumps(report().as_json()))
    agreed = ["language", "task", "n", "systems", "deltas", "verdict", "signature"]
    assert [name for name in found if name in agreed] == agreed
    assert set(found) - set(agreed) == {"best", "against", "notes"}
    assert set(found["systems"]) == {"zero_shot", "char_ngram", "adapter"}
    assert set(found["deltas"]) == {"adapter-zero_shot", "adapter-char_ngram"}
    assert found["deltas"]["adapter-zero_shot"]["value"] == pytest.approx(10, abs=0.5)


def test_people_read_a_table_and_one_line() -> None:
    console = Console(width=120, record=True, file=None, quiet=False)
    with console.capture() as capture:
        console.print(render(report()))
    text = capture.get()
    assert "zero_shot" in text
    assert "no effect: adapter 60" in text
    assert "against char_ngram 70" in text
    assert f"n = {ITEMS}" in text
    assert "a note" in text


@pytest.mark.parametrize(("name", "start"), [("a.svg", b"<?xml"), ("a.PNG", b"\x89PNG"), ("b/a.pdf", b"%PDF")])
def test_a_chart_is_drawn_in_the_format_of_its_name(tmp_path: Path, name: str, start: bytes) -> None:
    chart_writer(tmp_path / name)(report())
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_chart_names_every_system_and_the_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(matplotlib.rcParams, "svg.fonttype", "none")
    chart_writer(tmp_path / "a.svg")(report())
    text = (tmp_path / "a.svg").read_text()
    assert all(word in text for word in ("zero_shot", "char_ngram", "adapter", "no effect", f"n = {ITEMS}"))


def test_a_chart_of_an_unknown_kind_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        chart_writer(tmp_path / "a.docx")
    assert "svg" in caught.value.hint
