"""The settings of adapter training and their presets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from lexaug.described import UnusableError
from lexaug.recipe.settings import Settings
from lexaug.registry import unknown

MAX_RANK = 4096
"""Values per token of the widest encoder in use: a wider LoRA product says nothing more."""
MAX_BUCKETS = 1 << 20
"""Sixteen times the default: more features than any text of a low-resource language has."""
MAX_BATCH = 1 << 16
"""Tokens whose hidden states fill some 30 GB in an encoder of 384 values."""
MAX_WORKERS = 64
MIN_LENGTH = 8
"""Tokens below which no sentence fits with its frame."""

Share = Annotated[float, Field(ge=0, le=1, strict=True, description="a part of the whole, 0 to 1")]
Count = Annotated[int, Field(ge=1, strict=True, description="a whole number from 1 on")]
Positive = Annotated[float, Field(gt=0, strict=True, description="a number above 0, and finite")]
Rate = Annotated[float, Field(gt=0, le=1, strict=True, description="a learning rate of AdamW is small: 1e-4 to 1e-2")]
Weight = Annotated[float, Field(ge=0, strict=True, description="a number from 0 on, and finite")]
Rank = Annotated[int, Field(ge=1, le=MAX_RANK, strict=True, description="4 to 64 are usual")]
Buckets = Annotated[int, Field(ge=1, le=MAX_BUCKETS, strict=True, description="a power of two, e.g. 65536")]
Size = Annotated[int, Field(ge=1, le=512, strict=True, description="32 to 128 are usual")]
Radius = Annotated[int, Field(ge=0, le=16, strict=True, description="neighbours on either side: 1 to 4 are usual")]
Dropout = Annotated[float, Field(ge=0, lt=1, strict=True, description="0 to 0.3 are usual")]
Length = Annotated[int, Field(ge=MIN_LENGTH, strict=True, description="tokens of a sentence: 128 holds most")]
Batch = Annotated[int, Field(ge=1, le=MAX_BATCH, strict=True, description="tokens of a batch: 512 to 8192 are usual")]
Workers = Annotated[int, Field(ge=1, le=MAX_WORKERS, strict=True, description="as many as there are cores to spare")]
Switch = Annotated[bool, Field(strict=True, description="true or false")]
Name = Annotated[str, Field(min_length=1)]
Layer = Annotated[int, Field(ge=0, strict=True)]
Block = Annotated[int, Field(ge=1, strict=True)]


def _filled(chosen: tuple[Any, ...]) -> tuple[Any, ...]:
    if not chosen:
        raise UnusableError("the list is empty", "leave the key out for the usual choice, or name at least one")
    return chosen


Names = Annotated[tuple[Name, ...], AfterValidator(_filled)]
Layers = Annotated[tuple[Layer, ...], AfterValidator(_filled)]
Blocks = Annotated[tuple[Block, ...], AfterValidator(_filled)]

PRESETS: Final[Mapping[str, Mapping[str, Any]]] = {
    "tagging": {"objectives": {"words": 0.3, "labels": 1.0}},
    "retrieval": {"objectives": {"words": 1.0, "sentence": 1.0}, "characters": False, "prefix": "query: "},
    "general": {"objectives": {"words": 1.0, "sentence": 0.5, "labels": 1.0}, "prefix": "query: "},
}
"""What each preset sets; a setting given beside the preset goes before it."""


def _preset(name: str) -> str:
    return _known("preset", name, PRESETS)


def _objective(name: str) -> str:
    if any(name in preset["objectives"] for preset in PRESETS.values()):
        return name
    from lexaug.training.objectives import OBJECTIVES

    return _known("objective", name, OBJECTIVES)


def _known(what: str, name: str, names: Iterable[str]) -> str:
    if name not in (known := tuple(names)):
        fault = unknown(what, name, known)
        raise UnusableError(fault.message, fault.hint)
    return name


Preset = Annotated[str, AfterValidator(_preset), Field(description=f"one of: {', '.join(PRESETS)}")]
ObjectiveName = Annotated[str, AfterValidator(_objective)]
Objectives = Annotated[dict[ObjectiveName, Weight], Field(description="weights by name, such as { words = 0.3 }")]


class TrainingSettings(Settings):
    """How an adapter is trained.

    Sizes count values, layers count from 1 (0 is the embedding), rates are those of AdamW. `targets` are the linear
    layers with LoRA, `layers` the blocks with it (all that are read, where not given). `passes` go through all
    sentences; `minutes` ends training earlier. `english_share` and `text_share` say how much real English (for the
    labels) and real text of the language stands among the pseudo-sentences. `patience` counts passes without a gain on
    dev; `checkpoint_seconds` is the time between checkpoints, `workers` the number of processes that share
    each batch, one core each.
    """

    model_config = ConfigDict(allow_inf_nan=False)

    preset: Preset = "tagging"
    objectives: Objectives = Field(default_factory=dict)

    rank: Rank = 16
    alpha: Positive = 32.0
    dropout: Dropout = 0.0
    targets: Names | None = None
    layers: Blocks | None = None
    rslora: Switch = False
    dora: Switch = False

    token_rows: Switch = True
    token_rows_init: Literal["backbone", "lexicon"] = "backbone"  # noqa: S105
    token_row_limit: Count = 20_000

    characters: Switch = True
    character_buckets: Buckets = 65_536
    character_head_buckets: Buckets = 131_072
    character_size: Size = 64
    character_radius: Radius = 2
    character_dropout: Share = 0.3

    teacher_layers: Layers | None = None
    head_layers: Layers | None = None
    prefix: str = ""
    max_length: Length = 128

    passes: Count = 2
    minutes: Positive | None = None
    tokens_per_batch: Batch = 768
    learning_rate: Rate = 5e-4
    row_learning_rate: Rate = 2e-3
    character_learning_rate: Rate = 5e-3
    head_learning_rate: Rate = 1e-3
    weight_decay: Weight = 0.01
    warmup: Share = 0.06
    decay: Literal["linear", "cosine"] = "linear"
    english_share: Share = 0.3
    text_share: Share = 0.0
    patience: Count = 3
    checkpoint_seconds: Positive = 60.0
    workers: Workers = 1

    @property
    def active(self) -> dict[str, float]:
        """The objectives that count: those with a weight above zero."""
        return {name: weight for name, weight in self.objectives.items() if weight > 0}

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, values: Any) -> Any:  # noqa: ANN401
        if not isinstance(values, Mapping):
            return values
        preset = values.get("preset", "tagging")
        return {**PRESETS[preset], **values} if isinstance(preset, str) and preset in PRESETS else values
