"""The values of the weights: every one a finite number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from lexaug.hub.trust.bounded import open_plain
from lexaug.hub.trust.finding import Finding, shown
from lexaug.hub.trust.header import Tensor
from lexaug.hub.trust.hints import SPOILT
from lexaug.hub.trust.suspect import WEIGHTS_SUFFIX, Suspect

Raw = npt.NDArray[np.unsignedinteger[Any]]

_CHUNK = 1 << 22
"""Bytes looked at in one go: memory stays small however large the file."""
_RAW = {"F32": "<u4", "F16": "<u2", "BF16": "<u2"}
_EXPONENT = {"F32": 0x7F800000, "F16": 0x7C00, "BF16": 0x7F80}
"""The exponent's bits (IEEE 754, bfloat16): all of them set is infinity or no number."""


def check_values(suspect: Suspect) -> Iterator[Finding]:
    """Find NaN and infinity in weights, without a library that makes tensors of them."""
    for file in (name for name in suspect.files if name.endswith(WEIGHTS_SUFFIX)):
        with open_plain(suspect.folder / file) as stream:
            for name, tensor in suspect.header(file).items():
                stream.seek(tensor.start)
                if not all(_finite(chunk, tensor.dtype) for chunk in _chunks(stream, tensor)):
                    message = f"tensor {shown(name)} holds NaN or infinity"
                    yield Finding(file, "values", message, SPOILT)


def _chunks(stream: BinaryIO, tensor: Tensor) -> Iterator[Raw]:
    left = tensor.end - tensor.start
    while left > 0 and (content := stream.read(min(left, _CHUNK))):
        left -= len(content)
        yield np.frombuffer(content, dtype=_RAW[tensor.dtype])


def _finite(raw: Raw, dtype: str) -> bool:
    bits = _EXPONENT[dtype]
    return not np.any((raw & bits) == bits)
