"""The settings of a recipe: backbone, synthesis, evaluation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo

from lexaug.described import UnusableError, explain
from lexaug.doubles import HINT, find_double, twice
from lexaug.errors import ConfigError
from lexaug.inflection.choice import INFLECTORS, RULES
from lexaug.morphology.english.choice import analyser_of
from lexaug.registry import suggest, unknown

Mode = Literal["lexicon", "morph", "random-inflection"]
MAX_SAMPLES = 1000
"""Versions of a sentence: the lexicon and the table offer no more that differ."""
MAX_SENTENCES = 10**9
"""More English sentences than there are to be had."""
OFFLINE = "offline"
"""Name of the backbone that needs no network."""
CLOSE = 85
"""Per cent of letters from which a backbone's name is a misspelt `offline`, and no model to ask a hub for."""


class Settings(BaseModel):
    """Settings that cannot change and know all their keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def make(cls, **values: object) -> Self:
        """Make settings from values that a user gave as flags.

        Raises:
            ConfigError: a value is not usable or a key unknown; the hint names the nearest key.

        """
        try:
            return cls.model_validate(values)
        except ValidationError as fault:
            message, hint = explain(cls, fault.errors()[0])
            raise ConfigError(message, hint=hint) from None


def _absolute(name: str, info: ValidationInfo) -> str:
    """Make a path absolute: seen from the recipe's folder where one is read, else from the working folder."""
    folder = (info.context or {}).get("folder", Path.cwd())
    return os.path.normpath(Path(folder).absolute() / name)


def _backbone(name: str, info: ValidationInfo) -> str:
    if name != OFFLINE and suggest(name, [OFFLINE], cutoff=CLOSE):
        raise UnusableError(f"unknown backbone {name!r}", f"did you mean {OFFLINE!r}?")
    return _absolute(name, info) if is_path(name) else name


def _inflector(name: str, info: ValidationInfo) -> str:
    if is_path(name):
        return _absolute(name, info)
    if name not in INFLECTORS:
        fault = unknown("inflector", name, INFLECTORS)
        raise UnusableError(fault.message, f"{fault.hint}; a folder is written ./{name}")
    return name


def is_path(name: str) -> bool:
    """Tell the folder of a backbone or an inflector (`/…`, `./…`, `../…`) from a name."""
    return name.startswith(("/", "./", "../"))


FilePath = Annotated[str, Field(min_length=1), AfterValidator(_absolute)]
"""A path; relative ones are taken from the folder of the recipe."""


class BackboneSettings(Settings):
    """The frozen encoder: `offline`, the id of a model on a hub, or a folder (`/…`, `./…`, `../…`)."""

    name: Annotated[str, Field(min_length=1), AfterValidator(_backbone)] = OFFLINE
    revision: str | None = None


def _analyser(name: str | None, info: ValidationInfo) -> str | None:
    """Name what analyses plain text in full, with its version; None where all sources are analysed already."""
    try:
        return analyser_of(map(Path, info.data.get("sources", ())), name)
    except ConfigError as fault:
        raise UnusableError(fault.message, fault.hint) from None


def _distinct(sources: tuple[str, ...]) -> tuple[str, ...]:
    paths = [Path(name) for name in sources]
    if (found := find_double(paths)) is not None:
        first, second = (paths[place] for place in found)
        raise UnusableError(f"{second} {twice(first, second)}", HINT)
    return sources


class SynthesisSettings(Settings):
    """How English becomes pseudo-text.

    `sources` are files of English sentences, `analyser` what analyses those that are plain text (`auto` becomes what is
    installed as soon as it is read; None where there is no plain text), `sentences` how many sentences are read (None:
    all), `samples` how many versions are made of each, `fresh` whether every pass of training draws new ones.
    `inflector` inflects the words that the table does not have: `rules` learnt from it, `none`, or the folder of a
    trained inflector (`/…`, `./…`, `../…`).
    """

    sources: Annotated[tuple[FilePath, ...], AfterValidator(_distinct)] = ()
    analyser: Annotated[str | None, AfterValidator(_analyser), Field(validate_default=True)] = None
    mode: Mode = "morph"
    inflector: Annotated[str, Field(min_length=1), AfterValidator(_inflector)] = RULES
    sentences: Annotated[int, Field(ge=1, le=MAX_SENTENCES)] | None = None
    samples: Annotated[int, Field(ge=1, le=MAX_SAMPLES)] = 1
    fresh: bool = True


class EvaluationSettings(Settings):
    """Real text that training looks at: `dev` decides when to stop and which weights to keep."""

    dev: FilePath | None = None
