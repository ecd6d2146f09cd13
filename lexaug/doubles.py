"""Files that are named twice: what they hold would count twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lexaug.errors import ConfigError
from lexaug.files import fingerprint

HINT = "name each file once: what it holds would count twice"


def find_double(paths: Sequence[Path]) -> tuple[int, int] | None:
    """Give the first two places that are one file, by another spelling or a link too; None where all differ.

    Files that are not there are compared by path.
    """
    seen: dict[object, int] = {}
    for place, path in enumerate(paths):
        first = seen.setdefault(_identity(path), place)
        if first != place:
            return first, place
    return None


def require_distinct(paths: Sequence[Path]) -> None:
    """Refuse a list of files in which one file stands twice.

    Raises:
        ConfigError: it does; the file is the later one, the message names the earlier.

    """
    if (found := find_double(paths)) is not None:
        raise ConfigError(twice(*(paths[place] for place in found)), file=paths[found[1]], hint=HINT)


def twice(first: Path, second: Path) -> str:
    """Say that two names are those of one file."""
    return "is given twice" if first == second else f"is given twice, the first time as {first}"


def equal_files(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Give each file that holds the same bytes as an earlier one, behind that one; only files are looked at."""
    by_size: dict[int, list[Path]] = {}
    for path in paths:
        if path.is_file():
            by_size.setdefault(path.stat().st_size, []).append(path)
    for alike in by_size.values():
        seen: dict[str, Path] = {}
        for path in alike if len(alike) > 1 else ():
            first = seen.setdefault(fingerprint(path), path)
            if first is not path:
                yield first, path


def equal_note(first: Path | str, second: Path | str) -> str:
    """Say that two files hold the same."""
    return f"{first} and {second} hold the same: it counts twice"


def _identity(path: Path) -> object:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return str(path.absolute())
    return found.st_dev, found.st_ino
