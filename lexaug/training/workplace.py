"""Where a run keeps its state: one folder beside the output, locked by one process, of one recipe."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lexaug.errors import StateError
from lexaug.files import write_json

MANIFEST = "manifest.json"
CHECKPOINTS = "checkpoints"
_RUN = "run.json"


def state_folder(output: Path) -> Path:
    """Name the folder that holds a run's state until its output is written."""
    return output.parent / f".{output.name}.training"


def finished(output: Path, identity: str) -> bool:
    """Tell whether the output is there already, made by the same run.

    Args:
        output: the adapter folder.
        identity: fingerprint of recipe, pack, sources and backbone.

    Raises:
        StateError: something else is there.

    """
    if not output.exists() or (output.is_dir() and not any(output.iterdir())):
        return False
    try:
        manifest = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
        same = manifest["identity"] == identity
    except (OSError, ValueError, KeyError, TypeError):
        raise StateError("holds something else than an adapter", file=output, hint="choose another -o") from None
    if not same:
        raise StateError(
            "holds an adapter of another recipe, pack or source", file=output, hint="choose another -o or remove it"
        )
    return True


@contextmanager
def workplace(output: Path, identity: str) -> Iterator[Path]:
    """Hold the state folder of a run for as long as the block lasts.

    An error that leaves the block before there is a checkpoint takes the folder with it, so that the command can be
    corrected; an interruption leaves it as it is.

    Raises:
        StateError: another process holds it, or it belongs to another run.

    """
    folder = state_folder(output)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+", encoding="utf-8") as lock:
        _take(lock.fileno(), folder)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        _claim(folder, identity)
        try:
            yield folder
        except Exception:
            if not any(folder.glob(f"{CHECKPOINTS}/*.json")):
                shutil.rmtree(folder, ignore_errors=True)
            raise


def _take(descriptor: int, folder: Path) -> None:
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = (folder / "lock").read_text(encoding="utf-8") or "unknown"
        raise StateError(
            f"another training (process {holder}) is writing into this output", file=folder, hint="choose another -o"
        ) from None


def _claim(folder: Path, identity: str) -> None:
    path = folder / _RUN
    if not path.is_file():
        write_json(path, {"identity": identity})
        return
    try:
        known = json.loads(path.read_text(encoding="utf-8"))["identity"]
    except (ValueError, KeyError, TypeError):
        known = None
    if known != identity:
        raise StateError(
            "an unfinished training of another recipe, pack or source has its state here",
            file=folder,
            hint="finish that one, choose another -o, or remove this folder",
        )
