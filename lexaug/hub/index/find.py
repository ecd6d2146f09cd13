"""From a language's code to the one adapter of an index that is to be loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lexaug.errors import MissingError
from lexaug.hub.index.opening import OpenIndex, open_index
from lexaug.hub.index.schema import Entry
from lexaug.hub.index.search import Query, best_first, search
from lexaug.languages import language as language_of


@dataclass(frozen=True, slots=True)
class Located:
    """An adapter's entry and where to get it: a folder on this machine, or a repo at a commit."""

    entry: Entry
    folder: Path | None
    repo: str | None = None
    revision: str | None = None

    def __str__(self) -> str:
        """Give the folder's path, or `owner/name@commit`."""
        return str(self.folder) if self.folder is not None else f"{self.repo}@{self.revision}"


def find(language: str, base: str | None = None, index: str | Path | None = None) -> Located:
    """Find the adapter to load for a language: the one with the greatest gain among those that do not only harm.

    Args:
        language: an ISO 639-3 code; other codes and names are not taken for the code they may mean.
        base: the base model it must be for, as a Hub id; any if not given.
        index: as `open_index` takes it.

    Raises:
        ConfigError: there is no such code, or no index is named.
        MissingError: the index has no adapter for it that helps or does nothing, or none that can be had from here;
            the hint names the nearest.
        UnsafeError, FormatError: as `open_index`.

    """
    spec = language_of(language)
    opened = open_index(index)
    found = search(opened.index, Query(spec.code, base=base))
    what = f"no adapter for {spec.code}, {spec.name}" + (f", on {base}" if base else "")
    if not found.entries:
        near = ", ".join(f"{entry.code} on {entry.base_model}" for entry in (*found.related, *found.nearest))
        raise MissingError(what, file=opened.origin, hint=f"nearest: {near}" if near else "see lexaug search --help")
    sound = [entry for entry in best_first(found.entries) if not _harms(entry)]
    if not sound:
        raise MissingError(f"{what}, but such that harm", file=opened.origin, hint="load one by its folder or repo")
    located = next((place for entry in sound if (place := _locate(entry, opened))), None)
    if located is None:
        raise MissingError(
            f"{what}, that lies on this machine or on the Hub", file=opened.origin, hint="fetch it first"
        )
    return located


def _harms(entry: Entry) -> bool:
    """Tell whether an adapter harms on all that was measured."""
    return bool(entry.results) and all(result.verdict == "harms" for result in entry.results)


def _locate(entry: Entry, opened: OpenIndex) -> Located | None:
    if entry.kind == "repo":
        return Located(entry, None, entry.place, entry.revision) if entry.revision else None
    if opened.folder is None:
        return None
    folder = opened.folder / entry.place
    return Located(entry, folder) if folder.is_dir() else None
