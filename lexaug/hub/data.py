"""What an adapter was made from, with licences: from its manifest, or from its pack where that is older."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lexaug.errors import ConfigError, FormatError, LexaugError
from lexaug.hub.folder import AdapterFolder
from lexaug.hub.rights import ENGLISH
from lexaug.licences import UNKNOWN, check_licence
from lexaug.training.part_files import RECIPE, REMEDY
from lexaug.training.workplace import MANIFEST

KEYS = ("kind", "name", "licence", "origin", "sha256")
ALL = ""
"""Key of a licence that is given for all English sources at once."""


def read_data(folder: AdapterFolder, source_licences: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """List the sources of an adapter, those of its pack first, then the English sentences.

    Args:
        folder: the adapter.
        source_licences: licences of English sources by file name; `ALL` is the key of one for all of them. Those that
            the manifest states already need none.

    Raises:
        FormatError: the manifest does not describe its sources.
        ConfigError: the manifest describes none, and the pack that the recipe names is not the one any more; or a
            licence is not valid or given for no source.

    """
    stated = folder.manifest.get("data")
    pack = [_entry(entry, folder) for entry in _list(stated, folder)] if stated is not None else _of_pack(folder)
    english = [entry for entry in pack if entry["kind"] == ENGLISH]
    others = [entry for entry in pack if entry["kind"] != ENGLISH]
    given = {name: check_licence(licence) for name, licence in (source_licences or {}).items()}
    sources = english or list(_english(folder))
    if strange := sorted(set(given) - {ALL} - {entry["name"] for entry in sources}):
        known = ", ".join(entry["name"] for entry in sources)
        raise ConfigError(f"{strange[0]!r} is no English source of this adapter", hint=f"its sources: {known}")
    return [*others, *({**entry, "licence": _licence(entry, given)} for entry in sources)]


def _licence(entry: Mapping[str, str], given: Mapping[str, str]) -> str:
    return given.get(entry["name"]) or given.get(ALL) or entry["licence"]


def _english(folder: AdapterFolder) -> Iterator[dict[str, str]]:
    for source in _list(folder.manifest.get("sources"), folder):
        facts = {"kind": ENGLISH, "name": source.get("file"), "licence": UNKNOWN, "origin": ""}
        yield _entry({**facts, "sha256": source.get("sha256")}, folder)


def _list(value: object, folder: AdapterFolder) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise FormatError("does not describe its sources", file=folder.path / MANIFEST, hint=REMEDY)
    return value


def _entry(entry: Mapping[str, object], folder: AdapterFolder) -> dict[str, str]:
    values = {key: entry.get(key) for key in KEYS}
    if not all(isinstance(value, str) for value in values.values()):
        raise FormatError("does not describe its sources", file=folder.path / MANIFEST, hint=REMEDY)
    texts = {key: str(value) for key, value in values.items()}
    try:
        return {**texts, "licence": check_licence(texts["licence"])}
    except ConfigError as fault:
        raise FormatError(fault.message, file=folder.path / MANIFEST, hint=fault.hint) from None


def _of_pack(folder: AdapterFolder) -> list[dict[str, str]]:
    """Describe the pack itself: adapters of early versions only have its fingerprint."""
    from lexaug.pack import load_pack
    from lexaug.pack.provenance import describe_data

    hint = "train the adapter anew: its manifest will describe its data"
    place = folder.path / str(folder.recipe.get("pack", ""))
    try:
        pack = load_pack(place.resolve())
    except LexaugError as fault:
        raise ConfigError(
            f"the manifest does not describe the pack, and the pack at {place} cannot be read: {fault.message}",
            file=folder.path / RECIPE,
            hint=f"put the pack there, or {hint}",
        ) from None
    known = folder.manifest.get("pack")
    if not isinstance(known, dict) or known.get("fingerprint") != pack.fingerprint:
        raise ConfigError(
            "the manifest does not describe the pack, and the pack has changed since", file=place, hint=hint
        )
    return describe_data(pack)
