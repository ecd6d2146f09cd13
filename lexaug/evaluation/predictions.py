"""What a system says of the dev and test words, kept on disk so that an interrupted evaluation goes on."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lexaug.files import atomic_file, fingerprint, fingerprint_json

Floats = npt.NDArray[np.float32]
Chosen = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Prediction:
    """Log-probabilities [words, tags] of the test and, where there is one, the dev set; `chosen` are the settings."""

    test: Floats
    dev: Floats | None
    chosen: Chosen = field(default_factory=dict)


class Kept:
    """Predictions by what they were made of. The folder may be removed at any time."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, identity: Mapping[str, object], make: Callable[[], Prediction]) -> Prediction:
        """Give the prediction of that identity (a JSON value), made if it is not kept yet."""
        if self._folder is None:
            return make()
        file = self._folder / f"{fingerprint_json(identity)[:32]}.npz"
        if (found := _read(file)) is not None:
            return found
        made = make()
        _write(file, made)
        return made


@cache
def code_fingerprint() -> str:
    """Hash lexaug's own source: what is kept is only good for the code that made it."""
    package = Path(__file__).parents[1]
    return fingerprint_json([fingerprint(file) for file in sorted(package.rglob("*.py"))])


def _read(file: Path) -> Prediction | None:
    if not file.is_file():
        return None
    try:
        with np.load(file, allow_pickle=False) as arrays:
            dev = arrays.get("dev")
            return Prediction(arrays["test"], dev, json.loads(str(arrays["chosen"])))
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile):
        return None


def _write(file: Path, made: Prediction) -> None:
    arrays: dict[str, npt.NDArray[np.generic]] = {"test": made.test, "chosen": np.array(json.dumps(dict(made.chosen)))}
    if made.dev is not None:
        arrays["dev"] = made.dev
    with atomic_file(file) as temporary, temporary.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)
