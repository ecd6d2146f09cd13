"""A model's files lead to its own safetensors alone: an index, a configuration, an adapter beside them."""

import json

import pytest
import torch
from safetensors.torch import load_file

from lexaug.errors import FormatError, UnsafeError
from lexaug.inflection.backbone import load_pointer, load_seq2seq
from lexaug.training.backbone import load_backbone
from lexaug.training.safe_weights import INDEX, WHOLE, require_safe_weights


def put_index(folder, *names):
    weights = {f"w{place}": name for place, name in enumerate(names)}
    (folder / INDEX).write_text(json.dumps({"metadata": {}, "weight_map": weights}))


def test_safetensors_beside_the_index_may_be_named(tmp_path):
    require_safe_weights(str(tmp_path))
    put_index(tmp_path, "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
    require_safe_weights(str(tmp_path))


@pytest.mark.parametrize("name", ["pytorch_model.bin", "../other/model.safetensors", "a\\b.safetensors", "", 5, None])
def test_anything_else_is_refused(tmp_path, name):
    put_index(tmp_path, "model-00001-of-00002.safetensors", name)
    with pytest.raises(UnsafeError, match="is no safetensors file beside it") as told:
        require_safe_weights(str(tmp_path))
    assert told.value.file == str(tmp_path / INDEX)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"weight_map": []}'])
def test_a_damaged_index_is_told(tmp_path, content):
    (tmp_path / INDEX).write_text(content)
    with pytest.raises(FormatError, match="is no index of weights"):
        require_safe_weights(str(tmp_path))


@pytest.mark.parametrize("load", [load_pointer, lambda folder: load_seq2seq(str(folder), local=True)])
def test_a_pickle_behind_an_index_is_not_opened(tmp_path, load):
    torch.save({"w": torch.zeros(1)}, tmp_path / "pytorch_model.bin")
    (tmp_path / "config.json").write_text("{}")
    put_index(tmp_path, "pytorch_model.bin")
    with pytest.raises(UnsafeError, match=r"pytorch_model\.bin"):
        load(tmp_path)


READERS = [
    load_pointer,
    lambda folder: load_seq2seq(str(folder), local=True),
    lambda folder: load_backbone(str(folder)),
]


@pytest.mark.parametrize("load", READERS)
def test_weights_that_the_configuration_names_are_not_opened(tiny, tmp_path, load):
    folder = tiny.write_backbone(tmp_path / "tiny")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"transformers_weights": "x.safetensors.index.json"}))
    with pytest.raises(UnsafeError, match="names weights") as told:
        load(folder)
    assert told.value.file == str(folder / "config.json")


@pytest.mark.parametrize("load", READERS)
def test_an_adapter_that_lies_beside_a_model_is_not_put_on_it(tiny, tmp_path, load):
    folder = tiny.write_backbone(tmp_path / "tiny")
    (folder / "adapter_config.json").write_text('{"base_model_name_or_path": "else/where", "peft_type": "LORA"}')
    torch.save({}, folder / "adapter_model.bin")
    with pytest.raises(UnsafeError, match="adapter") as told:
        load(folder)
    assert told.value.file == str(folder / "adapter_config.json")


def test_a_backbone_whose_weights_are_a_pickle_behind_an_index_is_refused(tiny, tmp_path):
    folder = tiny.write_backbone(tmp_path / "tiny")
    weights = load_file(folder / WHOLE)
    torch.save(weights, folder / "pytorch_model.bin")
    (folder / WHOLE).rename(folder / "unused.safetensors")
    (folder / INDEX).write_text(json.dumps({"metadata": {}, "weight_map": dict.fromkeys(weights, "pytorch_model.bin")}))
    with pytest.raises(UnsafeError, match=r"pytorch_model\.bin"):
        load_backbone(str(folder))
