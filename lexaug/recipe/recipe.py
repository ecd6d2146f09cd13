"""A recipe: TOML in, typed settings and a hash out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import Field

from lexaug.described import read_description
from lexaug.files import atomic_file, fingerprint_json
from lexaug.recipe.settings import (
    BackboneSettings,
    EvaluationSettings,
    FilePath,
    Settings,
    SynthesisSettings,
    is_path,
)
from lexaug.recipe.training import TrainingSettings

MAX_SEED = 2**63 - 1


class Recipe(Settings):
    """Everything that decides what an adapter becomes, but for the contents of the pack and of the source files."""

    name: str = ""
    pack: FilePath = Field(description="the folder of the language pack")
    backbone: BackboneSettings = BackboneSettings()
    synthesis: SynthesisSettings = SynthesisSettings()
    training: TrainingSettings = Field(default_factory=TrainingSettings)
    evaluation: EvaluationSettings = EvaluationSettings()
    seed: int = Field(default=0, ge=0, le=MAX_SEED)

    @classmethod
    def load(cls, path: Path) -> Recipe:
        """Read a recipe; paths in it are relative to its folder.

        Raises:
            ConfigError: it is no TOML, a key is unknown or a value is not usable, with line and remedy.
            MissingError: there is no such file.

        """
        return read_description(path).validate(cls, {"folder": path.absolute().parent})

    def dump(self, path: Path) -> None:
        """Write the recipe as TOML with paths relative to its folder; `load` gives the same recipe again.

        Raises:
            StateError: the file could not be written.

        """
        data = self._data(lambda name: os.path.relpath(name, path.absolute().parent))
        with atomic_file(path) as temporary:
            temporary.write_text(tomli_w.dumps(data), encoding="utf-8")

    @property
    def hash(self) -> str:
        """SHA-256 of the settings: independent of the order of keys and of the folders that files lie in."""
        return fingerprint_json(self._data(lambda name: Path(name).name))

    @property
    def shared_hash(self) -> str:
        """Hash of what seeds of one thing share: the recipe without its seed and name."""
        return self.model_copy(update={"seed": 0, "name": ""}).hash

    def _data(self, place: Callable[[str], str]) -> dict[str, Any]:
        """Give the settings as plain values without None, paths put through `place`."""
        data: dict[str, Any] = self.model_dump(mode="json", exclude_none=True)
        data["pack"] = place(data["pack"])
        data["synthesis"]["sources"] = [place(name) for name in data["synthesis"]["sources"]]
        data["evaluation"] = {key: place(name) for key, name in data["evaluation"].items()}
        for table, key in (("backbone", "name"), ("synthesis", "inflector")):
            if is_path(data[table][key]):
                name = place(data[table][key])
                data[table][key] = name if name.startswith(".") else f"./{name}"
        return data
