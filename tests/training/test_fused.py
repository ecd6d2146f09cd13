"""The fused LoRA layer is peft's layer."""

import pytest
import torch
from peft import LoraConfig, get_peft_model

from lexaug.training.adapter import attach
from lexaug.training.fused import fused_lora


def _gradients(model, ids):
    model.zero_grad()
    out = model(input_ids=ids).last_hidden_state
    _scalar(out).backward()
    return out.detach(), {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}


def _scalar(out):
    """Weigh each value differently: the last layer's norm keeps sums of squares constant, without any gradient."""
    return (out * torch.linspace(-1, 1, out.numel()).cos().view_as(out)).sum()


def _adapter(backbone, **options):
    model = attach(backbone, rank=3, alpha=5, **options)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                torch.nn.init.normal_(parameter, std=0.3)
    return model


def test_values_and_gradients_are_those_of_peft(backbone):
    model, ids = _adapter(backbone), torch.tensor([[2, 10, 11, 3], [2, 12, 13, 3]])
    plain, wanted = _gradients(model, ids)

    with fused_lora(model) as layers:
        fused, got = _gradients(model, ids)

    assert layers == 12
    torch.testing.assert_close(fused, plain, rtol=1e-4, atol=1e-5)
    assert got.keys() == wanted.keys()
    for name, gradient in wanted.items():
        torch.testing.assert_close(got[name], gradient, rtol=1e-3, atol=1e-4)


def test_under_autocast_products_take_bfloat16_numbers_and_gradients_stay_single(backbone):
    model, ids = _adapter(backbone), torch.tensor([[2, 10, 11, 3], [2, 12, 13, 3]])
    _, wanted = _gradients(model, ids)

    dtypes = set()
    layer = next(module for module in model.modules() if hasattr(module, "lora_A"))
    hook = layer.register_forward_hook(lambda *given: dtypes.add(given[-1].dtype))
    with fused_lora(model):
        with torch.autocast("cpu", torch.bfloat16):
            _, inside = _gradients(model, ids)
            out = model(input_ids=ids).last_hidden_state
        model.zero_grad()
        _scalar(out).backward()
    hook.remove()

    assert dtypes == {torch.bfloat16}
    outside = {name: model.get_parameter(name).grad for name in wanted}
    for found in (inside, outside):
        assert {gradient.dtype for gradient in found.values()} == {torch.float32}
        both = [torch.cat([gradients[name].flatten() for name in wanted]) for gradients in (found, wanted)]
        assert float(torch.cosine_similarity(*both, 0)) > 0.99


def test_a_small_change_is_not_lost_to_rounding():
    """Below half the step between bfloat16 numbers, it still moves the merged weight on average."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = get_peft_model(
            torch.nn.Sequential(torch.nn.Linear(256, 256, bias=False)), LoraConfig(r=1, target_modules=["0"])
        )
    layer, inputs = model.base_model.model[0], torch.ones(1, 256)
    for part in (layer.lora_A, layer.lora_B):
        torch.nn.init.constant_(part["default"].weight, 0.003)
    change = 256 * 0.003**2 * layer.scaling["default"]
    with fused_lora(model), torch.autocast("cpu", torch.bfloat16):
        moved = model(inputs).float().mean() - layer.base_layer(inputs).float().mean()
    assert float(moved) == pytest.approx(change, rel=0.1)


def test_biases_learn_where_they_are_to(tiny_folder):
    from lexaug.training.backbone import load_backbone

    model, ids = _adapter(load_backbone(str(tiny_folder))), torch.tensor([[2, 10, 11, 3]])
    for name, parameter in model.named_parameters():
        if name.endswith("base_layer.bias"):
            parameter.requires_grad_(True)
    _, wanted = _gradients(model, ids)
    with fused_lora(model):
        _, got = _gradients(model, ids)
    biases = [name for name in wanted if name.endswith("base_layer.bias")]
    assert biases
    for name in biases:
        torch.testing.assert_close(got[name], wanted[name], rtol=1e-3, atol=1e-4)


def test_peft_comes_back_afterwards(backbone):
    model = _adapter(backbone)
    with fused_lora(model):
        pass

    assert not any("forward" in vars(module) for module in model.modules())


def test_dropout_and_dora_keep_the_way_of_peft(tiny, tiny_folder):
    from lexaug.training.backbone import load_backbone

    for options in ({"dropout": 0.1}, {"dora": True}):
        with fused_lora(_adapter(load_backbone(str(tiny_folder)), **options)) as layers:
            assert layers == 0
