"""Weights in several files: an index may name safetensors files beside it alone."""

import json

import pytest
import torch
from safetensors.torch import load_file

from lexaug.errors import FormatError, UnsafeError
from lexaug.inflection.backbone import load_pointer, load_seq2seq
from lexaug.training.backbone import load_backbone
from lexaug.training.shards import INDEX, WHOLE, require_safe_shards


def put_index(folder, *names):
    weights = {f"w{place}": name for place, name in enumerate(names)}
    (folder / INDEX).write_text(json.dumps({"metadata": {}, "weight_map": weights}))


def test_safetensors_beside_the_index_may_be_named(tmp_path):
    require_safe_shards(str(tmp_path))
    put_index(tmp_path, "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
    require_safe_shards(str(tmp_path))


@pytest.mark.parametrize("name", ["pytorch_model.bin", "../other/model.safetensors", "a\\b.safetensors", "", 5, None])
def test_anything_else_is_refused(tmp_path, name):
    put_index(tmp_path, "model-00001-of-00002.safetensors", name)
    with pytest.raises(UnsafeError, match="is no safetensors file beside it") as told:
        require_safe_shards(str(tmp_path))
    assert told.value.file == str(tmp_path / INDEX)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"weight_map": []}'])
def test_a_damaged_index_is_told(tmp_path, content):
    (tmp_path / INDEX).write_text(content)
    with pytest.raises(FormatError, match="is no index of weights"):
        require_safe_shards(str(tmp_path))


@pytest.mark.parametrize("load", [load_pointer, lambda folder: load_seq2seq(str(folder), local=True)])
def test_a_pickle_behind_an_index_is_not_opened(tmp_path, load):
    torch.save({"w": torch.zeros(1)}, tmp_path / "pytorch_model.bin")
    (tmp_path / "config.json").write_text("{}")
    put_index(tmp_path, "pytorch_model.bin")
    with pytest.raises(UnsafeError, match=r"pytorch_model\.bin"):
        load(tmp_path)


def test_a_backbone_whose_weights_are_a_pickle_behind_an_index_is_refused(tiny, tmp_path):
    folder = tiny.write_backbone(tmp_path / "tiny")
    weights = load_file(folder / WHOLE)
    torch.save(weights, folder / "pytorch_model.bin")
    (folder / WHOLE).rename(folder / "unused.safetensors")
    (folder / INDEX).write_text(json.dumps({"metadata": {}, "weight_map": dict.fromkeys(weights, "pytorch_model.bin")}))
    with pytest.raises(UnsafeError, match=r"pytorch_model\.bin"):
        load_backbone(str(folder))
