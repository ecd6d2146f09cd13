"""What stands beside a corpus: where it comes from, what it holds, under which licence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lexaug.errors import FormatError
from lexaug.files import fingerprint, require_file, write_json

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class CorpusManifest:
    """The manifest of a corpus.

    `settings` are what decides the corpus besides pack and sources; `sources` have file name and SHA-256; `figures` are
    `Tally.as_json`; `sha256` is over the rows, the same for equal rows in equal order whatever wrote them.
    """

    language: str
    licence: str
    settings: dict[str, Any]
    pack: str
    sources: tuple[dict[str, str], ...]
    figures: dict[str, Any]
    sha256: str
    format: int = 1

    def as_json(self) -> dict[str, Any]:
        """Give what `manifest.json` holds; the figures stand at top level."""
        own = asdict(self)
        figures = own.pop("figures")
        return {**own, "sources": list(own["sources"]), **figures}

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into a folder."""
        write_json(folder / NAME, self.as_json())


def describe_sources(paths: Iterable[Path]) -> tuple[dict[str, str], ...]:
    """Give name and SHA-256 of source files: what a manifest says of them."""
    return tuple({"file": path.name, "sha256": fingerprint(path)} for path in paths)


def read_manifest(folder: Path) -> CorpusManifest:
    """Read a corpus's manifest.

    Raises:
        MissingError: there is none.
        FormatError: it is not JSON or misses a key.

    """
    path = require_file(folder / NAME)
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        own = {
            key: values.pop(key) for key in ("language", "licence", "settings", "pack", "sources", "sha256", "format")
        }
    except (ValueError, KeyError) as fault:
        raise FormatError(f"is no corpus manifest: {fault}", file=path) from None
    return CorpusManifest(**{**own, "sources": tuple(own["sources"])}, figures=values)
