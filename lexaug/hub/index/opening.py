"""Opening an index: from a folder, a web server or a Hub repo. What comes from elsewhere is not trusted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from lexaug.errors import ConfigError, FormatError, MissingError, UnsafeError
from lexaug.files import require_file
from lexaug.hub.index.fetch import fetch_repo_file, fetch_url
from lexaug.hub.index.names import REPO
from lexaug.hub.index.schema import FORMAT, Index
from lexaug.hub.index.write import JSON
from lexaug.hub.remote import connected

ENVIRONMENT = "LEXAUG_INDEX"
"""Names the index that is searched where none is given."""
MAX_INDEX = 64 << 20
"""Bytes of the largest index that is read: room for some 40,000 adapters."""


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """An index and where it came from; `folder` is None where that is not this machine."""

    index: Index
    origin: str
    folder: Path | None


def open_index(place: str | Path | None = None) -> OpenIndex:
    """Open an index.

    Args:
        place: an index.json or the folder it lies in; an https address of either; a Hub repo as `owner/name`,
            `datasets/owner/name` or `spaces/owner/name`, with `@revision` if wanted. Default: `$LEXAUG_INDEX`.

    Raises:
        ConfigError: none is given.
        MissingError: there is no such index, or it cannot be had from its address.
        HubError: the repo cannot be had.
        UnsafeError: it is larger than `MAX_INDEX` bytes, or is not to be fetched that way.
        FormatError: it is no index, or one of a newer lexaug.

    """
    name = str(place or os.environ.get(ENVIRONMENT) or "")
    if not name:
        raise ConfigError("no index is named", hint=f"give --index, or set {ENVIRONMENT} to a folder, address or repo")
    if (path := Path(name)).exists():
        file = path / JSON if path.is_dir() else path
        return OpenIndex(_parsed(_read(file), str(file)), name, file.parent)
    return OpenIndex(_parsed(_fetched(name), name), name, None)


def _read(file: Path) -> bytes:
    with require_file(file).open("rb") as stream:
        content = stream.read(MAX_INDEX + 1)
    if len(content) > MAX_INDEX:
        raise UnsafeError(f"is larger than {MAX_INDEX:,} bytes", file=file, hint="divide the index")
    return content


def _fetched(name: str) -> bytes:
    if "://" in name:
        return fetch_url(name if name.endswith(".json") else f"{name.rstrip('/')}/{JSON}", MAX_INDEX)
    if repo := REPO.fullmatch(name):
        kind = repo["kind"] or "model"
        with connected() as api:
            return fetch_repo_file(api, repo["name"], repo["revision"] or "main", JSON, MAX_INDEX, kind=kind)
    raise MissingError("no such index", file=name, hint="give a folder, an https address or a Hub repo")


def _parsed(content: bytes, name: str) -> Index:
    try:
        return Index.model_validate_json(content)
    except ValidationError as fault:
        first = fault.errors(include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        if where == "format":
            message = f"is not of format {FORMAT}, the one that this lexaug reads"
            raise FormatError(message, file=name, hint="update lexaug") from None
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise FormatError(f"is no index of lexaug: {reason}", file=name, hint="build it: lexaug index build") from None
