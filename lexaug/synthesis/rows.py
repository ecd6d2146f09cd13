"""Examples as Parquet rows and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

from lexaug.errors import FormatError, MissingError
from lexaug.synthesis.example import PseudoExample

FILE = "corpus.parquet"


def schema() -> Any:  # noqa: ANN401 - pyarrow has no types
    """Give the columns of a corpus."""
    import pyarrow as pa

    words = pa.list_(pa.string())
    return pa.schema(
        [
            ("id", pa.string()),
            ("source", words),
            ("target", words),
            ("alignment", pa.list_(pa.list_(pa.int32()))),
            ("ops", words),
            ("upos", words),
            ("coverage", pa.float64()),
        ]
    )


def to_batch(examples: Sequence[PseudoExample]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Make a record batch of examples."""
    import pyarrow as pa

    pairs = [pair for example in examples for pair in example.alignment]
    places = pa.ListArray.from_arrays(
        pa.array(range(0, 2 * len(pairs) + 1, 2), pa.int32()), pa.array(list(chain.from_iterable(pairs)), pa.int32())
    )
    columns = [
        pa.array([example.id for example in examples], pa.string()),
        _lists([example.source for example in examples]),
        _lists([example.target for example in examples]),
        pa.ListArray.from_arrays(_offsets(len(example.alignment) for example in examples), places),
        _lists([example.ops for example in examples]),
        _lists([example.upos for example in examples]),
        pa.array([example.coverage for example in examples], pa.float64()),
    ]
    return pa.record_batch(columns, schema=schema())


def _lists(rows: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Make a column of lists from one flat array and offsets: several times faster than from nested lists."""
    import pyarrow as pa

    return pa.ListArray.from_arrays(_offsets(map(len, rows)), pa.array(list(chain.from_iterable(rows)), pa.string()))


def _offsets(lengths: Iterable[int]) -> Any:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa

    return pa.array(list(accumulate(lengths, initial=0)), pa.int32())


def digest(examples: Sequence[PseudoExample]) -> bytes:
    """Hash examples, all columns, in order."""
    found = hashlib.sha256()
    for example in examples:
        found.update(repr((example.id, example.source, example.target, example.alignment)).encode())
        found.update(repr((example.ops, example.upos, example.coverage)).encode())
    return found.digest()


def read_corpus(path: Path) -> Iterator[PseudoExample]:
    """Stream the examples of a corpus folder, or of one Parquet file, in order.

    Raises:
        MissingError: there is no corpus at that place.
        FormatError: a file is not Parquet or misses a column.

    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise MissingError("no corpus here", file=path, hint="make one: lexaug synth")
    names = schema().names
    for file in files:
        try:
            for batch in pq.ParquetFile(file).iter_batches(batch_size=1000, columns=names):
                yield from map(_example, batch.select(names).to_pylist())
        except (pa.ArrowInvalid, KeyError) as fault:
            raise FormatError(f"is no corpus: {fault}", file=file) from None


def _example(row: dict[str, Any]) -> PseudoExample:
    return PseudoExample(
        row["id"],
        tuple(row["source"]),
        tuple(row["target"]),
        tuple((source, target) for source, target in row["alignment"]),
        tuple(row["ops"]),
        tuple(row["upos"]),
        row["coverage"],
    )
