"""Lower blocks alone give the hidden states that the whole encoder gives there."""

import pytest
import torch

from lexaug.training.backbone import load_backbone
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


def test_the_whole_encoder_gives_all_its_states_afterwards(backbone, tiny_folder):
    ids = torch.tensor([[2, 10, 11, 3]])
    with lower_blocks(backbone.model, 1):
        assert len(backbone.model(input_ids=ids, output_hidden_states=True).hidden_states) == 2

    again = backbone.model(input_ids=ids, output_hidden_states=True).hidden_states
    fresh = load_backbone(str(tiny_folder)).model(input_ids=ids, output_hidden_states=True).hidden_states
    assert all(torch.equal(mine, theirs) for mine, theirs in zip(again, fresh, strict=True))
