"""An inflector is trained, kept where it is best, written, loaded and asked."""

import json
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file, save_file
from small_inflector import SMALL

from lexaug.errors import ConfigError, FormatError, MissingError
from lexaug.inflection.backbone import load_seq2seq
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.folder import check_inflector, load_inflector, write_inflector
from lexaug.inflection.inflector import accuracy
from lexaug.inflection.run import train_inflector
from lexaug.inflection.scratch import new_learner
from lexaug.inflection.train import fit, spread


@pytest.fixture(scope="module")
def run(language):
    return train_inflector("scratch", *language, SMALL)


def test_it_learns_endings_that_depend_on_features(run, language):
    assert run.metrics["steps"] == SMALL.steps
    assert run.metrics["dev_accuracy"] == max(score for _, score in run.metrics["history"])
    assert accuracy(run, language[1]) == run.metrics["dev_accuracy"] > 95


def test_the_seed_decides_everything(language):
    learners = [new_learner(language[0], SMALL) for _ in range(2)]
    for learner in learners:
        fit(learner, *language, replace(SMALL, steps=5))
    for one, other in zip(*(learner.module.parameters() for learner in learners), strict=True):
        assert torch.equal(one, other)


@pytest.mark.parametrize("minutes", [float("nan"), float("inf"), -1.0])
def test_a_budget_that_would_never_be_over_is_refused(minutes):
    with pytest.raises(ConfigError, match="minutes to train"):
        replace(SMALL, minutes=minutes)


def test_a_budget_that_is_empty_is_refused(language):
    with pytest.raises(ConfigError, match="0 steps"):
        replace(SMALL, steps=0)
    with pytest.raises(ConfigError, match="no time to train"):
        fit(new_learner(language[0], SMALL), language[0], (), replace(SMALL, steps=None, minutes=0))


def test_a_budget_in_minutes_ends_the_run(language):
    learner = new_learner(language[0], SMALL)
    course = fit(learner, language[0], (), replace(SMALL, steps=None, minutes=0.005, clock="cpu"))
    assert course.steps > 1
    assert 0.3 <= course.seconds <= 1


def test_rows_of_dev_are_taken_evenly():
    assert spread(list(range(10)), 5) == [0, 2, 4, 6, 8]
    assert spread(list(range(3)), 5) == [0, 1, 2]


@pytest.mark.parametrize("method", ["scratch", "rules"])
def test_written_and_loaded_it_gives_the_same_forms(method, run, language, tmp_path):
    train, dev = tmp_path / "x.trn", tmp_path / "x.dev"
    train.write_text("a"), dev.write_text("b")
    inflector = run if method == "scratch" else train_inflector("rules", *language)
    metrics = write_inflector(tmp_path / "out", inflector, {"train": train, "dev": dev})
    again = load_inflector(tmp_path / "out")
    assert again.method == method
    assert again.inflect(language[1]) == inflector.inflect(language[1])
    assert metrics["dev_accuracy"] == inflector.metrics["dev_accuracy"] > 0
    assert set(metrics["sources"]) == {"train", "dev"}


def test_a_folder_without_or_with_a_damaged_inflector_is_told(run, tmp_path):
    with pytest.raises(MissingError, match="no inflector"):
        load_inflector(tmp_path)
    write_inflector(tmp_path / "out", run, {})
    weights = tmp_path / "out" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:200])
    with pytest.raises(FormatError, match="not whole"):
        load_inflector(tmp_path / "out")


def test_weights_that_are_not_in_the_file_are_told(run, tmp_path):
    write_inflector(tmp_path / "out", run, {})
    path = tmp_path / "out" / "model.safetensors"
    save_file({name: value for name, value in load_file(path).items() if "decoder" not in name}, path, {"format": "pt"})
    with pytest.raises(FormatError, match="weights are missing"):
        load_inflector(tmp_path / "out")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_told(run, tmp_path, value):
    write_inflector(tmp_path / "out", run, {})
    path = tmp_path / "out" / "model.safetensors"
    weights = load_file(path)
    weights["write.bias"][3] = value
    save_file(weights, path, {"format": "pt"})
    with pytest.raises(FormatError, match=r"not whole: 1 weights are not finite, such as write\.bias"):
        load_inflector(tmp_path / "out")


@pytest.mark.parametrize(
    ("key", "value"),
    [("language", 5), ("backbone", "x"), ("weights", None), ("weights", {"end": 0.0, "start": 1.0}), ("kind", "x")],
)
def test_an_inflector_that_was_tampered_with_is_told(language, tmp_path, key, value):
    write_inflector(tmp_path / "out", train_inflector("rules", *language), {})
    path = tmp_path / "out" / "inflector.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    with pytest.raises(FormatError, match="not whole"):
        load_inflector(tmp_path / "out")


