"""Fetching UniMorph tables: only git at the edge of the network is faked."""

import os
import subprocess
from pathlib import Path

import pytest
import unimorph

from lexaug.errors import ConfigError, MissingError, StateError
from lexaug.morphology.download import fetch_unimorph, unimorph_folder, unimorph_tables
from lexaug.morphology.readers import read_table

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def git(table: str | None):
    """Make a stand-in for subprocess.run that clones a repository with one table, or fails as git does offline."""

    def run(command: list[str], *, check: bool, cwd: Path) -> None:
        assert command[:2] == ["git", "clone"]
        assert os.environ["GIT_TERMINAL_PROMPT"] == "0"
        lang = command[2].rpartition("/")[2].removesuffix(".git")
        clone = Path(cwd) / lang / ".git"
        (clone / "refs/heads").mkdir(parents=True)
        if table is None:
            raise subprocess.CalledProcessError(128, command)
        (clone / "HEAD").write_text("ref: refs/heads/master\n")
        (clone / "refs/heads/master").write_text(f"{COMMIT}\n")
        (Path(cwd) / lang / lang).write_text(table, encoding="utf-8")

    return run


def test_a_download_is_read_from_where_the_package_would_look(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("UNIMORPH", str(tmp_path / "tables"))
    monkeypatch.setattr(subprocess, "run", git("walk\twalked\tV;PST\n"))
    usual = unimorph.UNIMORPH_DIR
    table = fetch_unimorph("eng")
    (path,) = table.files
    assert table.downloaded
    assert table.origin == f"https://github.com/unimorph/eng/tree/{COMMIT}"
    assert path == tmp_path / "tables" / "eng" / "eng"
    assert read_table(path, lang="eng").read == 1
    assert usual == unimorph.UNIMORPH_DIR
    monkeypatch.setattr(subprocess, "run", git(None))
    again = fetch_unimorph("eng")
    assert (again.files, again.downloaded, again.origin) == ((path,), False, table.origin)
    assert list((tmp_path / "tables").iterdir()) == [path.parent]


@pytest.mark.parametrize("existing", [True, False])
def test_offline_nothing_is_left_behind(tmp_path: Path, monkeypatch, existing: bool) -> None:
    folder = tmp_path / "tables"
    if existing:
        folder.mkdir()
    monkeypatch.setattr(subprocess, "run", git(None))
    with pytest.raises(MissingError, match="download failed") as caught:
        fetch_unimorph("eng", folder)
    assert "network" in str(caught.value.hint)
    assert "set UNIMORPH to a folder with eng/eng" in str(caught.value.hint)
    assert folder.exists() is existing
    assert not existing or not list(folder.iterdir())
    assert "GIT_TERMINAL_PROMPT" not in os.environ


def test_without_git(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match="git is not installed"):
        fetch_unimorph("eng", tmp_path / "tables")
    assert not list(tmp_path.iterdir())


def test_an_empty_folder_of_a_failed_clone_is_no_obstacle(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "eng").mkdir()
    monkeypatch.setattr(subprocess, "run", git("walk\twalked\tV;PST\n"))
    assert fetch_unimorph("eng", tmp_path).files == (tmp_path / "eng" / "eng",)


def test_something_else_in_the_folder_is_kept(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "eng").mkdir()
    (tmp_path / "eng" / "notes").write_text("mine")
    monkeypatch.setattr(subprocess, "run", git("walk\twalked\tV;PST\n"))
    with pytest.raises(StateError):
        fetch_unimorph("eng", tmp_path)
    assert (tmp_path / "eng" / "notes").read_text() == "mine"


def test_a_table_that_is_no_clone_has_no_commit(tmp_path: Path) -> None:
    (tmp_path / "sme").mkdir()
    (tmp_path / "sme" / "sme").write_text("viessu\tviesut\tN;PL\n")
    assert fetch_unimorph("sme", tmp_path).origin == "https://github.com/unimorph/sme"


def test_numbered_parts_and_missing_tables(tmp_path: Path) -> None:
    (tmp_path / "fin").mkdir()
    for part in ("fin.2", "fin.1", "fin.args"):
        (tmp_path / "fin" / part).touch()
    assert [path.name for path in unimorph_tables("fin", tmp_path)] == ["fin.1", "fin.2"]
    with pytest.raises(MissingError, match="swe"):
        unimorph_tables("swe", tmp_path)


@pytest.mark.parametrize("code", ["en", "../x", "eng.git", "ENG", ""])
def test_only_language_codes_are_fetched(tmp_path: Path, code: str) -> None:
    with pytest.raises(ConfigError):
        fetch_unimorph(code, tmp_path)


def test_default_folder(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UNIMORPH", str(tmp_path))
    assert unimorph_folder() == tmp_path
    monkeypatch.delenv("UNIMORPH")
    assert unimorph_folder() == Path.home() / ".unimorph"
