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

    Where it names none, words are compared at half and three quarters of the depth (and at the last layer, where
    another objective reads that), and the head reads three quarters: a quarter less work than the last layer, and on
    North Sámi dev within its noise.

    Raises:
        ConfigError: the backbone has no such layer.

    """
    wanted = settings.active.keys()
    last = backbone.layers
    half, most = max(1, last // 2), max(1, round(0.75 * last))
    whole = bool(wanted & WHOLE)
    teacher = settings.teacher_layers or tuple(sorted({half, most, *((last,) if whole else ())}))
    head = settings.head_layers or (most,)
    for layer in (*teacher, *head):
        if not 0 <= layer <= last:
            raise ConfigError(
                f"backbone {backbone.name!r} has no layer {layer}", hint=f"layers are 1 to {last}, 0 is the embedding"
            )
    read: Iterable[int] = (*(teacher if "words" in wanted else ()), *(head if "labels" in wanted else ()))
    return Layers(teacher, head, last if whole else max((1, *read)))
