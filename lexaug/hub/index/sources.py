"""What an index is built from: adapter folders, folders of such, Hub repos, all repos of an owner."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lexaug.errors import MissingError
from lexaug.hub.index.names import OWNER, REPO
from lexaug.hub.remote import persist
from lexaug.training.part_files import CONFIG

if TYPE_CHECKING:
    from huggingface_hub import HfApi

MAX_DEPTH = 4
"""Adapter folders are looked for so many levels down."""
MAX_REPOS = 10_000
"""More repos of one owner are not listed."""


@dataclass(frozen=True, slots=True)
class FolderSource:
    """An adapter folder."""

    path: Path

    def __str__(self) -> str:
        """Give the folder's path as it was found."""
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class RepoSource:
    """A Hub repo at a revision (None: its newest)."""

    repo: str
    revision: str | None = None

    def __str__(self) -> str:
        """Give `owner/name@revision`."""
        return f"{self.repo}@{self.revision}" if self.revision else self.repo


Source = FolderSource | RepoSource


def expand(name: str, api: HfApi) -> list[Source]:
    """Give the adapters that one argument names: a folder, `owner/name[@revision]`, or `owner/*`.

    A folder that exists goes before a repo of the same name.

    Raises:
        MissingError: there is no such folder or owner, or it has no adapters.
        Exception: the client's own, for `lexaug.hub.remote.explain`.

    """
    path = Path(name)
    if path.exists() or path.is_symlink():
        return _folders(path)
    if owner := OWNER.fullmatch(name):
        return _repos(owner["owner"], api)
    if (repo := REPO.fullmatch(name)) and not repo["kind"]:
        return [RepoSource(repo["name"], repo["revision"])]
    raise MissingError(
        "is neither a folder nor a repo", file=name, hint="give a folder, OWNER/NAME[@REVISION] or 'OWNER/*'"
    )


def _folders(path: Path) -> list[Source]:
    found: list[Source] = [FolderSource(folder) for folder in _adapters(path, MAX_DEPTH)]
    if not found:
        raise MissingError("holds no adapter folder", file=path, hint="an adapter folder has an adapter_config.json")
    return found


def _adapters(folder: Path, depth: int) -> Iterator[Path]:
    """Find adapter folders; links and hidden folders are not gone into."""
    if (folder / CONFIG).exists():
        yield folder
    elif depth and folder.is_dir():
        for below in sorted(folder.iterdir()):
            if below.is_dir() and not below.is_symlink() and not below.name.startswith("."):
                yield from _adapters(below, depth - 1)


def _repos(owner: str, api: HfApi) -> list[Source]:
    models = persist(lambda: list(api.list_models(author=owner, filter="peft", limit=MAX_REPOS)))
    names = sorted({model.id for model in models if REPO.fullmatch(model.id)})
    if not names:
        raise MissingError("has no peft adapters", file=f"{owner}/*", hint="check the owner's name")
    return [RepoSource(name) for name in names]
