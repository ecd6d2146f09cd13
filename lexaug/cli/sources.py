"""How flags name files: `FILE[:FORMAT]` and `SPDX|FILE=SPDX`; and telling what reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os.path import realpath
from pathlib import Path

from lexaug.cli.console import stderr
from lexaug.doubles import equal_files, equal_note, require_distinct
from lexaug.errors import ConfigError
from lexaug.files import require_file, require_place


def parse_source(text: str) -> tuple[Path, str | None]:
    """Split `FILE[:FORMAT]`; a name with a colon that exists as it stands is a file without a format."""
    name, colon, form = text.rpartition(":")
    if not colon or "/" in form or Path(text).exists():
        return Path(text), None
    return Path(name), form


def parse_licences(items: Iterable[str]) -> dict[str, str]:
    """Map file name to SPDX licence; the licence given without a file stands under the key "".

    Raises:
        ConfigError: two licences are given for the same.

    """
    licences: dict[str, str] = {}
    for item in items:
        name, _, licence = item.rpartition("=")
        if licences.setdefault(name, licence) != licence:
            of = name or "all sources"
            hint = f"one --license for all, or FILE=SPDX; for both terms at once: '{licences[name]} AND {licence}'"
            raise ConfigError(f"two licences of {of}: {licences[name]} and {licence}", hint=hint)
    return licences


def require_outside(output: Path, folder: Path, kind: str = "pack") -> None:
    """Refuse an output inside the pack or inflector that it is made from: these hold nothing but their own files."""
    if folder.resolve() in Path(realpath(output)).parents:  # links in a circle are told where it is written
        raise ConfigError(f"the output lies inside the {kind}", file=output, hint="choose another -o")


def require_usable(sources: Sequence[Path], output: Path) -> None:
    """Refuse, before anything is loaded, sources that are no files or given twice, and an output without place."""
    for path in sources:
        require_file(path)
    require_distinct(sources)
    require_place(output)


def as_path(name: str) -> str:
    """Write an existing folder as a path, so that it is not taken for the name of a model."""
    return str(Path(name).absolute()) if name and Path(name).is_dir() else name


def inflector_place(name: str) -> str:
    """Write an inflector's folder as a path, but for one that is called like a choice."""
    from lexaug.inflection.choice import INFLECTORS

    return name if name in INFLECTORS or ("/" not in name and not Path(name).is_dir()) else str(Path(name).absolute())


def tell_analyser(name: str | None) -> None:
    """Tell on stderr what analyses the plain text among the sources; nothing where there is none."""
    if name is not None:
        stderr.print(f"plain text is analysed by {name}", markup=False)


def tell_equal_sources(sources: Sequence[Path]) -> None:
    """Tell on stderr which files hold the same."""
    for pair in equal_files(sources):
        stderr.print(f"note: {equal_note(*pair)}", markup=False, soft_wrap=True)
