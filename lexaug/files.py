"""Reading and writing files: streamed lines with exact places for faults, and output that is whole or absent."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lexaug.errors import ConfigError, FormatError, MissingError, StateError, UnsafeError
from lexaug.temporary import temporary_folder

_RUST = re.compile(r"\(os error (\d+)\)")
_REMEDY = "convert the file, e.g. iconv -f latin1 -t utf-8"
MAX_LINE_BYTES = 1 << 20
"""A longer line is no row of any format read here; it is refused instead of filling the memory."""


def read_lines(path: Path, *, normalize: bool = True) -> Iterator[tuple[int, str]]:
    """Stream the lines of a UTF-8 file as (number from 1, text without line end).

    A byte order mark and CRLF are accepted; text is brought to NFC unless `normalize` is off.

    Raises:
        MissingError: the file is not there, is not a plain file, or cannot be read.
        FormatError: a byte is not UTF-8 or is zero (line and column given), or a line is longer than `MAX_LINE_BYTES`.

    """
    with _readable(require_file(path)), path.open("rb") as stream:
        number = 0
        while raw := stream.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(raw) > MAX_LINE_BYTES:
                raise FormatError(
                    f"line is longer than {MAX_LINE_BYTES:,} bytes", file=path, line=number, hint="is this a text file?"
                )
            yield number, _decode(raw, path, number, normalize)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Name the file that the system does not let be read."""
    try:
        yield
    except OSError as fault:
        raise MissingError(f"cannot be read: {fault.strerror}", file=path, hint="check its rights") from fault


def _decode(raw: bytes, path: Path, number: int, normalize: bool) -> str:
    if number == 1 and raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    try:
        text = raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as fault:
        column = len(raw[: fault.start].decode("utf-8")) + 1
        raise FormatError(
            f"byte 0x{raw[fault.start]:02x} is not valid UTF-8",
            file=path,
            line=number,
            column=column,
            hint=_remedy(raw) if number == 1 else _REMEDY,
        ) from None
    if "\0" in text:
        column = text.index("\0") + 1
        hint = "if this is text, save it as UTF-8, e.g. iconv -f utf-16 -t utf-8"
        raise FormatError("byte 0x00 is no text", file=path, line=number, column=column, hint=hint)
    return unicodedata.normalize("NFC", text) if normalize else text


def _remedy(start: bytes) -> str:
    """Say how to make text of a file that starts so."""
    if start.startswith(b"\x1f\x8b"):
        return "unpack the file, e.g. gunzip"
    return "convert the file, e.g. iconv -f utf-16 -t utf-8" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else _REMEDY


def require_file(path: Path) -> Path:
    """Return the path of an existing plain file.

    Raises:
        MissingError: there is none, or it cannot be reached.
        ConfigError: its name is not UTF-8.

    """
    _require_utf8(path)
    with _readable(path):
        folder, file = path.is_dir(), path.is_file()
    if folder:
        raise MissingError("is a folder, a file is needed", file=path, hint="name a file in it")
    if not file:
        raise _no_file(path)
    return path


def _require_utf8(path: Path) -> None:
    """Refuse a name that no manifest could hold."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise ConfigError("the name is not UTF-8", file=path, hint="give it another name") from None


def _no_file(path: Path) -> MissingError:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return MissingError("no such file", file=path, hint="check the path")
    except OSError as fault:
        return MissingError(f"cannot be reached: {fault.strerror}", file=path, hint="check the path and its rights")
    return MissingError("is a pipe or a device", file=path, hint="write what it gives into a plain file, and name that")


def inside(folder: Path, name: str) -> Path:
    """Resolve a relative name inside a folder; absolute names, `..` and links that lead out raise UnsafeError."""
    root = folder.resolve()
    try:
        path = (root / name).resolve()
    except (ValueError, RuntimeError, OSError):
        raise UnsafeError(
            f"path {name!r} cannot be followed", file=folder, hint="name a plain file in the folder"
        ) from None
    if Path(name).is_absolute() or not path.is_relative_to(root):
        raise UnsafeError(f"path {name!r} leaves the folder", file=folder, hint="copy the file into the folder")
    return path


def fingerprint(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with _readable(require_file(path)), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fingerprint_json(value: object) -> str:
    """SHA-256 of a JSON value in canonical form (sorted keys, no spaces), in hexadecimal."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path`; on success flush it to disk and rename, on failure remove it.

    A link is followed: what it points to is replaced.

    Raises:
        StateError: the disk is full, the place cannot be written to, or holds a folder or a device.

    """
    path = _meant(path)
    _require_plain(path)
    with _place(path) as place, temporary_folder(place, path.name) as folder:
        temporary = folder / path.name
        temporary.touch()
        yield temporary
        _settle(temporary, folder)
        temporary.replace(path)


def require_absent(path: Path) -> None:
    """Raise StateError where something other than an empty folder stands at a path that is to be written."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StateError("output exists already", file=path, hint="choose another -o or remove it")


