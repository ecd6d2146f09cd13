"""From an adapter folder as training wrote it to one that can be given on: described in full, and without any path."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import FormatError, LexaugError
from lexaug.files import atomic_folder, fingerprint
from lexaug.hub.card import render_card, template_hash
from lexaug.hub.card.origin import licence_file
from lexaug.hub.data import read_data
from lexaug.hub.folder import AdapterFolder, read_adapter_folder
from lexaug.hub.header import CARD
from lexaug.hub.logits import KEY, compute_logits, read_logits, require_same, sentences_for
from lexaug.hub.published import published_config, published_recipe
from lexaug.hub.rights import ENGLISH, derive_rights
from lexaug.training.part_files import CONFIG, METRICS, PEFT_WEIGHTS, RECIPE
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from lexaug.training.load import AdaptedModel

LICENCE = "LICENSE"
PARTS = (PEFT_WEIGHTS, "characters.json", "characters.safetensors", "head.json", "head.safetensors")
"""Files that are given on as they are."""
LEFT_OUT = (CARD, MANIFEST, LICENCE)
"""Files that the manifest names no hash of: the card is compared with what the others make of it."""
PACKAGED = (*PARTS, *LEFT_OUT, CONFIG, RECIPE, METRICS, ".gitattributes")
"""Files of an adapter that publishing makes or gives on; .gitattributes is the hub's own."""
Load = Callable[[Path], "AdaptedModel"]


def build_package(
    folder: AdapterFolder,
    output: Path,
    repository: str,
    *,
    load: Load,
    source_licences: Mapping[str, str] | None = None,
    known: Mapping[str, Any] | None = None,
) -> AdapterFolder:
    """Write the publishable form of an adapter; that of a publishable one is the same again.

    Args:
        folder: the adapter, trained or packaged.
        output: the folder to write.
        repository: what it will be called on the hub, OWNER/NAME.
        load: loads an adapter folder on its backbone.
        source_licences: as `read_data` takes them.
        known: the manifest it was published with before; its fingerprint is kept where the adapter still computes it.

    Raises:
        ConfigError: the base is no model of the Hub, a licence is missing, or no licence covers all sources.
        FormatError: a file is damaged, or the adapter does not compute what is stored of it.

    """
    data = read_data(folder, source_licences)
    config, rights = published_config(folder), derive_rights(data)
    recipe = published_recipe(folder, data)
    logits = _logits(folder, load, known)
    with atomic_folder(output) as place:
        for name in PARTS:
            if (folder.path / name).is_file():
                shutil.copyfile(folder.path / name, place / name)
        _write_json(place / CONFIG, config)
        (place / RECIPE).write_text(recipe, encoding="utf-8")
        _write_json(place / METRICS, folder.metrics)
        described = _manifest(folder, data, rights.licence, repository, logits)
        _write_json(place / MANIFEST, {**described, "files": _hashes(place)})
        _write_words(place)
    return read_adapter_folder(output)


def _write_words(place: Path) -> None:
    """Write what is derived from all the rest: the licence's text where the Hub has no name for it, and the card."""
    folder = read_adapter_folder(place)
    if (text := licence_file(folder.licence)) is not None:
        (place / LICENCE).write_text(text, encoding="utf-8")
    (place / CARD).write_text(render_card(folder), encoding="utf-8")


def _manifest(
    folder: AdapterFolder, data: list[dict[str, str]], licence: str, repository: str, logits: Mapping[str, Any]
) -> dict[str, Any]:
    old = folder.manifest
    backbone = old.get("backbone")
    if not isinstance(backbone, dict):
        raise FormatError(
            "does not describe its base model", file=folder.path / MANIFEST, hint="train the adapter anew"
        )
    english = [
        {"file": e["name"], "sha256": e["sha256"], "licence": e["licence"]} for e in data if e["kind"] == ENGLISH
    ]
    return {
        **old,
        "repository": repository,
        "licence": licence,
        "data": data,
        "sources": english,
        "card": template_hash(),
        KEY: logits,
    }


def _hashes(place: Path) -> dict[str, str]:
    return {path.name: fingerprint(path) for path in sorted(place.iterdir()) if path.name not in LEFT_OUT}


def _logits(folder: AdapterFolder, load: Load, known: Mapping[str, Any] | None) -> dict[str, Any]:
    """Compute the fingerprint; keep the stored one, or that of the hub, where it agrees, so that nothing changes."""
    adapted = load(folder.path)
    try:
        if KEY in folder.manifest:
            stored = read_logits(folder.manifest)
            require_same(stored, compute_logits(adapted, stored["sentences"]))
            return stored
        fresh = compute_logits(adapted, sentences_for(folder.manifest))
    finally:
        adapted.model.unload()
    return _published(known, fresh) or fresh


def _published(known: Mapping[str, Any] | None, fresh: Mapping[str, Any]) -> dict[str, Any] | None:
    try:
        stored = read_logits(known or {})
        if stored["sentences"] != fresh["sentences"]:
            return None
        require_same(stored, fresh)
    except LexaugError:
        return None
    return stored


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
