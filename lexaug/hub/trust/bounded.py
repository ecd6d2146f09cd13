"""Reading what strangers wrote: bytes, JSON, TOML and YAML within bounds of size, depth and number of values."""

from __future__ import annotations

import json
import math
import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from lexaug.errors import FormatError, LexaugError, MissingError, UnsafeError
from lexaug.hub.trust.finding import shown
from lexaug.hub.trust.hints import NO_FILE, NOT_WHOLE
from lexaug.hub.trust.limits import MAX_DEPTH, MAX_JSON_BYTES, MAX_NODES, MAX_TOML_BYTES

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_DOTTED = re.compile(rf"(?<![\w.\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){{{MAX_DEPTH},}}")
"""A TOML key of too many parts: each opens a table, and the parser's time grows with the square of their number."""


@contextmanager
def open_plain(path: Path) -> Iterator[BinaryIO]:
    """Open a plain file for reading; links are not followed, devices and pipes not waited for.

    Raises:
        MissingError: there is no such file.
        UnsafeError: it is no plain file.

    """
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise MissingError("no such file", file=path, hint=NOT_WHOLE) from None
    except OSError as fault:
        raise UnsafeError(f"cannot be opened: {fault.strerror}", file=path, hint=NO_FILE) from None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnsafeError("is no plain file", file=path, hint=NO_FILE)
        yield stream


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a plain file of at most `limit` bytes.

    Raises:
        MissingError, UnsafeError: as `open_plain`; UnsafeError also where it is larger.

    """
    with open_plain(path) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise UnsafeError(f"is larger than {limit:,} bytes", file=path, hint=NO_FILE)
    return content


def read_text(path: Path, limit: int) -> str:
    """Read UTF-8 text of at most `limit` bytes.

    Raises:
        MissingError, UnsafeError: as `read_bytes`.
        FormatError: a byte is not UTF-8.

    """
    try:
        return read_bytes(path, limit).decode("utf-8")
    except UnicodeDecodeError as fault:
        raise FormatError(f"byte {fault.start} is not valid UTF-8", file=path, hint=NO_FILE) from None


def read_json(path: Path, limit: int = MAX_JSON_BYTES) -> dict[str, Any]:
    """Read a JSON object within bounds; a key that stands twice, NaN and Infinity are refused.

    Raises:
        MissingError, UnsafeError, FormatError: as `read_text`; UnsafeError also for what is too deep or too much.

    """
    return parse_json(read_text(path, limit), path)


def parse_json(text: str, path: Path) -> dict[str, Any]:
    """Parse a JSON object, as `read_json`; `path` is named in errors."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_constant, parse_float=_finite)
    except RecursionError:
        raise _too_deep(path) from None
    except ValueError as fault:
        raise FormatError(f"is no sound JSON: {_line(fault)}", file=path, hint=NO_FILE) from None
    if not isinstance(value, dict):
        raise FormatError("holds no JSON object", file=path, hint=NO_FILE)
    require_bounds(value, path)
    return value


def read_toml(path: Path, limit: int = MAX_TOML_BYTES) -> dict[str, Any]:
    """Read TOML within bounds.

    Raises:
        MissingError, UnsafeError, FormatError: as `read_json`.

    """
    return parse_toml(read_text(path, limit), path)


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """Parse TOML, as `read_toml`; `path` is named in errors."""
    if _DOTTED.search(text):
        raise _too_deep(path)
    try:
        value = tomllib.loads(text)
    except RecursionError:
        raise _too_deep(path) from None
    except ValueError as fault:
        raise FormatError(f"is no sound TOML: {_line(fault)}", file=path, hint=NO_FILE) from None
    require_bounds(value, path)
    return value


def require_bounds(value: object, path: Path) -> None:
    """Raise UnsafeError where lists and tables are nested too deeply, are too many, or hold broken characters."""
    level, depth, nodes = [value], 0, 0
    while level:
        if depth > MAX_DEPTH:
            raise _too_deep(path)
        nodes += len(level)
        if nodes > MAX_NODES:
            raise UnsafeError(f"holds more than {MAX_NODES:,} values", file=path, hint=NO_FILE)
        level = [child for node in level for child in _children(node, path)]
        depth += 1


def _children(node: object, path: Path) -> list[object]:
    if isinstance(node, Mapping):
        return [*node.keys(), *node.values()]
    if isinstance(node, list):
        return node
    if isinstance(node, str) and not node.isascii():
        try:
            node.encode()
        except UnicodeEncodeError:
            raise FormatError("holds half a character (a lone surrogate)", file=path, hint=NO_FILE) from None
    return []


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise ValueError(f"the key {shown(twice)} stands twice")
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{shown(text)} is too large a number")
    return value


def _line(fault: ValueError) -> str:
    text = str(fault).partition("\n")[0]
    return text if text.isprintable() else ascii(text)


def _too_deep(path: Path) -> LexaugError:
    return UnsafeError(f"is nested more than {MAX_DEPTH} levels deep", file=path, hint=NO_FILE)
