"""What is trained for: one file per objective, found by name.

To add one, write a module with a class that has `loss`, and give it a line in `OBJECTIVES`.
"""

from __future__ import annotations

from lexaug.registry import Registry
from lexaug.training.objectives.base import Objective, Setting
from lexaug.training.objectives.labels import Labels
from lexaug.training.objectives.mlm import MaskedWords
from lexaug.training.objectives.sentence import Sentences
from lexaug.training.objectives.words import Words

__all__ = ["OBJECTIVES", "Objective", "Setting"]

OBJECTIVES: Registry[type[Objective]] = Registry(
    "objective", {"words": Words, "sentence": Sentences, "labels": Labels, "mlm": MaskedWords}
)
