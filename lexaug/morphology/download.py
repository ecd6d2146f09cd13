"""Tables from the UniMorph project: where the `unimorph` package keeps them, and fetching them through it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from lexaug.errors import ConfigError, MissingError, StateError

_CODE = re.compile(r"[a-z]{3}")
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_HTTP_LOW_SPEED_LIMIT": "1000", "GIT_HTTP_LOW_SPEED_TIME": "30"}
"""Settings under which git fails soon instead of asking for a password or waiting for a dead line."""


@dataclass(frozen=True, slots=True)
class UnimorphTable:
    """UniMorph's table of a language: its files, and whether they were downloaded just now.

    `origin` says where they come from, the same on every machine that has the same version of the table.
    """

    files: tuple[Path, ...]
    downloaded: bool
    origin: str


def is_table_code(text: str) -> bool:
    """Tell whether a text has the form of the codes by which UniMorph names its tables."""
    return _CODE.fullmatch(text) is not None


def unimorph_folder() -> Path:
    """Folder of downloaded tables by the package's convention: `$UNIMORPH`, else `~/.unimorph`."""
    return Path(os.environ.get("UNIMORPH") or Path.home() / ".unimorph")


def unimorph_tables(lang: str, folder: Path | None = None) -> tuple[Path, ...]:
    """Find the table of a language at `<folder>/<code>/<code>`, or its parts `<code>.1`, `<code>.2` (Finnish).

    Raises:
        ConfigError: the code is not three small letters.
        MissingError: there is no table of that language.

    """
    home = (folder or unimorph_folder()) / _checked(lang)
    if (whole := home / lang).is_file():
        return (whole,)
    if numbered := sorted(home.glob(f"{lang}.[0-9]")):
        return tuple(numbered)
    raise MissingError(
        f"no UniMorph table for {lang!r}", file=home, hint="fetch it first, or set UNIMORPH to the folder that has it"
    )


def fetch_unimorph(lang: str, folder: Path | None = None) -> UnimorphTable:
    """Give the table of a language, downloading it with git through the `unimorph` package if it is not there.

    The download appears whole or not at all: after a failure nothing is left behind.

    Raises:
        ConfigError: the code is not three small letters.
        MissingError: no network, no git, or UniMorph has no such table.
        StateError: the language's folder holds something else.

    """
    folder = folder or unimorph_folder()
    downloaded = False
    try:
        files = unimorph_tables(lang, folder)
    except MissingError:
        _download(lang, folder)
        files, downloaded = unimorph_tables(lang, folder), True
    return UnimorphTable(files, downloaded, _origin(lang, folder / lang))


def _origin(lang: str, home: Path) -> str:
    """Give the repository and, where the folder is a clone, the commit."""
    repository = f"https://github.com/unimorph/{lang}"
    commit = _commit(home / ".git")
    return f"{repository}/tree/{commit}" if commit else repository


def _commit(clone: Path) -> str:
    """Read the commit that a clone stands at; "" where that is not to be read."""
    try:
        head = (clone / "HEAD").read_text(encoding="utf-8").strip()
        if head.startswith("ref: "):
            head = (clone / head.removeprefix("ref: ")).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return head if re.fullmatch("[0-9a-f]{40}", head) else ""


def _download(lang: str, folder: Path) -> None:
    if (target := folder / lang).exists() and (not target.is_dir() or any(target.iterdir())):
        raise StateError("the folder holds no table of its language", file=target, hint="remove it and try again")
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with TemporaryDirectory(prefix=f".{lang}.", dir=folder) as workplace:
            _clone(lang, Path(workplace))
            unimorph_tables(lang, Path(workplace))
            (Path(workplace) / lang).rename(target)
    finally:
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


def _clone(lang: str, folder: Path) -> None:
    import unimorph

    with _settings(unimorph, folder):
        try:
            unimorph.download_unimorph(lang)
        except (subprocess.CalledProcessError, OSError) as fault:
            why = "git is not installed" if isinstance(fault, FileNotFoundError) else "the download failed"
            raise MissingError(
                f"UniMorph table {lang!r} could not be fetched: {why}",
                hint=f"check the network, set UNIMORPH to a folder with {lang}/{lang} in it, or give a file",
            ) from fault


@contextmanager
def _settings(package: ModuleType, folder: Path) -> Iterator[None]:
    """Point the package, which reads UNIMORPH only when imported, at a folder; keep git from waiting."""
    before = {name: os.environ.get(name) for name in _QUIET}
    usual: Path = vars(package)["UNIMORPH_DIR"]
    vars(package)["UNIMORPH_DIR"] = folder
    os.environ.update(_QUIET)
    try:
        yield
    finally:
        vars(package)["UNIMORPH_DIR"] = usual
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def _checked(lang: str) -> str:
    if not is_table_code(lang):
        raise ConfigError(f"{lang!r} is no ISO 639-3 code", hint="three small letters, such as sme")
    return lang
