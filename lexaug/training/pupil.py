"""The student that a recipe asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lexaug.training.adapter import attach, token_row_parameter
from lexaug.training.backbone import Backbone
from lexaug.training.character_part import CharacterPart, CharacterSettings
from lexaug.training.head import Head
from lexaug.training.material import Material, occurring
from lexaug.training.seeds import seeded
from lexaug.training.student import Student
from lexaug.training.token_rows import translated_rows

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack
    from lexaug.recipe import Recipe, TrainingSettings


def make_student(
    recipe: Recipe, pack: LanguagePack, backbone: Backbone, material: Material, head: Head | None, depth: int
) -> Student:
    """Attach the adapter that a recipe asks for to the first `depth` blocks of a backbone, in place.

    Raises:
        ConfigError: a target or block that the backbone does not have.

    """
    settings = recipe.training
    token_ids: list[int] = []
    if settings.token_rows:
        token_ids = occurring(material, backbone.tokenizer, settings.passes, settings.token_row_limit)
    weight = backbone.model.get_input_embeddings().weight
    model = attach(
        backbone,
        rank=settings.rank,
        alpha=settings.alpha,
        dropout=settings.dropout,
        targets=settings.targets,
        layers=settings.layers or range(1, depth + 1),
        rslora=settings.rslora,
        dora=settings.dora,
        token_ids=token_ids,
        seed=recipe.seed,
    )
    rows = token_row_parameter(model)
    if rows is not None and settings.token_rows_init == "lexicon":  # noqa: S105
        rows.data.copy_(translated_rows(weight, token_ids, pack.lexicon(), backbone.tokenizer))
    return Student(model, _characters(settings, backbone, head, recipe.seed), head)


def _characters(settings: TrainingSettings, backbone: Backbone, head: Head | None, seed: int) -> CharacterPart | None:
    if not settings.characters:
        return None
    shape = CharacterSettings(
        input_buckets=settings.character_buckets,
        head_buckets=settings.character_head_buckets,
        size=settings.character_size,
        hidden=backbone.hidden_size,
        labels=0 if head is None else len(head.labels),
        radius=settings.character_radius,
    )
    with seeded(seed, "characters"):
        return CharacterPart(shape)
