"""Sending a package to a repository: one commit on top of the newest, and a tag, each made once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from lexaug.errors import HubError
from lexaug.hub.folder import AdapterFolder
from lexaug.hub.remote import AGAIN, ATTEMPTS, patience, persist, status_of
from lexaug.hub.repository import Changes, Repository, compare, read_repository
from lexaug.languages import language

if TYPE_CHECKING:
    from huggingface_hub import HfApi

MOVED = 412
"""HTTP status of a commit on top of one that is the newest no more."""


def make_repository(api: HfApi, name: str, *, private: bool) -> Repository:
    """Make a repository, or read the one that an earlier, interrupted call made."""
    persist(lambda: api.create_repo(name, private=private, exist_ok=True))
    return read_repository(api, name, tags=True)


def send(
    api: HfApi, package: AdapterFolder, there: Repository, changes: Changes, *, tag: str | None
) -> tuple[str, str]:
    """Make the changes by which a repository becomes what the package is, if there are any, and the tag.

    Gives what became of it and the commit that it stands at.

    Raises:
        HubError: the tag stands elsewhere, or somebody else changed the repository at the same time.
        Exception: the client's own, for `remote.connected` to explain.

    """
    _require_tag_free(there, changes, tag)
    state, commit = "unchanged", there.commit
    if changes:
        state, commit = "published", _commit(api, package, there, changes)
    if tag is not None and there.tags.get(tag) != commit:
        persist(lambda: api.create_tag(there.name, tag=tag, revision=commit, exist_ok=True))
    return state, commit


def _require_tag_free(there: Repository, changes: Changes, tag: str | None) -> None:
    stands = there.tags.get(tag or "")
    if stands is not None and (changes or stands != there.commit):
        raise HubError(
            f"the tag {tag!r} stands at another commit, {stands[:12]}, and what is tagged does not change",
            hint="choose another --tag",
        )


def _commit(api: HfApi, package: AdapterFolder, there: Repository, changes: Changes) -> str:
    """Make the one commit; where the hub's answer is lost, look whether it was made before trying again."""
    for attempt in range(1, ATTEMPTS):
        try:
            return _commit_once(api, package, there, changes)
        except Exception as fault:
            wait = 0.0 if status_of(fault) == MOVED else patience(fault, attempt)
            if wait is None:
                raise
            time.sleep(wait)
            now = read_repository(api, there.name)
            if not compare(package.path, now):
                return now.commit
            if now.commit != there.commit:
                raise HubError(f"somebody else changed {there.name} at the same time", hint=AGAIN) from fault
    return _commit_once(api, package, there, changes)


def _commit_once(api: HfApi, package: AdapterFolder, there: Repository, changes: Changes) -> str:
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete

    operations = [
        *(CommitOperationAdd(name, str(package.path / name)) for name in changes.send),
        *(CommitOperationDelete(name, is_folder=False) for name in changes.remove),
    ]
    made = api.create_commit(
        there.name,
        operations,
        commit_message=f"Publish the {language(package.language).name} adapter",
        parent_commit=there.commit,
    )
    return str(made.oid)
