"""A Hub repo's entry: from its list of files and its few small descriptions, never from its weights."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lexaug.errors import FormatError, UnsafeError
from lexaug.hub.folder import AdapterFolder, read_adapter_folder
from lexaug.hub.index.entry import make_entry
from lexaug.hub.index.fetch import fetch_repo_file, unreachable
from lexaug.hub.index.schema import Entry, Place
from lexaug.training.part_files import CONFIG, METRICS, PEFT_WEIGHTS, RECIPE
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from huggingface_hub.hf_api import ModelInfo

MAX_FILES = 100
"""An adapter has about ten files."""
MAX_DESCRIPTION = 4 << 20
"""Bytes of the largest description that is fetched; they have some ten thousand."""
_DESCRIPTIONS = (CONFIG, RECIPE, MANIFEST, METRICS)


def repo_entry(repo: str, revision: str | None = None) -> Entry:
    """Describe the adapter in a Hub repo, pinned to the commit that the revision (default: the newest) stands for.

    Raises:
        MissingError: the repo, the revision or a file of it cannot be had.
        UnsafeError: it has too many files or one too large, or its base model is a path.
        FormatError: it is no adapter of lexaug, is damaged, or its weights are not those that its manifest names.

    """
    info = _listing(repo, revision)
    commit = str(info.sha)
    with TemporaryDirectory(prefix="lexaug-index-") as name:
        place = Path(name)
        for description in _DESCRIPTIONS:
            if description in _sizes(info):
                (place / description).write_bytes(fetch_repo_file(repo, commit, description, MAX_DESCRIPTION))
        (place / PEFT_WEIGHTS).touch()  # stands for the weights, which are not fetched
        folder = replace(read_adapter_folder(place), path=Path(repo), sizes=_sizes(info))
    _require_named_weights(folder, info)
    return make_entry(folder, _place(repo, info))


def _listing(repo: str, revision: str | None) -> ModelInfo:
    import httpx2
    from huggingface_hub import HfApi, constants

    try:
        info = HfApi(endpoint=constants.ENDPOINT).model_info(repo, revision=revision, files_metadata=True)
    except (httpx2.HTTPError, OSError, ValueError, KeyError, TypeError) as fault:
        raise unreachable(repo, fault) from None
    if len(info.siblings or ()) > MAX_FILES:
        raise UnsafeError(f"has more than {MAX_FILES} files", file=repo, hint="an adapter has about ten")
    if PEFT_WEIGHTS not in _sizes(info):
        raise FormatError(f"holds no {PEFT_WEIGHTS}, so it is no adapter", file=repo, hint="name another repo")
    return info


def _sizes(info: ModelInfo) -> dict[str, int]:
    return {file.rfilename: file.size or 0 for file in info.siblings or ()}


def _require_named_weights(folder: AdapterFolder, info: ModelInfo) -> None:
    """Hold the hash that the Hub knows of the weights against the manifest's."""
    files = folder.manifest.get("files")
    named = files.get(PEFT_WEIGHTS) if isinstance(files, dict) else None
    stored = next(
        (file.lfs.sha256 for file in info.siblings or () if file.rfilename == PEFT_WEIGHTS and file.lfs), named
    )
    if stored != named:
        raise FormatError("its weights are not those that its manifest names", file=folder.path, hint="publish it anew")


def _place(repo: str, info: ModelInfo) -> Place:
    from huggingface_hub import constants

    date = info.last_modified
    return Place(
        kind="repo",
        place=repo,
        link=f"{constants.ENDPOINT}/{repo}",
        revision=info.sha,
        updated=date.astimezone(UTC).date().isoformat() if date else None,
    )
