"""An adapter folder as it lies on disk, trained or packaged: what it says of itself, without loading any weights."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lexaug.errors import ConfigError, FormatError, MissingError, UnsafeError
from lexaug.hub.figures import REMEASURE, Evaluation, read_evaluations
from lexaug.hub.header import CARD, read_header
from lexaug.languages import language
from lexaug.licences import check_licence
from lexaug.training.part_files import CONFIG, METRICS, PEFT_WEIGHTS, RECIPE, REMEDY, not_whole, read_object
from lexaug.training.workplace import MANIFEST

MAX_TEXT_BYTES = 16 << 20
"""The largest JSON or TOML file of an adapter that is read."""


@dataclass(frozen=True, slots=True)
class AdapterFolder:
    """An adapter folder, read and found well-formed; its weights are not looked into.

    `config`, `recipe`, `manifest` and `metrics` are what adapter_config.json, recipe.toml, manifest.json and
    metrics.json hold; `card` the metadata of README.md, None where there is no card; `sizes` bytes by file name;
    `language` an ISO 639-3 code; `base` the base model as the config names it (a Hub id, or the path of a local one)
    and `revision` its commit, "" where none is named; `licence` an SPDX expression; `evaluations` the reports of
    `lexaug eval` on this adapter.
    """

    path: Path
    config: Mapping[str, Any]
    recipe: Mapping[str, Any]
    manifest: Mapping[str, Any]
    metrics: Mapping[str, Any]
    card: Mapping[str, Any] | None
    sizes: Mapping[str, int]
    language: str
    base: str
    revision: str
    licence: str
    evaluations: tuple[Evaluation, ...]

    @property
    def size(self) -> int:
        """All bytes of the folder."""
        return sum(self.sizes.values())


def read_adapter_folder(path: Path) -> AdapterFolder:
    """Read what an adapter folder says of itself.

    Raises:
        MissingError: there is no folder, or a file that every adapter has is not in it.
        FormatError: a file is damaged, does not say what an adapter must say (language, licence, base model), or holds
            scores of another language.
        UnsafeError: a file is too large for what it is.

    """
    _require_files(path)
    config = _object(path / CONFIG, "the adapter")
    manifest = _object(path / MANIFEST, "the adapter's manifest")
    metrics = _object(path / METRICS, "the adapter's metrics")
    code = _language(manifest, path / MANIFEST)
    return AdapterFolder(
        path=path,
        config=config,
        recipe=_recipe(path / RECIPE),
        manifest=manifest,
        metrics=metrics,
        card=read_header(path / CARD) if (path / CARD).exists() else None,
        sizes={str(file.relative_to(path)): file.lstat().st_size for file in sorted(path.rglob("*")) if file.is_file()},
        language=code,
        base=_text(config, "base_model_name_or_path", path / CONFIG),
        revision=_text(config, "revision", path / CONFIG) if config.get("revision") else "",
        licence=_licence(manifest, path / MANIFEST),
        evaluations=_evaluations(metrics, code, path / METRICS),
    )


def _require_files(path: Path) -> None:
    if not path.is_dir():
        what = "is a file, an adapter is a folder" if path.exists() else "no such adapter folder"
        raise MissingError(what, file=path, hint="name a folder that lexaug train wrote or lexaug pull fetched")
    for name in (CONFIG, PEFT_WEIGHTS, RECIPE, MANIFEST, METRICS):
        if not (path / name).is_file():
            raise MissingError(
                f"holds no {name}, so it is no adapter of lexaug",
                file=path,
                hint="name a folder that lexaug train wrote or lexaug pull fetched",
            )


def _bounded(path: Path) -> Path:
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise UnsafeError(f"is larger than {MAX_TEXT_BYTES:,} bytes", file=path, hint="no adapter needs as much")
    return path


def _object(path: Path, what: str) -> dict[str, Any]:
    return read_object(_bounded(path), what)


def _recipe(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_bounded(path).read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as fault:
        raise not_whole(path, "the recipe", fault) from None


def _text(values: Mapping[str, Any], key: str, file: Path) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not value:
        raise FormatError(f"{key!r} is not named", file=file, hint=REMEDY)
    return value


def _language(manifest: Mapping[str, Any], file: Path) -> str:
    code = _text(manifest, "language", file)
    try:
        return language(code).code
    except ConfigError as fault:
        raise FormatError(fault.message, file=file, hint=fault.hint) from None


def _evaluations(metrics: Mapping[str, Any], code: str, file: Path) -> tuple[Evaluation, ...]:
    found = read_evaluations(metrics, file=file)
    for one in found:
        if one.language != code:
            raise FormatError(
                f"holds scores of an adapter for {one.language!r}, this one is for {code!r}", file=file, hint=REMEASURE
            )
    return found


def _licence(manifest: Mapping[str, Any], file: Path) -> str:
    try:
        return check_licence(_text(manifest, "licence", file))
    except ConfigError as fault:
        raise FormatError(fault.message, file=file, hint=fault.hint) from None
