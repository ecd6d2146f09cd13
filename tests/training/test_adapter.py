"""The peft part: what it holds, what it saves, what it refuses."""

import json
from dataclasses import replace

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file

from lexaug.errors import ConfigError
from lexaug.training.adapter import adapter_size, attach, hub_id, save_adapter, token_row_parameter
from lexaug.training.backbone import load_backbone
from lexaug.training.offline import HUB_REVISION

IDS = [10, 12, 13]


def test_only_lora_and_the_chosen_rows_are_saved(backbone, tmp_path):
    model = attach(backbone, rank=2, alpha=4, token_ids=IDS)

    save_adapter(model, tmp_path)

    tensors = load_file(tmp_path / "adapter_model.safetensors")
    rows = [tensor for name, tensor in tensors.items() if "trainable_tokens_delta" in name]
    assert [tuple(tensor.shape) for tensor in rows] == [(len(IDS), backbone.hidden_size)]
    assert all("lora_" in name or "trainable_tokens_delta" in name for name in tensors)
    assert sum(tensor.numel() for tensor in tensors.values()) == adapter_size(model)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["adapter_config.json", "adapter_model.safetensors"]


def test_a_saved_adapter_is_a_plain_peft_adapter(backbone, tiny_folder, tmp_path):
    model = attach(backbone, rank=2, alpha=4, token_ids=IDS)
    with torch.no_grad():
        token_row_parameter(model).add_(1.0)
    ids = torch.tensor([[2, 10, 11, 3]])
    wanted = model(input_ids=ids).last_hidden_state
    save_adapter(model, tmp_path)

    loaded = PeftModel.from_pretrained(load_backbone(str(tiny_folder)).model, str(tmp_path))

    torch.testing.assert_close(loaded(input_ids=ids).last_hidden_state, wanted)


def test_the_offline_backbone_goes_by_its_name_on_the_hub(backbone, tmp_path):
    offline = replace(backbone, name="offline")
    save_adapter(attach(offline, rank=2, alpha=4), tmp_path)

    config = json.loads((tmp_path / "adapter_config.json").read_text())
    assert config["base_model_name_or_path"] == hub_id("offline") == "intfloat/multilingual-e5-small"
    assert config["revision"] == HUB_REVISION


def test_the_seed_decides_the_start(tiny_folder):
    def start(seed):
        model = attach(load_backbone(str(tiny_folder)), rank=2, alpha=4, seed=seed)
        return torch.cat([p.flatten() for name, p in model.named_parameters() if "lora_A" in name])

    assert torch.equal(start(1), start(1))
    assert not torch.equal(start(1), start(2))


def test_adapts_only_the_layers_asked_for(backbone):
    model = attach(backbone, rank=2, alpha=4, layers=[2], targets=["query"])

    names = [name for name, parameter in model.named_parameters() if parameter.requires_grad]
    assert len(names) == 2
    assert all(".layer.1.attention.self.query." in name for name in names)


@pytest.mark.parametrize(
    ("options", "message"), [({"targets": ["qurey"]}, "no linear layer 'qurey'"), ({"layers": [3]}, "no layer 3")]
)
def test_what_the_backbone_has_not_is_refused_by_name(backbone, options, message):
    with pytest.raises(ConfigError, match=message):
        attach(backbone, rank=2, alpha=4, **options)
