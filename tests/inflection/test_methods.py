"""Every method goes through one door: from nothing, from the shipped kind of backbone, from a model of the Hub."""

import json
import shutil
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from small_inflector import QUICK

from lexaug.errors import ConfigError, FormatError, MissingError, StateError
from lexaug.inflection.adapter import MOST, attach
from lexaug.inflection.auto import candidates, choose, held_out
from lexaug.inflection.backbone import find_backbone, load_inflection_backbone, load_pointer
from lexaug.inflection.config import InflectorConfig
from lexaug.inflection.examples import InflectionExample, spread
from lexaug.inflection.extend import extend, extended_alphabet
from lexaug.inflection.folder import load_inflector, write_inflector
from lexaug.inflection.methods import NEURAL, make_learner
from lexaug.inflection.model import InflectorModel
from lexaug.inflection.pointer import PointerLearner
from lexaug.inflection.relatives import nearest_language, start_like
from lexaug.inflection.run import train_inflector
from lexaug.training.fused import fused_lora


def weights(module):
    return {name: tensor.clone() for name, tensor in module.state_dict().items()}


@pytest.mark.parametrize("method", ["full", "lora"])
@pytest.mark.parametrize("kind", ["pointer_backbone", "hub_backbone"])
def test_trained_from_a_backbone_written_and_loaded(method, kind, language, request, tmp_path):
    backbone = str(request.getfixturevalue(kind))
    inflector = train_inflector(method, *language, QUICK, backbone=backbone, language="xyz")
    write_inflector(tmp_path / "out", inflector, {})
    again = load_inflector(tmp_path / "out")
    before, after = inflector.inflect(language[1]), again.inflect(language[1])
    assert [found.form for found in after] == [found.form for found in before]
    assert [found.share for found in after] == pytest.approx([found.share for found in before], rel=1e-4)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert ("adapter_model.safetensors" in names) == (method == "lora")
    assert ("model.safetensors" in names) == (method == "full")
    if method == "lora":
        config = json.loads((tmp_path / "out" / "adapter_config.json").read_text())
        assert config["base_model_name_or_path"] == again.backbone.name


@pytest.mark.parametrize("kind", ["pointer_backbone", "hub_backbone"])
def test_an_adapter_is_small_and_leaves_the_backbone_as_it_was(kind, language, request):
    backbone = str(request.getfixturevalue(kind))
    learner = make_learner(NEURAL["lora"], language[0], QUICK, load_inflection_backbone(find_backbone(backbone)), "xyz")
    before = weights(learner.module)
    inflector = train_inflector("lora", *language, QUICK, backbone=backbone, language="xyz")
    after = weights(inflector.asked.module)
    changed = {name for name in after if not torch.equal(before[name], after[name])}
    assert changed
    of_adapter = ("lora_", "trainable_tokens_delta", "bias")
    assert all(any(part in name for part in of_adapter) for name in changed)
    pointer = kind == "pointer_backbone"
    assert any(name.endswith("base_layer.bias") for name in changed) == pointer, "T5 has no biases"
    weighs = load_inflection_backbone(find_backbone(backbone)).model.num_parameters()
    assert inflector.metrics["trained_values"] <= MOST * weighs


def test_an_adapter_trains_through_fused_layers(pointer_backbone, language, monkeypatch):
    fused = []

    @contextmanager
    def counted(model):
        with fused_lora(model) as layers:
            fused.append(layers)
            yield layers

    monkeypatch.setattr("lexaug.inflection.train.fused_lora", counted)
    train_inflector("lora", *language, QUICK, backbone=str(pointer_backbone), language="xyz")
    assert fused[0] > 0


@pytest.fixture
def small_backbone(tmp_path):
    """A backbone on which no adapter is small enough."""
    config = InflectorConfig(tuple("abc"), ("N",), hidden_size=16, encoder_layers=1, decoder_layers=1)
    InflectorModel(config).save_pretrained(tmp_path / "small")
    return str(tmp_path / "small")


def test_an_adapter_that_would_be_too_large_is_refused(small_backbone):
    with pytest.raises(ConfigError, match="rank 1"):
        attach(load_pointer(small_backbone))


def test_a_backbone_of_other_weights_is_told(language, pointer_backbone, tmp_path):
    copy = tmp_path / "mini"
    load_pointer(pointer_backbone).save_pretrained(copy)
    inflector = train_inflector("lora", *language, QUICK, backbone=str(copy))
    write_inflector(tmp_path / "out", inflector, {})
    changed = load_pointer(pointer_backbone)
    changed.choose.bias.data += 1
    changed.save_pretrained(copy)
    with pytest.raises(StateError, match="another backbone"):
        load_inflector(tmp_path / "out")


