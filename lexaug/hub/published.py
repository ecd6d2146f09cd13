"""An adapter's own description as it is published: the base by its Hub id, sources by name, no path of a machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

import tomli_w

from lexaug.errors import ConfigError
from lexaug.hub.folder import AdapterFolder
from lexaug.hub.rights import ENGLISH
from lexaug.hub.trust.manifest import MACHINE
from lexaug.recipe.settings import is_path
from lexaug.training import offline
from lexaug.training.part_files import CONFIG, RECIPE

HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?", re.ASCII)
COMMIT = re.compile(r"[0-9a-f]{40}")


def published_config(folder: AdapterFolder) -> dict[str, Any]:
    """Give adapter_config.json with the base model's Hub id and commit.

    Raises:
        ConfigError: the base is a folder of this machine, or its commit is not known.

    """
    base = folder.base
    if is_path(base) or "\\" in base or not HUB_ID.fullmatch(base):
        raise ConfigError(
            f"the base model {base!r} is a folder of this machine, which nobody else has",
            file=folder.path / CONFIG,
            hint="train with --backbone offline, or with the id of a model on the Hub",
        )
    return {**folder.config, "base_model_name_or_path": base, "revision": _commit(folder)}


def _commit(folder: AdapterFolder) -> str:
    if COMMIT.fullmatch(folder.revision):
        return folder.revision
    if folder.base == offline.HUB_ID and not folder.revision:
        return offline.HUB_REVISION
    raise ConfigError(
        f"the commit of the base model {folder.base!r} is not named",
        file=folder.path / CONFIG,
        hint="train anew: the adapter will name the commit that it was trained on",
    )


def published_recipe(folder: AdapterFolder, data: list[dict[str, str]]) -> str:
    """Give recipe.toml with sources by name; their fingerprints stand in its head.

    Its hash is that of the recipe it was made from, since that does not look at folders either.

    Raises:
        ConfigError: a path of this machine is left in it.

    """
    recipe = {**folder.recipe, "pack": _name(folder, str(folder.recipe.get("pack", "pack")))}
    recipe["synthesis"] = _named(folder, folder.recipe.get("synthesis", {}), ("sources",))
    if is_path(inflector := str(recipe["synthesis"].get("inflector", ""))):
        recipe["synthesis"]["inflector"] = f"./{_name(folder, inflector)}"
    recipe["evaluation"] = _named(folder, folder.recipe.get("evaluation", {}), ("dev",))
    text = tomli_w.dumps(recipe)
    if found := MACHINE.search(text):
        raise ConfigError(
            f"the recipe names a place of this machine: {text[found.start() :].splitlines()[0]!r}",
            file=folder.path / RECIPE,
            hint="train with sources and an analyser that have names of their own",
        )
    return _head(folder, data) + text


def _named(folder: AdapterFolder, table: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Replace the paths under some keys by names."""
    changed = dict(table)
    for key in keys:
        if isinstance(changed.get(key), str):
            changed[key] = _name(folder, changed[key])
        elif isinstance(changed.get(key), list):
            changed[key] = [_name(folder, str(path)) for path in changed[key]]
    return changed


def _name(folder: AdapterFolder, path: str) -> str:
    """Give the last part of a path, also where it ends in `..` or `.`."""
    return PurePath(path).name if PurePath(path).name not in ("", "..") else Path(folder.path, path).resolve().name


def _head(folder: AdapterFolder, data: list[dict[str, str]]) -> str:
    pack = folder.manifest.get("pack")
    lines = [f"# pack: SHA-256 {pack['fingerprint']}"] if isinstance(pack, dict) and "fingerprint" in pack else []
    chosen = folder.manifest.get("inflector")
    if isinstance(chosen, dict) and isinstance(named := chosen.get("chosen"), dict):
        lines.append(f"# {ascii(named['name'])[1:-1]}: SHA-256 {named['sha256']}")
    lines += [f"# {ascii(e['name'])[1:-1]}: SHA-256 {e['sha256']}" for e in data if e["kind"] == ENGLISH]
    return "".join(f"{line}\n" for line in lines) + "\n" if lines else ""
