"""Which layers a run reads: as the recipe says, or in proportion to the backbone's depth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lexaug.errors import ConfigError
from lexaug.training.backbone import Backbone

if TYPE_CHECKING:
    from lexaug.recipe import TrainingSettings

WHOLE = frozenset(("sentence", "mlm"))
"""Objectives that read the last layer."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Layers, from 1, that word alignment compares and that the head reads; `depth` is how many blocks are run."""

    teacher: tuple[int, ...]
    head: tuple[int, ...]
    depth: int


def choose_layers(settings: TrainingSettings, backbone: Backbone) -> Layers:
    """Resolve the layers of a recipe.

    Where it names none, words are compared at a third and half of the depth and the head reads the half: half the work
    of all blocks, and on North Sámi dev no worse than three quarters. Where an objective reads the last layer anyway,
    words are compared at half and three quarters of the depth and at the end, and the head reads three quarters.

    Raises:
        ConfigError: the backbone has no such layer.

    """
    wanted = settings.active.keys()
    last = backbone.layers
    whole = bool(wanted & WHOLE)
    shares = (1 / 2, 3 / 4, 1) if whole else (1 / 3, 1 / 2)
    usual = [max(1, round(share * last)) for share in shares]
    teacher = settings.teacher_layers or tuple(sorted(set(usual)))
    head = settings.head_layers or (usual[1],)
    for layer in (*teacher, *head):
        if not 0 <= layer <= last:
            raise ConfigError(
                f"backbone {backbone.name!r} has no layer {layer}", hint=f"layers are 1 to {last}, 0 is the embedding"
            )
    read: Iterable[int] = (*(teacher if "words" in wanted else ()), *(head if "labels" in wanted else ()))
    return Layers(teacher, head, last if whole else max((1, *read)))
