"""A Hub repo's entry: from its list of files and its few small descriptions, never from its weights."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lexaug.errors import FormatError, HubError, UnsafeError
from lexaug.hub.figures import REMEASURE
from lexaug.hub.folder import AdapterFolder, read_adapter_folder
from lexaug.hub.index.entry import make_entry
from lexaug.hub.index.fetch import fetch_repo_file
from lexaug.hub.index.schema import Entry, Place
from lexaug.hub.remote import AGAIN, persist
from lexaug.hub.repository import Repository, read_repository
from lexaug.hub.trust import check_listing, examine_name, require_sound_config
from lexaug.training.part_files import CONFIG, METRICS, PEFT_WEIGHTS, RECIPE
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from huggingface_hub import HfApi

MAX_DESCRIPTION = 4 << 20
"""Bytes of the largest description that is fetched; they have some ten thousand."""
_DESCRIPTIONS = (CONFIG, RECIPE, MANIFEST, METRICS)


def repo_entry(api: HfApi, repo: str, revision: str | None = None) -> Entry:
    """Describe the adapter in a Hub repo, pinned to the commit that the revision (default: the newest) stands for.

    Raises:
        UnsafeError: it offers what no adapter has, or its base model is a path.
        FormatError: it is no adapter of lexaug, is damaged, or its weights are not those that its manifest names.
        HubError: a file is not the one that was listed.
        Exception: the client's own, for `lexaug.hub.remote.explain`.

    """
    there = read_repository(api, repo, revision)
    _require_listed(there)
    with TemporaryDirectory(prefix="lexaug-index-") as name:
        place = Path(name)
        for description in _DESCRIPTIONS:
            if description in there.files:
                _fetch(api, there, description, place)
        (place / PEFT_WEIGHTS).touch()  # stands for the weights, which are not fetched
        sizes = {name: file.size for name, file in there.files.items()}
        require_sound_config(place)
        folder = replace(read_adapter_folder(place), path=Path(repo), sizes=sizes)
    require_named_weights(folder, there.files[PEFT_WEIGHTS].sha256)
    return make_entry(folder, _place(api, there))


def _require_listed(there: Repository) -> None:
    sizes = ((name, file.size) for name, file in there.files.items())
    for finding in (*examine_name(there.name), *check_listing(sizes)):
        if finding.refused:
            raise UnsafeError(f"{finding.file} {finding.message}".strip(), hint=finding.hint)
    if PEFT_WEIGHTS not in there.files:
        raise FormatError(f"holds no {PEFT_WEIGHTS}, so it is no adapter", file=there.name, hint="name another repo")


def _fetch(api: HfApi, there: Repository, name: str, place: Path) -> None:
    (place / name).write_bytes(fetch_repo_file(api, there.name, there.commit, name, MAX_DESCRIPTION))
    if not there.files[name].is_like(place / name):
        raise HubError(f"{name} is not the file that the hub listed", file=there.name, hint=AGAIN)


def require_named_weights(folder: AdapterFolder, sha256: str | None) -> None:
    """Hold the hash of the weights (None: the Hub knows none) against the manifest's, and the scores against both."""
    files = folder.manifest.get("files")
    named = files.get(PEFT_WEIGHTS) if isinstance(files, dict) else None
    if sha256 not in (None, named):
        raise FormatError("its weights are not those that its manifest names", file=folder.path, hint="publish it anew")
    if not all(found.is_of(str(named)) for found in folder.evaluations):
        raise FormatError("its scores are of other weights, as their signature says", file=folder.path, hint=REMEASURE)


def _place(api: HfApi, there: Repository) -> Place:
    date = persist(lambda: api.model_info(there.name, revision=there.commit)).last_modified
    return Place(
        kind="repo",
        place=there.name,
        link=f"{api.endpoint}/{there.name}",
        revision=there.commit,
        updated=date.astimezone(UTC).date().isoformat() if date else None,
        warnings=tuple(finding.message for finding in examine_name(there.name) if not finding.refused),
    )
