"""What may be a source of a pack: a bounded plain file inside it, and no dev or test split."""

from __future__ import annotations

from pathlib import Path

from lexaug.conllu import SUFFIXES
from lexaug.errors import ConfigError, UnsafeError
from lexaug.files import require_file
from lexaug.morphology.readers import split_of

MAX_SOURCE_BYTES = 2 << 30
"""The largest lexicon, table or text that is read or copied."""


def require_bounded(path: Path) -> Path:
    """Return a plain file of at most `MAX_SOURCE_BYTES`, or a folder of such files.

    Raises:
        MissingError: there is nothing of that name, or it is a device or a pipe.
        UnsafeError: it is too large.

    """
    if not path.is_dir():
        require_file(path)
    size = sum(part.stat().st_size for part in files_of(path))
    if size > MAX_SOURCE_BYTES:
        raise UnsafeError(
            f"is larger than {MAX_SOURCE_BYTES:,} bytes", file=path, hint="split the file or take a part of it"
        )
    return path


def files_of(path: Path) -> list[Path]:
    """List a file itself, or the plain files of a folder that stay inside it (links that lead out are left aside)."""
    if not path.is_dir():
        return [path]
    root = path.resolve()
    inner = (part for part in sorted(path.rglob("*")) if part.is_file())
    return [part for part in inner if part.resolve().is_relative_to(root)]


def require_learnable(path: Path, kind: str, *, file: Path | None = None, line: int | None = None) -> None:
    """Refuse what is scored on as something to learn from.

    Raises:
        ConfigError: a table is a dev or test split by its name, or a text is a treebank; placed at `file` and `line`.

    """
    split = split_of(path)
    if kind == "paradigms" and split in ("dev", "test"):
        raise ConfigError(
            f"{path.name} is the {split} split of a shared task",
            file=file or path,
            line=line,
            hint="a pack learns from train splits only; give the train split and keep this one for scoring",
        )
    if kind == "text" and path.suffix in SUFFIXES:
        raise ConfigError(
            f"{path.name} is a treebank, no plain text",
            file=file or path,
            line=line,
            hint="give text with one sentence per line; treebanks are for sources, dev and test",
        )
