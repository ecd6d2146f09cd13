"""The bare backbone of an evaluation, and what it says of words: loaded once, encoded once for all seeds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lexaug.evaluation.views import FrozenEncoder, Vectors

if TYPE_CHECKING:
    from lexaug.recipe import BackboneSettings
    from lexaug.training.backbone import Backbone


class Frozen:
    """A backbone that is loaded when it is first needed; adapters are put on it and taken off again."""

    def __init__(self, settings: BackboneSettings, loaded: Backbone | None = None) -> None:
        self._settings = settings
        self._loaded = loaded

    @cached_property
    def backbone(self) -> Backbone:
        """The encoder."""
        from lexaug.training.backbone import load_backbone

        return self._loaded or load_backbone(self._settings.name, revision=self._settings.revision)

    @cached_property
    def vectors(self) -> Vectors:
        """Word vectors; to be asked for only while no adapter is on the backbone."""
        return Vectors(FrozenEncoder(self.backbone.model, self.backbone.tokenizer), self.backbone.layers)
