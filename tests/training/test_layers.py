"""Which layers are read where the recipe does not say."""

from types import SimpleNamespace

import pytest

from lexaug.errors import ConfigError
from lexaug.recipe import TrainingSettings
from lexaug.training.layers import Layers, choose_layers

TWELVE = SimpleNamespace(layers=12, name="e5")


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({"objectives": {"words": 1, "labels": 1}}, Layers((4, 6), (6,), 6)),
        ({"objectives": {"words": 1, "sentence": 1}}, Layers((6, 9, 12), (9,), 12)),
        ({"objectives": {"labels": 1, "words": 0}, "head_layers": (4,)}, Layers((4, 6), (4,), 4)),
        ({"objectives": {"words": 1}, "teacher_layers": (3,), "head_layers": (12,)}, Layers((3,), (12,), 3)),
        ({"objectives": {"labels": 1}, "head_layers": (0,)}, Layers((4, 6), (0,), 1)),
    ],
)
def test_only_the_blocks_that_are_read_are_run(settings, wanted):
    assert choose_layers(TrainingSettings.make(**settings), TWELVE) == wanted


def test_small_backbones_have_layers_too():
    settings = TrainingSettings.make(objectives={"words": 1, "labels": 1})

    assert choose_layers(settings, SimpleNamespace(layers=1, name="tiny")) == Layers((1,), (1,), 1)
    whole = TrainingSettings.make(preset="general")
    assert choose_layers(whole, SimpleNamespace(layers=1, name="tiny")) == Layers((1,), (1,), 1)


def test_a_layer_that_is_not_there_is_named():
    with pytest.raises(ConfigError, match="'e5' has no layer 13"):
        choose_layers(TrainingSettings.make(teacher_layers=(13,)), TWELVE)
