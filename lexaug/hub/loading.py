"""`lexaug.load`: a folder, or a language's code that an index knows; examined before anything of it is loaded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lexaug.errors import MissingError
from lexaug.files import cache_folder
from lexaug.hub.trust import require_trusted
from lexaug.hub.trust.names import odd_repository

if TYPE_CHECKING:
    from lexaug.training.backbone import Backbone
    from lexaug.training.load import AdaptedModel

_CODE = re.compile(r"[a-z]{3}")


def load(
    adapter: str | Path,
    *,
    base: Backbone | str | None = None,
    characters: bool = True,
    index: str | Path | None = None,
) -> AdaptedModel:
    """Load an adapter.

    Args:
        adapter: a folder that `lexaug train` wrote or `lexaug pull` fetched, or an ISO 639-3 code: then the adapter
            with the greatest gain in the index, for `base` if that is given, fetched into the cache if need be.
        base: the backbone, loaded or by name; the one the adapter was trained on, at its revision, if not given. The
            model of a loaded one is wrapped in place: `adapted.model.unload()` frees it for another adapter.
        characters: whether to compose the character part, where the adapter has one.
        index: the index to look a code up in: a folder, an address or a repo; `$LEXAUG_INDEX` if not given.

    Raises:
        UnsafeError: the adapter is not to be trusted; nothing of it was loaded.
        MissingError: no adapter there, none in the index, or its backbone cannot be had.
        ConfigError: a code that is none, or no index is named.
        FormatError: a file of the adapter is not whole, or its own backbone has other weights by now.

    """
    from lexaug.training.load import load as load_folder

    folder = locate(adapter, base=base, index=index)
    require_trusted(folder, published=False)
    return load_folder(folder, base=base, characters=characters)


def locate(adapter: str | Path, *, base: Backbone | str | None = None, index: str | Path | None = None) -> Path:
    """Give the folder of an adapter that is named by folder or code; what lies on the Hub is fetched, once.

    Raises:
        MissingError: there is no adapter folder of that name, or the index has none for the code.
        ConfigError, UnsafeError, HubError: as `lexaug.hub.index.find.find` and `lexaug.hub.pull.pull`.

    """
    from lexaug.hub.index.find import find
    from lexaug.training.load import require_adapter

    folder = Path(adapter)
    if folder.exists() or not _CODE.fullmatch(str(adapter)):
        if not folder.exists() and odd_repository(str(adapter)) is None:
            raise MissingError(
                "no adapter folder", file=folder, hint=f"fetch a repository first: lexaug pull {adapter}"
            )
        require_adapter(folder)
        return folder
    found = find(str(adapter), _hub_id(base), index)
    return found.folder or _fetched(str(found.repo), str(found.revision))


def _hub_id(base: Backbone | str | None) -> str | None:
    """Give the name under which adapters of a backbone stand in an index; None for a folder, which has none."""
    from lexaug.recipe.settings import is_path
    from lexaug.training.adapter import hub_id

    if base is None:
        return None
    name = base if isinstance(base, str) else base.name
    return None if is_path(name) else hub_id(name)


def _fetched(repo: str, revision: str) -> Path:
    """Fetch a repository at a commit into the cache, unless it lies there already, whole."""
    from lexaug.hub.pull import pull

    place = cache_folder() / "adapters" / repo.replace("/", "--") / revision
    return place if place.is_dir() else pull(f"{repo}@{revision}", place).path
