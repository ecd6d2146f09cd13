"""Lower blocks alone give the hidden states that the whole encoder gives there."""

import pytest
import torch

from lexaug.training.depth import lower_blocks


@pytest.mark.parametrize("count", [1, 2, 5])
def test_states_are_those_of_the_whole_encoder(backbone, count):
    ids = torch.tensor([[2, 10, 11, 3]])
    whole = backbone.model(input_ids=ids, output_hidden_states=True).hidden_states

    with lower_blocks(backbone.model, count) as run:
        part = backbone.model(input_ids=ids, output_hidden_states=True).hidden_states

    assert run == min(count, 2)
    assert len(part) == run + 1
    for mine, theirs in zip(part, whole, strict=False):
        assert torch.equal(mine, theirs)
    assert len(backbone.model(input_ids=ids, output_hidden_states=True).hidden_states) == 3
