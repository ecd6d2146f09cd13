"""Verifying an adapter wherever it lies: in a folder, or in a repository that is fetched for the purpose."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from lexaug.errors import FormatError, LexaugError, MissingError, UnsafeError
from lexaug.hub.bench import Bench
from lexaug.hub.pull import pull
from lexaug.hub.repository import split_revision
from lexaug.hub.trust.finding import of_error
from lexaug.hub.verify import Verification, verify_adapter

Progress = Callable[[str, int, int], None]


def verify_anywhere(adapter: str, *, progress: Progress | None = None) -> Verification:
    """Verify a folder, or REPO or REPO@REVISION; what is fetched is gone again afterwards.

    Raises:
        MissingError: there is no such folder, or the backbone cannot be had here.
        HubError: as `lexaug.hub.pull.pull`.

    """
    tell = progress or (lambda *_: None)
    if Path(adapter).exists() or adapter.startswith((".", "/", "~")) or "/" not in adapter:
        if not adapter or not Path(adapter).is_dir():
            raise MissingError("no such adapter folder", file=adapter, hint="name a folder, or OWNER/NAME on the hub")
        tell("checking", 0, 1)
        return verify_adapter(Path(adapter), Bench().load).for_owner()
    name, _ = split_revision(adapter)
    with tempfile.TemporaryDirectory(prefix="lexaug-verify-") as place:
        try:
            fetched = pull(adapter, Path(place) / "adapter", progress=progress)
        except (UnsafeError, FormatError, MissingError) as fault:
            return _refused(adapter, fault)
        return verify_adapter(fetched.path, Bench().load, repository=name).for_stranger()


def _refused(adapter: str, fault: LexaugError) -> Verification:
    """Say of a repository that cannot be fetched for what it holds that it is not sound."""
    _, _, file = (fault.file or "").partition("@")
    return Verification(Path(adapter), (("trust", (of_error(file.partition("/")[2], "trust", fault),)),))
