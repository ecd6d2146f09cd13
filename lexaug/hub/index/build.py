"""Building an index: every adapter that is offered either gets its entry or is told why not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pydantic import ValidationError

from lexaug.described import explain as explain_setting
from lexaug.errors import ConfigError, HubError, LexaugError, MissingError, UnsafeError
from lexaug.files import fingerprint
from lexaug.hub.folder import read_adapter_folder
from lexaug.hub.header import CARD
from lexaug.hub.index.entry import make_entry
from lexaug.hub.index.repo import repo_entry, require_named_weights
from lexaug.hub.index.schema import TITLE, Entry, Index, LeftOut, Place
from lexaug.hub.index.sources import FolderSource, RepoSource, Source, expand
from lexaug.hub.remote import connected, explain
from lexaug.hub.trust import require_sound_config
from lexaug.training.part_files import PEFT_WEIGHTS

if TYPE_CHECKING:
    from huggingface_hub import HfApi

AT_ONCE = 8
"""Repos that are asked for at the same time."""
Progress = Callable[[int, int | None], None]


def build_index(
    names: Sequence[str],
    output: Path,
    *,
    title: str | None = None,
    note: str | None = None,
    progress: Progress | None = None,
) -> Index:
    """Describe the adapters that are named.

    Args:
        names: adapter folders, folders of such, `owner/name[@revision]`, `owner/*`.
        output: folder that the index is to lie in: places of adapter folders are given relative to it.
        title: heading of the page.
        note: what a reader must know of the whole.
        progress: told (done, of how many) after each adapter.

    Raises:
        ConfigError: title or note is too long, or no text.
        MissingError: not one adapter could be indexed.

    """
    empty = _empty(title, note)
    with connected() as api:
        sources, left = _expanded(names, output, api)
        found = list(_described(sources, output, api, progress))
    entries = [entry for entry in found if isinstance(entry, Entry)]
    left += [entry for entry in found if isinstance(entry, LeftOut)]
    if not entries:
        first = f"; {left[0].place}: {left[0].reason}" if left else ""
        raise MissingError(f"no adapter could be indexed{first}", hint="name adapter folders or repos")
    entries.sort(key=lambda entry: (entry.code, entry.base_model, entry.place, entry.revision or ""))
    left.sort(key=lambda one: (one.place, one.reason))
    return empty.model_copy(update={"adapters": tuple(entries), "left_out": tuple(left)})


def _empty(title: str | None, note: str | None) -> Index:
    try:
        return Index(title=title or TITLE, note=note or None)
    except ValidationError as fault:
        message, hint = explain_setting(Index, fault.errors()[0])
        raise ConfigError(message, hint=hint or "write at most 400 characters of UTF-8") from None


def _expanded(names: Iterable[str], output: Path, api: HfApi) -> tuple[list[Source], list[LeftOut]]:
    sources: list[Source] = []
    left: list[LeftOut] = []
    for name in names:
        try:
            sources += expand(name, api)
        except Exception as fault:
            left.append(_left_out(os.fsencode(name).decode("utf-8", "backslashreplace"), fault))
    seen: dict[object, Source] = {}
    for source in sources:
        key = source.path.resolve() if isinstance(source, FolderSource) else source
        if seen.setdefault(key, source) is not source:
            left.append(LeftOut(place=_short(_told(source, output)), reason="is named twice"))
    return list(seen.values()), left


def _described(
    sources: Sequence[Source], output: Path, api: HfApi, progress: Progress | None
) -> Iterable[Entry | LeftOut]:
    """Give entries in the order of the sources; repos are asked for side by side, folders read one by one."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = {
            source: pool.submit(_tried, source, output, api) for source in sources if isinstance(source, RepoSource)
        }
        for done, source in enumerate(sources, start=1):
            yield asked[source].result() if isinstance(source, RepoSource) else _tried(source, output, api)
            if progress is not None:
                progress(done, len(sources))


def _tried(source: Source, output: Path, api: HfApi) -> Entry | LeftOut:
    try:
        if isinstance(source, RepoSource):
            return _asked(source, api)
        place = _folder_place(source, output)
        folder = read_adapter_folder(source.path)
        require_sound_config(source.path)
        require_named_weights(folder, fingerprint(source.path / PEFT_WEIGHTS))
        return make_entry(folder, place)
    except Exception as fault:
        return _left_out(_told(source, output), fault)


def _asked(source: RepoSource, api: HfApi) -> Entry:
    try:
        return repo_entry(api, source.repo, source.revision)
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        if explain(fault):
            raise
        raise HubError(f"the hub's answer makes no sense: {type(fault).__name__}: {fault}") from None


def _told(source: Source, output: Path) -> str:
    """Name a source as the index may: a folder relative to it, since the index is published."""
    return str(source) if isinstance(source, RepoSource) else _relative(source.path, output)


def _relative(path: Path, output: Path) -> str:
    return os.fsencode(os.path.relpath(path.resolve(), output.resolve())).decode("utf-8", "backslashreplace")


def _folder_place(source: FolderSource, output: Path) -> Place:
    relative = _relative(source.path, output)
    if os.fsencode(relative) != os.fsencode(os.path.relpath(source.path.resolve(), output.resolve())):
        raise UnsafeError("its name is not UTF-8", file=relative, hint="rename the folder")
    card = f"/{CARD}" if (source.path / CARD).is_file() else "/"
    return Place(kind="folder", place=relative, link=quote(relative) + card)


def _left_out(place: str, fault: Exception) -> LeftOut:
    """Give the reason without paths of this machine beyond the file's name: the index is published."""
    told = fault if isinstance(fault, LexaugError) else explain(fault)
    if told is None and isinstance(fault, OSError):
        told = LexaugError(fault.strerror or type(fault).__name__)
    elif told is None:
        raise fault
    name = Path(told.file).name if told.file else ""
    where = f"{name}: " if name and not place.partition("@")[0].endswith(name) else ""
    return LeftOut(place=_short(place), reason=_short(f"{where}{told.message}"))


def _short(text: str) -> str:
    return text if len(text) <= 400 else f"{text[:399]}…"
