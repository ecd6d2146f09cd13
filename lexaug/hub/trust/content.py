"""What a file is by its first bytes, whatever it is called, and whether it can be read at all."""

from __future__ import annotations

from collections.abc import Iterator

from lexaug.errors import LexaugError
from lexaug.hub.header import CARD
from lexaug.hub.trust.bounded import open_plain
from lexaug.hub.trust.finding import Finding, of_error
from lexaug.hub.trust.hints import DO_NOT_USE
from lexaug.hub.trust.suspect import WEIGHTS_SUFFIX, Suspect

_MAGIC = (
    (b"PK\x03\x04", "pickle", "is a zip archive inside, as pickled weights are"),
    (b"PK\x05\x06", "pickle", "is a zip archive inside, as pickled weights are"),
    (b"\x1f\x8b", "pickle", "is compressed inside"),
    (b"\x89HDF", "pickle", "is an HDF5 file inside"),
    (b"\x93NUMPY", "pickle", "is a NumPy file inside"),
    (b"\x7fELF", "code", "is a program inside"),
    (b"MZ", "code", "is a program inside"),
    (b"#!", "code", "is a script inside"),
)
_FIRST = max(len(magic) for magic, _, _ in _MAGIC)
_PICKLE, _PROTOCOLS = 0x80, range(1, 6)
_READ = (".json", ".toml", WEIGHTS_SUFFIX)


def check_magic(suspect: Suspect) -> Iterator[Finding]:
    """Find pickles, archives and programs under whatever name."""
    for name in suspect.files:
        if name.endswith(WEIGHTS_SUFFIX) and suspect.fault(name) is None:
            continue  # the length of a sound header can look like a mark
        try:
            with open_plain(suspect.folder / name) as stream:
                first = stream.read(_FIRST)
        except LexaugError as fault:
            yield of_error(name, "unreadable", fault)
            continue
        for magic, kind, message in _MAGIC:
            if first.startswith(magic):
                yield Finding(name, kind, message, DO_NOT_USE)
        if len(first) > 1 and first[0] == _PICKLE and first[1] in _PROTOCOLS:
            yield Finding(name, "pickle", "is a Python pickle inside, which runs code when it is loaded", DO_NOT_USE)


def check_readable(suspect: Suspect) -> Iterator[Finding]:
    """Find descriptions and weights that are not sound or go beyond the bounds."""
    for name in suspect.files:
        if (name == CARD or name.endswith(_READ)) and (fault := suspect.fault(name)):
            yield of_error(name, "header" if name.endswith(WEIGHTS_SUFFIX) else "unreadable", fault)
