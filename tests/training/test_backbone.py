"""Backbones from local folders: three families, safetensors only, and hashes that see through peft."""

from pathlib import Path

import pytest
import torch
from tiny_backbones import FAMILIES, write_backbone

from lexaug.errors import ConfigError, FormatError, LexaugError, MissingError, UnsafeError
from lexaug.training.backbone import hash_weights, load_backbone
from lexaug.training.encode import encode_words
from lexaug.training.objectives.mlm import vocabulary_scores

SENTENCES = [["the", "cat", "sat"], ["antidisestablishment", "of", "dogs", "."], ["mat"]]


@pytest.fixture(scope="session", params=FAMILIES)
def folder(request, tmp_path_factory) -> Path:
    return write_backbone(tmp_path_factory.mktemp("backbone") / request.param, request.param)


def test_family_loads_frozen_and_encodes(folder):
    backbone = load_backbone(str(folder))
    assert (backbone.hidden_size, backbone.layers, backbone.revision) == (16, 2, "")
    assert not any(parameter.requires_grad for parameter in backbone.model.parameters())
    vectors = encode_words(backbone.model, backbone.tokenizer, SENTENCES, layers=(1, 2))
    assert [vector.shape for vector in vectors] == [(3, 32), (4, 32), (1, 32)]


def test_hash_is_the_same_at_each_load(folder):
    """The mask head and a pooler that the files do not hold play no part, or they would be new at each load."""
    assert load_backbone(str(folder)).weights_hash == load_backbone(str(folder)).weights_hash


def test_hash_sees_one_changed_weight(folder):
    backbone = load_backbone(str(folder))
    next(backbone.model.parameters()).view(-1)[0].add_(1.0)
    assert hash_weights(backbone.model) != backbone.weights_hash


def test_mask_head_predicts_tokens(folder):
    backbone = load_backbone(str(folder), head="mlm")
    batch = backbone.tokenizer(f"the {backbone.mask_token} sat", return_tensors="pt")
    with torch.inference_mode():
        wanted = backbone.masked(**batch).logits
        vectors = backbone.model(**batch).last_hidden_state
        torch.testing.assert_close(vocabulary_scores(backbone.masked, vectors), wanted)
    assert wanted.shape[-1] == len(backbone.tokenizer)
    assert backbone.weights_hash == load_backbone(str(folder)).weights_hash
    assert encode_words(backbone.model, backbone.tokenizer, SENTENCES)[0].shape == (3, 16)


@pytest.mark.parametrize("dora", [False, True])
def test_hash_sees_through_peft(tmp_path, dora):
    from peft import LoraConfig, get_peft_model

    backbone = load_backbone(str(write_backbone(tmp_path / "bert", "bert")))
    config = LoraConfig(r=2, target_modules=["query", "value"], use_dora=dora, trainable_token_indices=[7, 9])
    wrapped = get_peft_model(backbone.model, config)
    assert hash_weights(wrapped) == backbone.weights_hash
    for parameter in wrapped.parameters():
        if parameter.requires_grad:
            parameter.data += 1.0
    assert hash_weights(wrapped) == backbone.weights_hash
    wrapped.base_model.model.encoder.layer[0].attention.self.query.base_layer.weight.data += 1.0
    assert hash_weights(wrapped) != backbone.weights_hash


def test_words_of_a_byte_level_tokenizer_are_those_of_running_text(tmp_path):
    backbone = load_backbone(str(write_backbone(tmp_path / "modernbert", "modernbert")))
    split = backbone.tokenizer([["a", "cat", "sat"]], is_split_into_words=True, add_special_tokens=False)["input_ids"][
        0
    ]
    assert split == backbone.tokenizer(" a cat sat", add_special_tokens=False)["input_ids"]


def test_backbone_without_mask_head_is_refused(tmp_path):
    folder = write_backbone(tmp_path / "bert", "bert", head=False)
    assert load_backbone(str(folder)).layers == 2
    with pytest.raises(ConfigError, match="no mask-LM head"):
        load_backbone(str(folder), head="mlm")


def test_pickled_weights_are_refused(tmp_path):
    folder = write_backbone(tmp_path / "bert", "bert")
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")
    with pytest.raises(UnsafeError, match="no safetensors"):
        load_backbone(str(folder))


def test_code_in_a_model_folder_is_not_run(tmp_path):
    folder = write_backbone(tmp_path / "bert", "bert")
    (folder / "own.py").write_text("raise SystemExit('code of a model was run')\n")
    config = (folder / "config.json").read_text()
    own = '{"auto_map": {"AutoConfig": "own.Config", "AutoModel": "own.Model"}, '
    (folder / "config.json").write_text(own + config[1:].replace('"model_type": "bert"', '"model_type": "own"'))
    with pytest.raises(LexaugError):
        load_backbone(str(folder))


def test_lacking_weights_are_named(tmp_path):
    from safetensors.torch import load_file, save_file

    folder = write_backbone(tmp_path / "bert", "bert")
    weights = load_file(folder / "model.safetensors")
    weights.pop("bert.encoder.layer.1.output.dense.weight")
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(FormatError, match=r"encoder\.layer\.1\.output\.dense\.weight"):
        load_backbone(str(folder))


def test_missing_folder_and_unreachable_model_say_what_to_do(tmp_path):
    with pytest.raises(MissingError, match="no such backbone folder"):
        load_backbone(str(tmp_path / "nothing"))
    with pytest.raises(MissingError, match="go online once"):
        load_backbone("nobody-has/this-model", revision="abc")


def test_folder_without_config_is_refused(tmp_path):
    with pytest.raises(MissingError, match=r"config\.json"):
        load_backbone(str(tmp_path))
