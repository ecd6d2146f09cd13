"""Adapters as seeds of one evaluation: what they were made from, and that they belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import ConfigError, MissingError
from lexaug.files import fingerprint
from lexaug.training import character_part, head
from lexaug.training.output import read_manifest
from lexaug.training.part_files import PEFT_WEIGHTS, RECIPE

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack
    from lexaug.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Run:
    """One adapter: its folder, its recipe, a hash of its weights, what its manifest says."""

    folder: Path
    recipe: Recipe
    weights: str
    manifest: Mapping[str, Any]

    @property
    def language(self) -> str:
        """The language's code."""
        return str(self.manifest["language"])

    def require_language(self, pack: LanguagePack) -> None:
        """Raise ConfigError for a pack of another language than the adapter's."""
        if pack.language.code != self.language:
            raise ConfigError(
                f"the pack is for {pack.language.code!r}, the adapter for {self.language!r}",
                file=pack.path,
                hint="give the pack that the adapter was trained from",
            )

    @property
    def seed(self) -> int:
        """The seed of the adapter, and of the synthesis and the heads beside it."""
        return self.recipe.seed


def read_runs(folders: Sequence[Path]) -> list[Run]:
    """Read the recipes of adapters that are to count as seeds of one thing.

    Raises:
        MissingError: a folder is no adapter or has no recipe.
        FormatError: an adapter has no manifest, or a file is not the one that its manifest names.
        ConfigError: no adapter is given, two have the same seed, or their recipes differ in more than the seed.

    """
    if not folders:
        raise ConfigError("no adapter is given", hint="name at least one adapter folder")
    runs = [_read(folder) for folder in folders]
    for run in runs[1:]:
        if run.recipe.shared_hash != runs[0].recipe.shared_hash:
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
    manifest = read_manifest(folder)
    parts = [weights, *(folder / name for name in (character_part.WEIGHTS, head.WEIGHTS))]
    hashes = [fingerprint(part)[:16] for part in parts if part.is_file()]
    return Run(folder, Recipe.load(folder / RECIPE), "+".join(hashes), manifest)
