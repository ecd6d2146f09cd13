"""Small sources of a pack, written here: a lexicon, a table, a text."""

from pathlib import Path

import pytest

LEXICON = "english\ttarget\tpos\tsource\nhouse\tviessu\tn\tbook\nfish\tguolli\tn\tbook\ndog\tbeana\tn\tapertium(GPL)\n"
TABLE = "viessu\tviessu\tN;NOM;SG\nviessu\tviesu\tN;GEN;SG\nguolli\tguoli\tN;GEN;SG\n"
TEXT = "Viessu lea stuoris ja čáppat dál.\n\nGuolli vuodjá johkii beaivválaččat.\n"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "words.tsv").write_text(LEXICON, encoding="utf-8")
    (folder / "table").write_text(TABLE, encoding="utf-8")
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def make(sources: Path, tmp_path: Path):
    """Make a pack of the three sources; arguments replace those of `init_pack`."""
    from lexaug.pack import init_pack

    def call(code="smj", **changes):
        given = {
            "lexicons": [(sources / "words.tsv", None)],
            "paradigms": [(sources / "table", None)],
            "texts": [sources / "text.txt"],
            "licences": {"": "CC-BY-SA-3.0", "text.txt": "CC0-1.0"},
            "output": tmp_path / "pack",
        }
        return init_pack(code, **{**given, **changes})

    return call


@pytest.fixture
def written(tmp_path: Path):
    """Write a pack folder by hand: the description and files by name."""

    def call(description: str, **files: str) -> Path:
        folder = tmp_path / "own"
        folder.mkdir()
        (folder / "pack.toml").write_text(description, encoding="utf-8")
        for name, text in files.items():
            (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
        return folder

    return call
