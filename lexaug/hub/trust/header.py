"""The header of a safetensors file, read by hand: the library sees a file only when its header is sound.

Format: eight bytes with the header's length (little-endian), the header as JSON (name → dtype, shape, data_offsets),
then the tensors' bytes without gaps (safetensors 0.x, format description).
"""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lexaug.errors import UnsafeError
from lexaug.hub.trust.bounded import open_plain, parse_json
from lexaug.hub.trust.finding import shown
from lexaug.hub.trust.hints import NO_WEIGHTS
from lexaug.hub.trust.limits import MAX_DIMENSION, MAX_HEADER_BYTES, MAX_TENSORS

WIDTHS = {"F32": 4, "F16": 2, "BF16": 2}
"""Bytes per value of the types that an adapter's weights come in."""
METADATA = "__metadata__"
_KEYS = {"dtype", "shape", "data_offsets"}
_NAME = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+){0,31}")
_LENGTH = 8
_MAX_DIMENSIONS = 4


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor's bytes stand in its file, and what they are."""

    dtype: str
    shape: tuple[int, ...]
    start: int
    end: int


def read_header(path: Path) -> dict[str, Tensor]:
    """Read the tensors' places from a safetensors file.

    Raises:
        MissingError: there is no such file.
        UnsafeError, FormatError: it is no safetensors file whose header is sound: length, types, shapes, offsets that
            cover the file once without gap or overlap, names of letters, digits, `_` and dots.

    """
    with open_plain(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        head = stream.read(_LENGTH)
        length = int.from_bytes(head, "little")
        if len(head) < _LENGTH or length > size - _LENGTH:
            raise _bad(f"its header claims {length:,} bytes in a file of {size:,}", path)
        if length > MAX_HEADER_BYTES:
            raise _bad(f"its header claims {length:,} bytes; {MAX_HEADER_BYTES:,} are room for any adapter", path)
        content = stream.read(length)
    return parse_header(content, size - _LENGTH - length, path)


def parse_header(content: bytes, data: int, path: Path) -> dict[str, Tensor]:
    """Parse the JSON of a header that stands before `data` bytes of tensors; `path` is named in errors."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise _bad("its header is no text", path) from None
    if not text.startswith("{"):
        raise _bad("its header is no JSON object", path)
    entries = parse_json(text, path)
    _require_metadata(entries.pop(METADATA, {}), path)
    if len(entries) > MAX_TENSORS:
        raise _bad(f"it holds {len(entries):,} tensors; {MAX_TENSORS:,} are room for any adapter", path)
    first = _LENGTH + len(content)
    tensors = {name: _tensor(name, entry, first, path) for name, entry in entries.items()}
    _require_cover(tensors, first, first + data, path)
    return tensors


def _tensor(name: str, entry: Any, first: int, path: Path) -> Tensor:  # noqa: ANN401
    if not _NAME.fullmatch(name):
        raise _bad(f"the tensor name {shown(name)} is not one of letters, digits, '_' and dots", path)
    if not isinstance(entry, dict) or set(entry) != _KEYS:
        raise _bad(f"tensor {shown(name)} is not described by dtype, shape and data_offsets", path)
    dtype, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
    if not isinstance(dtype, str) or dtype not in WIDTHS:
        raise _bad(f"tensor {shown(name)} is of type {shown(dtype)}; weights are {', '.join(WIDTHS)}", path)
    if not _whole(shape) or len(shape) > _MAX_DIMENSIONS or any(not 0 <= side <= MAX_DIMENSION for side in shape):
        raise _bad(f"tensor {shown(name)} has no sound shape: {shown(shape)}", path)
    if not _whole(offsets) or len(offsets) != 2 or not 0 <= offsets[0] <= offsets[1]:
        raise _bad(f"tensor {shown(name)} has no sound offsets: {shown(offsets)}", path)
    if offsets[1] - offsets[0] != math.prod(shape) * WIDTHS[dtype]:
        raise _bad(f"tensor {shown(name)} of shape {shown(shape)} does not fill its offsets {shown(offsets)}", path)
    return Tensor(dtype, tuple(shape), first + offsets[0], first + offsets[1])


def _whole(numbers: object) -> bool:
    return isinstance(numbers, list) and all(type(number) is int for number in numbers)


def _require_metadata(value: object, path: Path) -> None:
    if not isinstance(value, dict) or any(not isinstance(text, str) for text in value.values()):
        raise _bad("its __metadata__ are not text by name", path)


def _require_cover(tensors: dict[str, Tensor], first: int, last: int, path: Path) -> None:
    """See that the tensors' bytes follow each other from the first byte to the last."""
    place = first
    for name, tensor in sorted(tensors.items(), key=lambda item: (item[1].start, item[1].end)):
        if tensor.start != place:
            what = "overlaps another tensor" if tensor.start < place else "leaves a gap before it"
            raise _bad(f"tensor {shown(name)} {what}", path)
        place = tensor.end
    if place != last:
        what = "end beyond the file" if place > last else f"leave {last - place:,} bytes at the end unused"
        raise _bad(f"its tensors {what}", path)


def _bad(message: str, path: Path) -> UnsafeError:
    return UnsafeError(message, file=path, hint=NO_WEIGHTS)
