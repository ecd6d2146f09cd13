"""Finding out which column of a table holds what, by what parses as feature bundles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lexaug.errors import FormatError
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.readers.keyvalue import parse_features

Line = tuple[int, list[str]]
"""A line number and its tab-separated columns."""

_PLACEHOLDERS = frozenset({"", "-", "--", "—", "_", "?", "#"})
_WIDTHS = (3, 4)
_SHARE = re.compile(r"[01]\.\d+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where lemma, form, features and, in four columns, segmentation or probability stand."""

    width: int
    form: int
    features: int
    segmentation: int | None = None

    @property
    def order(self) -> str:
        """The columns by name, such as `lemma-features-form`."""
        names = {0: "lemma", self.form: "form", self.features: "features", self.segmentation: "segmentation"}
        return "-".join(names[index] for index in range(self.width))


def is_placeholder(form: str) -> bool:
    """Tell whether a form column only says that there is no form."""
    return form in _PLACEHOLDERS


def detect_columns(sample: Sequence[Line], path: Path) -> Columns:
    """Find the order of the columns from the first rows of a table.

    Raises:
        FormatError: as `find_columns`, or the file is a test file whose forms are covered.

    """
    columns = find_columns(sample, path)
    rows = [cells for _, cells in sample if len(cells) == columns.width]
    if all(is_placeholder(row[columns.form].strip()) for row in rows):
        raise _covered(path, sample[0][0])
    return columns


def find_columns(sample: Sequence[Line], path: Path) -> Columns:
    """Find the order of the columns from the first rows of a file, whether or not they have forms.

    Raises:
        FormatError: the file has no rows, most rows have neither three nor four columns, or no column holds feature
            bundles.

    """
    if not sample:
        raise FormatError("the table is empty", file=path, hint="a table has rows of lemma, form and features")
    width, count = Counter(len(columns) for _, columns in sample).most_common(1)[0]
    if width == 2 and bundle_share([columns[1] for _, columns in sample if len(columns) == 2]) > 0.5:
        raise _covered(path, sample[0][0])
    if width not in _WIDTHS or count * 2 < len(sample):
        raise _wrong_width(sample, path)
    rows = [columns for _, columns in sample if len(columns) == width]
    shares = {index: bundle_share([columns[index] for columns in rows]) for index in range(1, width)}
    features = max(shares, key=lambda index: (shares[index], index))
    if shares[features] < 0.5:
        raise FormatError(
            "no column holds UniMorph feature bundles",
            file=path,
            line=sample[0][0],
            hint="is this an inflection table?",
        )
    return _assign(rows, features)


def _assign(rows: Sequence[Sequence[str]], features: int) -> Columns:
    width = len(rows[0])
    left = [index for index in range(1, width) if index != features]
    if width == 3:
        return Columns(width, form=left[0], features=features)

    def unlike_forms(index: int) -> tuple[bool, int, int]:
        cells = [row[index] for row in rows]
        return all(map(_SHARE.fullmatch, cells)), sum("|" in cell for cell in cells), index

    other = max(left, key=unlike_forms)
    return Columns(width, form=next(index for index in left if index != other), features=features, segmentation=other)


def bundle_share(values: Sequence[str]) -> float:
    """Give the share of values (0 to 1) that read as bundles."""
    return sum(map(is_bundle, values)) / len(values)


@lru_cache(maxsize=8192)
def is_bundle(text: str) -> bool:
    """Tell whether a text reads as a bundle with a part of speech, more of it known than unknown."""
    try:
        bundle: FeatureBundle = parse_features(text)
    except FormatError:
        return False
    return bool(bundle.pos) and len(bundle.unknown()) * 2 <= len(bundle.tags)


def _covered(path: Path, line: int) -> FormatError:
    return FormatError(
        "this is a covered test file: it has features but no forms",
        file=path,
        line=line,
        hint="use the train split; test files are for scoring only",
    )


def _wrong_width(sample: Sequence[Line], path: Path) -> FormatError:
    line, columns = next((number, columns) for number, columns in sample if len(columns) not in _WIDTHS)
    return FormatError(
        f"a table has three or four columns, this row {len(columns)}",
        file=path,
        line=line,
        hint="columns are separated by tabs: lemma, form, features",
    )