@pytest.mark.parametrize(("kind", "fault"), [("pointer_backbone", FormatError), ("hub_backbone", MissingError)])
def test_a_backbone_of_weights_that_are_no_numbers_is_told(kind, fault, request, tmp_path):
    copy = shutil.copytree(request.getfixturevalue(kind), tmp_path / "mini")
    weights = load_file(copy / "model.safetensors")
    next(iter(weights.values())).view(-1)[0] = float("nan")
    save_file(weights, copy / "model.safetensors", {"format": "pt"})
    with pytest.raises(fault, match="not finite"):
        load_inflection_backbone(find_backbone(str(copy)))


@pytest.mark.parametrize("part", ["lora_A", "trainable_tokens_delta", "choose.base_layer.bias"])
def test_an_adapter_of_weights_that_are_no_numbers_is_told(part, adapter):
    path = adapter / "adapter_model.safetensors"
    weights = load_file(path)
    next(weights[name] for name in weights if part in name).view(-1)[0] = float("inf")
    save_file(weights, path, {"format": "pt"})
    with pytest.raises(FormatError, match="not finite"):
        load_inflector(adapter)


@pytest.mark.parametrize(
    "odd",
    [{"r": 10**6}, {"r": "8"}, {"lora_alpha": 1}, {"target_modules": "(a+)+b"}, {"target_modules": [["x"]]},
     {"trainable_token_indices": {"nowhere": [1]}}],
)  # fmt: skip
def test_an_adapter_that_says_what_none_of_ours_does_is_not_read(odd, adapter):
    path = adapter / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | odd))
    with pytest.raises(FormatError, match="not whole"):
        load_inflector(adapter)


def test_of_an_adapters_settings_only_ours_are_read(language, whole_adapter, adapter):
    path = adapter / "adapter_config.json"
    more = {
        "layer_replication": [[0, 1]],
        "init_lora_weights": "pissa",
        "auto_mapping": {"parent_library": "antigravity"},
    }
    path.write_text(json.dumps(json.loads(path.read_text()) | more))
    found, wanted = (load_inflector(folder).inflect(language[1]) for folder in (adapter, whole_adapter))
    assert [one.form for one in found] == [one.form for one in wanted]


@pytest.fixture(params=["pointer_backbone", "hub_backbone"])
def on_a_relative_folder(request, language, tmp_path, monkeypatch):
    """An adapter on `models/mini`, seen from another folder than the one that it was trained in."""
    shutil.copytree(request.getfixturevalue(request.param), tmp_path / "models" / "mini")
    monkeypatch.chdir(tmp_path)
    write_inflector(tmp_path / "out", train_inflector("lora", *language, QUICK, backbone="models/mini"), {})
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return tmp_path / "out"


def test_a_backbone_in_a_relative_folder_is_found_from_elsewhere(on_a_relative_folder, language):
    assert len(load_inflector(on_a_relative_folder).inflect(language[1][:3])) == 3


def test_a_backbone_that_is_gone_is_told(on_a_relative_folder):
    shutil.rmtree(on_a_relative_folder.parent / "models")
    with pytest.raises(MissingError, match="mini', which is not here"):
        load_inflector(on_a_relative_folder)


def test_a_backbone_learns_new_rows_and_keeps_its_own(language, pointer_backbone):
    base = load_pointer(pointer_backbone)
    alphabet = extended_alphabet(base.config.alphabet, language[0], "xyz")
    wider = extend(base, alphabet)
    known = base.config.size
    assert torch.equal(wider.letters.weight[:known], base.letters.weight)
    assert alphabet.characters[: known - 4] == base.config.alphabet.characters
    assert set("".join(row.lemma + row.form for row in language[0])) <= set(alphabet.characters)
    assert alphabet.nests == ("NOM",)


