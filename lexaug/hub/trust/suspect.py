"""An adapter folder under examination: its plain files, each read once and within bounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lexaug.errors import LexaugError
from lexaug.hub.header import CARD
from lexaug.hub.trust.bases import KNOWN, BaseShape
from lexaug.hub.trust.bounded import read_json, read_text, read_toml
from lexaug.hub.trust.header import Tensor, read_header
from lexaug.hub.trust.limits import MAX_CARD_BYTES, MAX_TEXT_BYTES
from lexaug.hub.trust.metadata import parse_metadata, split_card
from lexaug.training.part_files import CONFIG
from lexaug.training.workplace import MANIFEST

CHARACTERS, CHARACTER_WEIGHTS = "characters.json", "characters.safetensors"
HEAD, HEAD_WEIGHTS = "head.json", "head.safetensors"
WEIGHTS_SUFFIX = ".safetensors"


@dataclass(frozen=True)
class Suspect:
    """A folder whose plain files are known.

    `files` gives the bytes of each file; `published` is whether it came from elsewhere, `repo` from which repository;
    `base` are the measures of its backbone where the caller knows them.
    """

    folder: Path
    files: dict[str, int]
    published: bool = True
    repo: str | None = None
    base: BaseShape | None = None
    _read: dict[str, Any] = field(default_factory=dict)

    def table(self, name: str) -> dict[str, Any]:
        """Give what a JSON or TOML file says; nothing where it is absent or unsound (`fault` tells which)."""
        found = self._once(name)
        return found if isinstance(found, dict) else {}

    def header(self, name: str) -> dict[str, Tensor]:
        """Give the tensors of a weights file; none where it is absent or unsound."""
        return self.table(name)

    def card(self) -> tuple[dict[str, Any], str]:
        """Give the card's metadata and body; nothing where it is absent or unsound."""
        found = self._once(CARD)
        return found if isinstance(found, tuple) else ({}, "")

    def prose(self, name: str) -> str:
        """Give the text of a file for people; nothing where it is absent or unsound."""
        if name == CARD:
            return self.card()[1]
        found = self._once(name)
        return found if isinstance(found, str) else ""

    def fault(self, name: str) -> LexaugError | None:
        """Give the error that reading a file met."""
        found = self._once(name)
        return found if isinstance(found, LexaugError) else None

    @property
    def config(self) -> dict[str, Any]:
        """What adapter_config.json says."""
        return self.table(CONFIG)

    @property
    def manifest(self) -> dict[str, Any]:
        """What manifest.json says."""
        return self.table(MANIFEST)

    @property
    def measures(self) -> BaseShape | None:
        """The backbone's measures: the caller's, else those of a backbone known by name."""
        return self.base or KNOWN.get(str(self.config.get("base_model_name_or_path")))

    def _once(self, name: str) -> Any:  # noqa: ANN401
        if name not in self.files:
            return None
        if name not in self._read:
            try:
                self._read[name] = _reader(name)(self.folder / name)
            except LexaugError as fault:
                self._read[name] = fault
        return self._read[name]


def _reader(name: str) -> Any:  # noqa: ANN401
    if name == CARD:
        return _read_card
    return {".json": read_json, ".toml": read_toml, ".safetensors": read_header}.get(Path(name).suffix, _read_prose)


def _read_prose(path: Path) -> str:
    return read_text(path, MAX_TEXT_BYTES)


def _read_card(path: Path) -> tuple[dict[str, Any], str]:
    metadata, body = split_card(read_text(path, MAX_CARD_BYTES))
    return (parse_metadata(metadata, path) if metadata.strip() else {}), body
