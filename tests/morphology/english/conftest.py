"""Packages that are installed as far as their metadata says."""

from pathlib import Path

import pytest


@pytest.fixture
def installed(tmp_path: Path, monkeypatch):
    """Write the metadata of a package where Python looks for it."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)

    def call(package: str, version: str) -> None:
        folder = site / f"{package}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")

    return call