def require_place(path: Path) -> None:
    """See that a folder can be written to a path, before work is spent on it; nothing is left there.

    Raises:
        StateError: something stands there already, or the place cannot be written to.

    """
    path = _meant(path)
    require_absent(path)
    _try_place(path)


def require_file_place(path: Path) -> None:
    """See that a file can be written to a path, before work is spent on it; a file that is there stays as it is.

    Raises:
        StateError: a folder or a device stands there, or the place cannot be written to.

    """
    path = _meant(path)
    _require_plain(path)
    _try_place(path)


def _require_plain(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise StateError("is no plain file", file=path, hint="choose another place")


def _try_place(path: Path) -> None:
    there = next(folder for folder in path.absolute().parents if folder.exists())
    try:
        with _place(there / path.name) as place, temporary_folder(place, path.name):
            pass
    except StateError as fault:
        raise StateError(fault.message, file=path, hint=fault.hint) from fault


def require_other(output: Path, *read: Path) -> None:
    """Raise StateError where a file that is to be written is one of those that are read."""
    if any(output.exists() and path.exists() and output.samefile(path) for path in read):
        raise StateError("would be written over a file that is read", file=output, hint="choose another -o")


@contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """Give a temporary folder beside `path`; on success rename it into place, on failure remove it.

    Raises:
        StateError: `path` exists already and is not an empty folder, the disk is full, or the place cannot be written
            to.

    """
    path = _meant(path)
    require_absent(path)
    with _place(path) as place, temporary_folder(place, path.name) as temporary:
        yield temporary
        for file in temporary.rglob("*"):
            if file.is_file():
                _settle(file, temporary)
        require_absent(path)
        if path.is_dir():
            path.rmdir()
        temporary.rename(path)


def _meant(path: Path) -> Path:
    """Give the place that is meant: links are followed and dots resolved.

    Raises:
        StateError: the links go in a circle, or it is the folder that the process is in.

    """
    try:
        found = path.resolve() if path.is_symlink() or path.name in ("", "..") else path
    except RuntimeError as fault:
        raise StateError("its links go in a circle", file=path, hint="choose another -o") from fault
    if found == Path.cwd():
        raise StateError("is the folder that you are in", file=path, hint="choose another -o")
    return found


@contextmanager
def _place(path: Path) -> Iterator[Path]:
    """Give the folder that `path` is to lie in, made where it is missing; on failure folders made here go again."""
    _require_utf8(path)
    if (file := next((one for one in path.parents if one.exists() and not one.is_dir()), None)) is not None:
        raise StateError(f"{file} is a file and can hold none", file=path, hint="choose another place")
    missing = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield path.parent
    except BaseException as fault:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        if (refused := _of_system(fault)) is not None:
            raise _full(refused, path) from fault
        raise


def _of_system(fault: BaseException) -> OSError | None:
    """Give what the system refused; libraries in Rust (safetensors, tokenizers) only say it in their messages."""
    if isinstance(fault, OSError):
        return fault
    found = _RUST.search(str(fault))
    return OSError(int(found[1]), os.strerror(int(found[1]))) if found and isinstance(fault, Exception) else None


def write_json(path: Path, value: object) -> None:
    """Write a JSON value atomically: indented, keys in the given order, UTF-8 as it is."""
    with atomic_file(path) as temporary:
        temporary.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def resource(name: str) -> Path:
    """Path of a shipped file or folder under resources/, in a checkout as in an installed package."""
    package = Path(__file__).parent
    for root in (package / "resources", package.parent / "resources"):
        if (path := root / name).exists():
            return path
    raise MissingError(f"the shipped resource {name!r} is not there", hint="reinstall lexaug")


def cache_folder() -> Path:
    """Folder for what can be made again: `$LEXAUG_CACHE`, else `$XDG_CACHE_HOME/lexaug`, else `~/.cache/lexaug`."""
    if own := os.environ.get("LEXAUG_CACHE"):
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "lexaug"


def _settle(file: Path, folder: Path) -> None:
    """Let others read a file as far as they may its folder (some libraries write for one user), and flush it."""
    file.chmod(folder.stat().st_mode & 0o666)
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _full(fault: OSError, path: Path) -> StateError:
    return StateError(
        f"could not be written: {fault.strerror or fault}",
        file=path,
        hint="nothing was left behind; see to the disk, or choose another place",
    )
