"""Learning rates: their kinds and their course."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lexaug.training.optimiser import Rates, kind_of, make_optimiser, rate_share, set_rates

shares = st.floats(0, 1)


@given(shares, st.floats(0, 0.9), st.sampled_from(["linear", "cosine"]))
def test_rates_stay_between_nothing_and_their_peak(done, warmup, decay):
    assert 0.0 <= rate_share(done, warmup, decay) <= 1.0


@given(st.floats(0.01, 0.9), st.sampled_from(["linear", "cosine"]))
def test_rates_rise_to_the_peak_and_end_at_nothing(warmup, decay):
    assert rate_share(0.0, warmup, decay) == 0.0
    assert rate_share(warmup, warmup, decay) == pytest.approx(1.0)
    assert rate_share(1.0, warmup, decay) == pytest.approx(0.0, abs=1e-9)


def test_each_kind_of_parameter_has_its_own_rate(tiny, backbone):
    pupil = tiny.student(backbone)
    parameters = pupil.trained()

    optimiser = make_optimiser(parameters, Rates(1.0, 2.0, 3.0, 4.0), weight_decay=0.1)
    set_rates(optimiser, 0.5)

    of = {id(p): group for group in optimiser.param_groups for p in group["params"]}
    assert len(of) == len(parameters)
    assert {kind_of(name): of[id(p)]["lr"] for name, p in parameters.items()} == {
        "lora": 0.5,
        "rows": 1.0,
        "characters": 1.5,
        "head": 2.0,
    }
    assert {kind_of(name) for name, p in parameters.items() if of[id(p)]["weight_decay"]} == {"lora"}


def test_nothing_of_the_base_is_trained(tiny, backbone):
    trained = {id(parameter) for parameter in tiny.student(backbone).trained().values()}

    assert not any(id(p) in trained for n, p in backbone.model.named_parameters() if n.endswith("base_layer.weight"))
    assert isinstance(backbone.model.get_input_embeddings().token_adapter.base_layer.weight, torch.nn.Parameter)
