"""Mixed precision: used where the processor has it, close to single precision, and only while training."""

import numpy as np
import pytest
import torch

from lexaug.inflection.adapter import attach
from lexaug.inflection.alphabet import Alphabet
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.model import InflectorModel
from lexaug.inflection.pointer import PointerLearner
from lexaug.inflection.scratch import new_config
from lexaug.inflection.settings import InflectorSettings
from lexaug.training.fused import fused_lora
from lexaug.training.precision import full_precision, has_bfloat16, mixed_precision

ROWS = [InflectionExample(stem, "V;PST", f"{stem}ed") for stem in ("walk", "dok", "lak", "wadok")]
ALPHABET = Alphabet.of(ROWS)


@pytest.fixture
def supported(request, monkeypatch):
    """Let the processor say that it multiplies bfloat16 numbers, or that it does not."""

    def capabilities():
        return {"avx512_bf16": request.param}

    monkeypatch.setattr(torch.cpu, "get_capabilities", capabilities, raising=False)
    has_bfloat16.cache_clear()
    yield request.param
    has_bfloat16.cache_clear()


def new_learner(model):
    return PointerLearner(model, ALPHABET)


def new_model(**more):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        return InflectorModel(new_config(ALPHABET, InflectorSettings(hidden_size=64, dropout=0.0))).to(**more)


@pytest.fixture
def learner(supported):
    """An adapter on a new model, its second half not zero any more."""
    model = attach(new_model())
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(6)
        for name, weight in model.named_parameters():
            if "lora_B" in name:
                torch.nn.init.normal_(weight, std=0.1)
    return new_learner(model)


def gradients(learner):
    learner.module.zero_grad()
    with fused_lora(learner.module):
        loss = learner.loss(ROWS, np.random.default_rng(0))
        loss.backward()
    found = [weight.grad for weight in learner.module.parameters() if weight.grad is not None]
    return float(loss.detach()), torch.cat([gradient.flatten() for gradient in found])


@pytest.mark.parametrize("supported", [True, False], indirect=True)
def test_it_is_used_where_the_processor_has_it(supported):
    assert has_bfloat16() is supported
    with mixed_precision(has_bfloat16()):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == (torch.bfloat16 if supported else torch.float32)
        with full_precision(torch.ones(1)):
            assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.float32


def test_a_torch_that_cannot_say_has_none(monkeypatch):
    monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)
    has_bfloat16.cache_clear()
    try:
        assert not has_bfloat16()
    finally:
        has_bfloat16.cache_clear()


@pytest.mark.parametrize("supported", [True], indirect=True)
def test_the_gradients_are_almost_those_of_single_precision(learner):
    assert learner.notes["precision"] == "bfloat16"
    loss, found = gradients(learner)
    learner.mixed = False
    wanted_loss, wanted = gradients(learner)

    assert found.dtype == torch.float32
    assert loss == pytest.approx(wanted_loss, rel=0.01)
    assert float(torch.nn.functional.cosine_similarity(found, wanted, 0)) > 0.995
    assert not torch.equal(found, wanted)


@pytest.mark.parametrize("supported", [True], indirect=True)
def test_forms_are_written_in_single_precision(learner):
    kinds = set()
    hook = learner.module.base_model.model.write.register_forward_hook(lambda *given: kinds.add(given[-1].dtype))
    learner.inflect(ROWS)
    hook.remove()
    assert kinds == {torch.float32}


@pytest.mark.parametrize("supported", [True, False], indirect=True)
@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16])
def test_a_model_in_half_precision_inflects_and_learns_as_it_is(supported, kind):
    learner, single = new_learner(new_model(dtype=kind)), new_learner(new_model())
    assert not learner.mixed
    assert learner.notes["precision"] in ("float16", "bfloat16")
    shares = [[found.share for found in one.inflect(ROWS)] for one in (learner, single)]
    assert shares[0] == pytest.approx(shares[1], abs=0.05)

    _, found = gradients(learner)
    assert found.dtype == kind
    assert found.isfinite().all()
