"""Fetching an adapter: pinned to a commit, every file held against size and hash, examined, and only then in place."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import HubError, LexaugError, UnsafeError
from lexaug.files import atomic_folder, require_absent
from lexaug.hub.folder import read_adapter_folder
from lexaug.hub.remote import AGAIN, connected, explained, persist
from lexaug.hub.repository import KEPT, RemoteFile, Repository, read_repository, split_revision
from lexaug.hub.trust import Finding, check_listing, require_trusted
from lexaug.hub.trust.hints import for_stranger

if TYPE_CHECKING:
    from huggingface_hub import HfApi

ATTEMPTS = 3
"""Times that a file is fetched before it is told that it does not arrive whole."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Pulled:
    """An adapter that was fetched: where it lies, from which commit, and what deserves a look."""

    path: Path
    repository: str
    commit: str
    language: str
    size: int
    new: bool
    warnings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the JSON object of `lexaug pull`."""
        return {
            "output": str(self.path),
            "repository": self.repository,
            "commit": self.commit,
            "language": self.language,
            "bytes": self.size,
            "state": "fetched" if self.new else "unchanged",
            "warnings": [finding.as_json() for finding in self.warnings],
        }


def pull(repository: str, output: Path, *, progress: Progress | None = None) -> Pulled:
    """Fetch an adapter into a folder, whole and examined, or not at all.

    Args:
        repository: OWNER/NAME, or OWNER/NAME@REVISION with a branch, tag or commit.
        output: the folder to make; one that holds the very same adapter is examined and stays as it is.
        progress: is told which file comes next.

    Raises:
        ConfigError: the name is none.
        UnsafeError: the repository offers what no adapter has, or what arrived is not to be trusted.
        HubError: the hub cannot be reached, does not have it, or sends something else than it listed.
        StateError: something else is at the output.

    """
    name, revision = split_revision(repository)
    with connected() as api:
        there = read_repository(api, name, revision)
        _require_listed(there)
        new = not _same(output, there)
        if new:
            require_absent(output)
            with atomic_folder(output) as place:
                with explained():
                    _fetch(api, there, place, progress or (lambda *_: None))
                with _named(place, there):
                    warnings = require_trusted(place, repo=name)
                    read_adapter_folder(place)
        else:
            warnings = require_trusted(output, repo=name)
    folder = read_adapter_folder(output)
    return Pulled(output, name, there.commit, folder.language, folder.size, new, warnings)


@contextmanager
def _named(place: Path, there: Repository) -> Iterator[None]:
    """Let errors about files of a temporary folder, which is gone by then, say where they lie on the hub."""
    try:
        yield
    except LexaugError as fault:
        if fault.file is not None and Path(fault.file).is_relative_to(place):
            file = Path(fault.file).relative_to(place).as_posix()
            fault.file = there.label if file == "." else f"{there.label}/{file}"
            fault.hint = for_stranger(fault.hint or "")
        raise


def _require_listed(there: Repository) -> None:
    """Refuse by names and sizes alone, before anything is fetched."""
    for finding in check_listing((name, file.size) for name, file in there.files.items()):
        if finding.refused:
            raise UnsafeError(f"{finding.file} {finding.message}".strip(), file=there.label, hint=finding.hint)


def _same(output: Path, there: Repository) -> bool:
    if not output.is_dir():
        return False
    wanted = {name: file for name, file in there.files.items() if name not in KEPT}
    return {path.name for path in output.iterdir()} == set(wanted) and all(
        file.is_like(output / name) for name, file in wanted.items()
    )


def _fetch(api: HfApi, there: Repository, place: Path, tell: Progress) -> None:
    wanted = {name: file for name, file in there.files.items() if name not in KEPT}
    for number, (name, file) in enumerate(wanted.items()):
        tell(name, number, len(wanted))
        _fetch_file(api, there, name, file, place)
    shutil.rmtree(place / ".cache", ignore_errors=True)  # the client's own notes on its downloads
    tell("checking", len(wanted), len(wanted))


def _fetch_file(api: HfApi, there: Repository, name: str, file: RemoteFile, place: Path) -> None:
    from huggingface_hub import hf_hub_download

    reason = ""
    for attempt in range(ATTEMPTS):
        time.sleep(attempt)
        reason = _offered(api, there, name, file)
        if reason:
            continue
        try:
            persist(
                lambda: hf_hub_download(
                    there.name,
                    name,
                    revision=there.commit,
                    local_dir=place,
                    endpoint=api.endpoint,
                    force_download=True,
                )
            )
        except OSError as fault:
            if "Consistency check failed" not in str(fault):
                raise
            reason = "it arrives cut short"
            continue
        if file.is_like(place / name):
            return
        reason = "its content is not the one that the hub listed"
    raise HubError(f"{name} cannot be fetched: {reason}", file=there.label, hint=AGAIN)


def _offered(api: HfApi, there: Repository, name: str, file: RemoteFile) -> str:
    """Hold what the hub says of a file now against what it listed; give what differs."""
    from huggingface_hub import hf_hub_url

    url = hf_hub_url(there.name, name, revision=there.commit, endpoint=api.endpoint)
    now = persist(lambda: api.get_hf_file_metadata(url=url))
    if now.commit_hash != there.commit:
        return "the hub offers it from another commit than the one that was listed"
    if now.etag != file.etag:
        return "the hub gives it another ETag than the one that was listed"
    if now.size != file.size:
        return f"the hub offers {now.size} bytes where it listed {file.size}"
    return ""
