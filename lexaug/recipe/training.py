"""The settings of adapter training and their presets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator

from lexaug.recipe.settings import Settings
from lexaug.registry import unknown

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1)]
Rate = Annotated[float, Field(gt=0)]
Weight = Annotated[float, Field(ge=0)]

PRESETS: Final[Mapping[str, Mapping[str, Any]]] = {
    "tagging": {"objectives": {"words": 0.3, "labels": 1.0}},
    "retrieval": {"objectives": {"words": 1.0, "sentence": 1.0}, "characters": False, "prefix": "query: "},
    "general": {"objectives": {"words": 1.0, "sentence": 0.5, "labels": 1.0}, "prefix": "query: "},
}
"""What each preset sets; a setting given beside the preset goes before it."""


class TrainingSettings(Settings):
    """How an adapter is trained.

    Sizes count values, layers count from 1 (0 is the embedding), rates are those of AdamW. `targets` are the linear
    layers with LoRA, `layers` the blocks with it (all that are read, where not given). `passes` go through all
    sentences; `minutes` ends training earlier. `english_share` and `text_share` say how much real English (for the
    labels) and real text of the language stands among the pseudo-sentences. `patience` counts passes without a gain on
    dev; `checkpoint_seconds` is the time between checkpoints, `workers` the number of processes that share
    each batch, one core each.
    """

    preset: str = "tagging"
    objectives: dict[str, Weight] = Field(default_factory=dict)

    rank: Count = 16
    alpha: Rate = 32.0
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.0
    targets: tuple[str, ...] | None = None
    layers: tuple[int, ...] | None = None
    rslora: bool = False
    dora: bool = False

    token_rows: bool = True
    token_rows_init: Literal["backbone", "lexicon"] = "backbone"  # noqa: S105
    token_row_limit: Count = 20_000

    characters: bool = True
    character_buckets: Count = 65_536
    character_head_buckets: Count = 131_072
    character_size: Count = 64
    character_radius: Annotated[int, Field(ge=0)] = 2
    character_dropout: Share = 0.3

    teacher_layers: tuple[int, ...] | None = None
    head_layers: tuple[int, ...] | None = None
    prefix: str = ""
    max_length: Count = 128

    passes: Count = 2
    minutes: Annotated[float, Field(gt=0)] | None = None
    tokens_per_batch: Count = 768
    learning_rate: Rate = 5e-4
    row_learning_rate: Rate = 2e-3
    character_learning_rate: Rate = 5e-3
    head_learning_rate: Rate = 1e-3
    weight_decay: Weight = 0.01
    warmup: Share = 0.06
    decay: Literal["linear", "cosine"] = "linear"
    english_share: Share = 0.3
    text_share: Share = 0.0
    patience: Count | None = None
    checkpoint_seconds: Rate = 60.0
    workers: Count = 1

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, values: Any) -> Any:  # noqa: ANN401
        if not isinstance(values, Mapping):
            return values
        preset = values.get("preset", "tagging")
        if preset not in PRESETS:
            fault = unknown("preset", str(preset), PRESETS)
            raise ValueError(f"{fault.message} ({fault.hint})")
        return {**PRESETS[preset], **values}
