"""Loading adapters to compute with them: each backbone once, however many adapters are checked on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lexaug.training.part_files import read_object
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from lexaug.training.backbone import Backbone
    from lexaug.training.load import AdaptedModel


class Bench:
    """Keeps the backbones it has loaded; `adapted.model.unload()` frees one for the next adapter."""

    def __init__(self) -> None:
        self._backbones: dict[str, Backbone] = {}

    def load(self, folder: Path) -> AdaptedModel:
        """Load an adapter on the backbone that it was trained on.

        Raises:
            MissingError: the backbone cannot be had here.
            FormatError: a file is damaged, or the backbone has other weights than in training.

        """
        from lexaug.training.load import load

        trained = read_object(folder / MANIFEST, "the adapter's manifest").get("backbone", {})
        key = str(trained.get("weights_before"))
        adapted = load(folder, base=self._backbones.get(key))
        self._backbones.setdefault(key, adapted.backbone)
        return adapted
