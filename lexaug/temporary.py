"""Folders that hold output until it is whole: locked by the process that writes, cleared once no process does."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MARK = ".part"


@contextmanager
def temporary_folder(place: Path, name: str) -> Iterator[Path]:
    """Give a new folder in `place` for output that is to be called `name`; it is gone at the end if it is still there.

    What killed processes left there for the same name is removed first. A folder whose process lives is kept: it holds
    a lock on it (flock(2)), which the kernel takes away when the process ends, however it ends. Where the file system
    has no locks nothing is removed.

    Raises:
        OSError: no folder can be made there.

    """
    clear_stale(place, name)
    folder, lock = _claim(place, name)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def clear_stale(place: Path, name: str) -> None:
    """Remove what killed processes left in `place` for output of that name."""
    pattern = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]{{8}}{re.escape(MARK)}")
    for path in list(place.iterdir()):
        if pattern.fullmatch(path.name):
            with suppress(OSError):
                _remove_unlocked(path)


def _claim(place: Path, name: str) -> tuple[Path, int]:
    """Make a folder and lock it; anew where another process has cleared it between the two."""
    while True:
        folder = place / f".{name}.{secrets.token_hex(4)}{MARK}"
        folder.mkdir()
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY)
            with suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.exists():
                return folder, lock
            os.close(lock)


def _remove_unlocked(path: Path) -> None:
    lock = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    finally:
        os.close(lock)
