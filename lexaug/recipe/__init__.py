"""Recipes: one file of settings that names everything made from it."""

from lexaug.recipe.recipe import Recipe
from lexaug.recipe.settings import BackboneSettings, EvaluationSettings, SynthesisSettings
from lexaug.recipe.training import PRESETS, TrainingSettings

__all__ = ["PRESETS", "BackboneSettings", "EvaluationSettings", "Recipe", "SynthesisSettings", "TrainingSettings"]
