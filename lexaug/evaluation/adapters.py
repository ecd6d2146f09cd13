"""Adapters as seeds of one evaluation: what they were made from, and that they belong together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import ConfigError, FormatError, MissingError
from lexaug.files import fingerprint
from lexaug.training import character_part, head
from lexaug.training.load import PEFT_WEIGHTS
from lexaug.training.output import RECIPE
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from lexaug.recipe import Recipe

_AGAIN = "copy the whole folder again, or train again"


@dataclass(frozen=True, slots=True)
class Run:
    """One adapter: its folder, its recipe, a hash of its weights, what its manifest says ({} where there is none)."""

    folder: Path
    recipe: Recipe
    weights: str
    manifest: Mapping[str, Any]

    @property
    def language(self) -> str:
        """The language's code, as far as the adapter knows it; else the name of the pack's folder."""
        return str(self.manifest.get("language") or Path(self.recipe.pack).name)

    @property
    def seed(self) -> int:
        """The seed of the adapter, and of the synthesis and the heads beside it."""
        return self.recipe.seed


def read_runs(folders: Sequence[Path]) -> list[Run]:
    """Read the recipes of adapters that are to count as seeds of one thing.

    Raises:
        MissingError: a folder is no adapter or has no recipe.
        FormatError: a file of an adapter is not the one that its manifest names.
        ConfigError: no adapter is given, two have the same seed, or their recipes differ in more than the seed.

    """
    if not folders:
        raise ConfigError("no adapter is given", hint="name at least one adapter folder")
    runs = [_read(folder) for folder in folders]
    for run in runs[1:]:
        if shared_hash(run.recipe) != shared_hash(runs[0].recipe):
            raise ConfigError(
                f"its recipe differs from that of {runs[0].folder} in more than the seed",
                file=run.folder / RECIPE,
                hint="evaluate the two apart",
            )
    seeds = [run.seed for run in runs]
    if len(set(seeds)) < len(seeds):
        raise ConfigError("two adapters have the same seed", hint="train each with another --seed")
    return runs


def _read(folder: Path) -> Run:
    from lexaug.recipe import Recipe

    weights = folder / PEFT_WEIGHTS
    if not weights.is_file():
        raise MissingError(f"holds no {PEFT_WEIGHTS}, so it is no adapter", file=folder, hint="check the path")
    manifest = _manifest(folder)
    parts = [weights, *(folder / name for name in (character_part.WEIGHTS, head.WEIGHTS))]
    hashes = [fingerprint(part)[:16] for part in parts if part.is_file()]
    return Run(folder, Recipe.load(folder / RECIPE), "+".join(hashes), manifest)


def _manifest(folder: Path) -> Mapping[str, Any]:
    """Read a manifest; an adapter with a file that is gone or differs from it is refused, but the recipe may differ."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return {}
    try:
        facts: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
        files = facts["files"].items()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FormatError("is no manifest of an adapter", file=manifest, hint=_AGAIN) from None
    for name, digest in files:
        if name != RECIPE and (not (folder / name).is_file() or fingerprint(folder / name) != digest):
            raise FormatError("is not the file that was written by training", file=folder / name, hint=_AGAIN)
    return facts


def shared_hash(recipe: Recipe) -> str:
    """Hash what seeds of one thing share: the recipe without its seed and name."""
    return recipe.model_copy(update={"seed": 0, "name": ""}).hash