def test_a_new_language_starts_from_the_most_alike_one(language, pointer_backbone):
    base = load_pointer(pointer_backbone)
    known, rows = base.config.alphabet, language[0]
    losses = {}
    for code in ("", "deu", "nld"):
        with torch.no_grad():
            learner = PointerLearner(base, known, language=code)
            losses[code] = float(learner.loss(spread(rows, 32), np.random.default_rng(0)))
    nearest = nearest_language(base, known, rows, "xyz")
    assert losses[nearest] == min(losses.values())
    assert nearest_language(base, known, rows, None) == nearest
    assert nearest_language(base, known, rows, "deu") is None, "it is known already"
    alphabet = extended_alphabet(known, rows, "xyz")
    model = extend(base, alphabet)
    start_like(model, alphabet, "xyz", "deu")
    start_like(model, alphabet, None, "nld")
    values = model.feature_values.weight
    for own, other in (("@xyz", "@deu"), ("@", "@nld")):
        assert torch.equal(values[alphabet.number(own)], values[alphabet.number(other)])


def test_what_an_inflector_started_from_is_told(language, pointer_backbone):
    found = train_inflector("lora", *language, QUICK, backbone=str(pointer_backbone), language="xyz")
    assert found.metrics["nearest_language"] in ("", "deu", "nld")


def test_only_settings_that_apply_are_told(language, pointer_backbone, hub_backbone):
    def told(method, backbone=None):
        return train_inflector(method, *language, replace(QUICK, steps=1), backbone=backbone).metrics["settings"].keys()

    shape = {"hidden_size", "encoder_layers", "decoder_layers", "num_heads", "intermediate_size", "dropout"}
    every = told("scratch")
    assert every >= {*shape, "smoothing", "hidden", "batch", "seed"}
    for method in ("lora", "full"):
        assert told(method, str(pointer_backbone)) == every - shape
        assert told(method, str(hub_backbone)) == every - shape - {"smoothing", "hidden"}


def test_at_most_so_many_new_characters_are_taken(language, pointer_backbone):
    base = load_pointer(pointer_backbone).config.alphabet
    assert len(extended_alphabet(base, language[0], None, most=1).characters) == len(base.characters) + 1


@pytest.mark.parametrize(("name", "says"), [("./nowhere", "no such folder"), ("tests", "holds no model")])
def test_a_backbone_that_is_not_there_is_told(name, says):
    with pytest.raises(MissingError, match=says):
        find_backbone(name)


def test_auto_keeps_what_is_best_on_dev_and_says_why(language, pointer_backbone):
    found = choose(*language, replace(QUICK, steps=2), backbone=str(pointer_backbone), methods=("rules", "scratch"))
    told = found.metrics["auto"]
    assert found.method == "rules"
    assert [trial["method"] for trial in told["trials"]] == ["rules", "scratch"]
    assert told["trials"][0]["dev_accuracy"] == pytest.approx(found.metrics["dev_accuracy"], abs=0.01)
    assert "above scratch" in told["reason"]


@pytest.mark.parametrize("shipped", [False, True])
def test_auto_tries_backbones_where_one_is_given_or_shipped(shipped, monkeypatch):
    monkeypatch.setattr("lexaug.inflection.auto.has_shipped", lambda: shipped)
    assert candidates("x") == ("rules", *NEURAL)
    assert candidates(None) == (("rules", *NEURAL) if shipped else ("rules", "scratch", "scratch+hallucination"))


def test_auto_passes_over_what_cannot_be_trained(language, small_backbone):
    found = choose(*language, replace(QUICK, steps=2), backbone=small_backbone, methods=("rules", "lora", "full"))
    told = found.metrics["auto"]
    assert {trial["method"] for trial in told["trials"]} == {"rules", "full"}
    assert list(told["refused"]) == ["lora"]
    assert "rank 1" in told["refused"]["lora"]
    with pytest.raises(ConfigError, match=r"no method can be trained: an adapter of rank 1"):
        choose(*language, replace(QUICK, steps=2), backbone=small_backbone, methods=("lora",))


def test_made_up_examples_are_counted(language):
    made = train_inflector("scratch+hallucination", *language, replace(QUICK, steps=1)).metrics
    assert made["made_up"] == 10_000
    none = [InflectionExample(f"{number}", "N;PL", f"{number + 1}") for number in range(3)]
    assert train_inflector("scratch+hallucination", none, (), replace(QUICK, steps=1)).metrics["made_up"] == 0
    assert "made_up" not in train_inflector("scratch", *language, replace(QUICK, steps=1)).metrics


def test_lemmas_are_held_out_whole(language):
    train, dev = held_out(language[0], 3)
    assert {row.lemma for row in train}.isdisjoint(row.lemma for row in dev)
    assert len(train) + len(dev) == len(language[0])
    with pytest.raises(ConfigError, match="too few lemmas"):
        held_out(language[0][:1], 3)
