"""A repository on a hub as it is at one commit, and what a folder would change of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lexaug.errors import ConfigError, UnsafeError
from lexaug.files import fingerprint
from lexaug.hub import remote
from lexaug.hub.remote import persist, status_of
from lexaug.hub.trust import examine_name

if TYPE_CHECKING:
    from huggingface_hub import HfApi

KEPT = (".gitattributes",)
"""Files of a repository that are the hub's own."""
MOST = 1000
"""Files and folders of a repository that are listed; an adapter is a dozen."""
TAG = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a repository: bytes, and its SHA-256 (large files) or git's SHA-1 of it."""

    size: int
    sha256: str | None
    git: str

    @property
    def etag(self) -> str:
        """The tag by which the hub knows the content."""
        return self.sha256 or self.git

    def is_like(self, path: Path) -> bool:
        """Tell whether a file on disk has the same content."""
        if not path.is_file() or path.stat().st_size != self.size:
            return False
        return fingerprint(path) == self.sha256 if self.sha256 else git_hash(path) == self.git


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at one commit: its files by name, and the commits of its tags."""

    name: str
    commit: str
    private: bool
    files: Mapping[str, RemoteFile]
    tags: Mapping[str, str]

    @property
    def label(self) -> str:
        """The repository and the commit, as errors name it."""
        return f"{self.name}@{self.commit[:12]}"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a folder would change: files to send and files to take away."""

    send: tuple[str, ...]
    remove: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything would change."""
        return bool(self.send or self.remove)


def split_revision(name: str) -> tuple[str, str | None]:
    """Divide REPO@REV into repository and revision.

    Raises:
        ConfigError: the repository's name is none.

    """
    repository, at, revision = name.partition("@")
    if at and not revision:
        raise ConfigError(f"{name!r} names no revision after the @", hint="give OWNER/NAME or OWNER/NAME@REVISION")
    require_name(repository)
    return repository, revision or None


def require_name(repository: str) -> None:
    """Raise ConfigError for what can be no repository's name."""
    for finding in examine_name(repository):
        if finding.refused:
            raise ConfigError(finding.message, hint="give OWNER/NAME")


def require_tag(tag: str | None) -> None:
    """Raise ConfigError for what can be no tag."""
    if tag is not None and (not TAG.fullmatch(tag) or tag == "main"):
        raise ConfigError(f"{tag!r} can be no tag", hint="give a version, e.g. v1.0")


def read_repository(api: HfApi, name: str, revision: str | None = None, *, tags: bool = False) -> Repository:
    """Read a repository at a revision, pinned to the commit that it stands at.

    Raises:
        UnsafeError: it holds more files than are listed.
        Exception: the client's own, for `remote.connected` to explain.

    """
    info = persist(lambda: api.model_info(name, revision=revision, timeout=remote.TIMEOUT))
    commit = str(info.sha)
    entries = persist(lambda: list(islice(api.list_repo_tree(name, recursive=True, revision=commit), MOST + 1)))
    if len(entries) > MOST:
        raise UnsafeError(
            f"holds more than {MOST:,} files", file=name, hint="check its name: an adapter is a dozen files"
        )
    files = {
        entry.path: RemoteFile(entry.size, entry.lfs.sha256 if entry.lfs else None, entry.blob_id)
        for entry in entries
        if hasattr(entry, "blob_id")
    }
    refs = persist(lambda: api.list_repo_refs(name)).tags if tags else []
    return Repository(name, commit, bool(info.private), files, {ref.name: ref.target_commit for ref in refs})


def find_repository(api: HfApi, name: str) -> Repository | None:
    """Read a repository with its tags, None where there is none."""
    try:
        return read_repository(api, name, tags=True)
    except Exception as fault:
        if status_of(fault) == 404:
            return None
        raise


def compare(folder: Path, repository: Repository | None) -> Changes:
    """Say what a folder would change of a repository; None is one that is yet to be made."""
    there = repository.files if repository is not None else {}
    names = sorted(path.name for path in folder.iterdir())
    send = [name for name in names if name not in there or not there[name].is_like(folder / name)]
    remove = [name for name in sorted(there) if name not in names and name not in KEPT]
    return Changes(tuple(send), tuple(remove))


def git_hash(path: Path) -> str:
    """Give git's hash of a file's content."""
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