@pytest.mark.parametrize("content", ['"abc"', "{}", "[1]", "[null]", "{"])
@pytest.mark.parametrize("name", ["lemmas.json", "bundles.json"])
def test_what_it_was_trained_on_is_a_list_of_texts(language, tmp_path, name, content):
    write_inflector(tmp_path / "out", train_inflector("rules", *language), {})
    (tmp_path / "out" / name).write_text(content)
    with pytest.raises(FormatError, match=f"not whole: {name}"):
        load_inflector(tmp_path / "out")


@pytest.mark.parametrize("name", ["lemmas.json", "bundles.json"])
def test_what_it_was_trained_on_must_be_there(language, tmp_path, name):
    write_inflector(tmp_path / "out", train_inflector("rules", *language), {})
    (tmp_path / "out" / name).unlink()
    for read in (check_inflector, load_inflector):
        with pytest.raises(FormatError, match=f"not whole: .*{name}"):
            read(tmp_path / "out")


def test_lemmas_that_are_not_known_are_not_known_when_it_is_read(language, tmp_path):
    write_inflector(tmp_path / "out", replace(train_inflector("rules", *language), lemmas=None), {})
    assert load_inflector(tmp_path / "out").lemmas is None


@pytest.mark.parametrize(
    ("given", "told"),
    [({"format": 2}, "format 2"), *(({"format": odd}, "no known format") for odd in (None, "1", 1.0, True)),
     ({}, "no known format")],
)  # fmt: skip
def test_an_inflector_of_another_format_is_told(language, tmp_path, given, told):
    write_inflector(tmp_path / "out", train_inflector("rules", *language), {})
    path = tmp_path / "out" / "inflector.json"
    kept = {name: value for name, value in json.loads(path.read_text()).items() if name != "format"}
    path.write_text(json.dumps(kept | given))
    with pytest.raises(FormatError, match=f"{told}; this lexaug reads 1"):
        load_inflector(tmp_path / "out")


@pytest.mark.parametrize("change", [{"num_heads": 0}, {"num_heads": 7}, {"encoder_layers": 0}, {"hidden_size": 1e9}])
def test_a_shape_that_no_model_has_is_told(run, tmp_path, change):
    write_inflector(tmp_path / "out", run, {})
    path = tmp_path / "out" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(FormatError, match="not whole"):
        load_inflector(tmp_path / "out")


def test_weights_that_have_no_place_in_the_model_are_told(run, tmp_path):
    write_inflector(tmp_path / "out", run, {})
    path = tmp_path / "out" / "model.safetensors"
    save_file(load_file(path) | {"more": torch.zeros(1)}, path, {"format": "pt"})
    with pytest.raises(FormatError, match="1 weights have no place in it, such as more"):
        load_inflector(tmp_path / "out")


@pytest.mark.parametrize("kind", ["lora", "bias"])
def test_an_adapter_without_a_part_of_its_weights_is_told(kind, adapter):
    load_inflector(adapter)
    path = adapter / "adapter_model.safetensors"
    save_file({name: value for name, value in load_file(path).items() if kind not in name}, path, {"format": "pt"})
    with pytest.raises(FormatError, match="weights are missing"):
        load_inflector(adapter)


def test_a_kind_that_the_backbone_is_not_of_is_told(adapter):
    path = adapter / "inflector.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"kind": "seq2seq"}))
    with pytest.raises(FormatError, match="another kind of model"):
        load_inflector(adapter)


def test_code_that_comes_with_a_model_is_not_run(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("builtins.input", lambda *_: asked.append(1) or "y")
    ran = tmp_path / "ran"
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "conf.py").write_text(
        f"open({str(ran)!r}, 'w').close()\nfrom transformers import PretrainedConfig\n"
        "class C(PretrainedConfig):\n    model_type = 'unheard-of'\n"
    )
    named = {"AutoConfig": "conf.C", "AutoModelForSeq2SeqLM": "conf.C", "AutoTokenizer": ["conf.C", None]}
    for name in ("config.json", "tokenizer_config.json"):
        (tmp_path / "model" / name).write_text(json.dumps({"model_type": "unheard-of", "auto_map": named}))
    with pytest.raises(MissingError, match="cannot be loaded"):
        load_seq2seq(str(tmp_path / "model"), local=True)
    assert not ran.exists()
    assert not asked


def test_a_row_without_features_can_be_learnt_from():
    rows = [InflectionExample(stem, "", stem + "s") for stem in ("kal", "map", "tor", "lis")]
    assert train_inflector("scratch", rows, (), replace(SMALL, steps=3, hidden=1.0)).metrics["steps"] == 3


def test_nothing_to_learn_from_is_told():
    with pytest.raises(ConfigError, match="no example"):
        train_inflector("scratch", [InflectionExample("a", "N;PL", None)], (), SMALL)
