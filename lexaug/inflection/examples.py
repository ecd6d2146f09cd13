"""Inflection examples as the shared tasks write them: read from files of all years, written in each year's order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np

from lexaug.errors import ConfigError, FormatError
from lexaug.files import atomic_file, read_lines
from lexaug.inflection.spelling import respelt, spelling_of
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.readers.columns import Line, bundle_share, find_columns, is_placeholder
from lexaug.morphology.readers.keyvalue import parse_features

SAMPLE = 1000
"""Rows looked at to find the order of the columns."""
ORDERS = ("lemma-form-features", "lemma-features-form")
_FEATURES_FIRST = (2016, 2023)
YEARS = range(2016, 2024)
LONGEST = 1_000
"""Letters that a lemma or a form may have."""


@dataclass(frozen=True, slots=True)
class InflectionExample:
    """A row: lemma and features as they stand, the form (None where it is covered), and the line in its file.

    Text is in NFC, without blanks at its ends; `raw` is the form as it stands in the file, `raw_lemma` the lemma but
    for such blanks.
    """

    lemma: str
    features: str
    form: str | None
    line: int = 0
    raw: str = ""
    raw_lemma: str = ""

    @property
    def bundle(self) -> FeatureBundle:
        """The features as a bundle.

        Raises:
            FormatError: they are none.

        """
        return _bundle(self.features)

    @property
    def cell(self) -> tuple[str, FeatureBundle]:
        """What is asked for: lemma and bundle, however the bundle is written."""
        return self.lemma, self.bundle

    def answered(self, form: str) -> InflectionExample:
        """Give the row with another form."""
        return replace(self, form=form, raw=form)


@lru_cache(maxsize=50_000)
def _bundle(text: str) -> FeatureBundle:
    return parse_features(text)


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """The rows of a file in their order, doubles included, and the order of its columns (None: two do not tell)."""

    path: Path
    rows: tuple[InflectionExample, ...]
    order: str | None

    @property
    def name(self) -> str:
        """The file's name up to the first dot: the language, in the shared tasks."""
        return self.path.name.partition(".")[0]

    @property
    def covered(self) -> bool:
        """Whether no row has a form."""
        return all(row.form is None for row in self.rows)

    @property
    def without_form(self) -> int:
        """How many rows have no form."""
        return sum(row.form is None for row in self.rows)

    def with_forms(self) -> tuple[InflectionExample, ...]:
        """Give the rows that have a form, to learn from; some training files write `-` where a lemma lacks one.

        Raises:
            FormatError: none has.

        """
        if self.covered:
            raise FormatError("no row has a form", file=self.path, hint="is this a covered test file?")
        return tuple(row for row in self.rows if row.form is not None)


def read_examples(path: Path, *, covered: bool = False, order: str | None = None) -> ExampleFile:
    """Read a shared-task file; the order of its columns is detected if it is not given.

    Args:
        path: rows of lemma, form and features in either order; covered files may leave the form out or write `-`.
        covered: whether rows without a form are accepted.
        order: one of `ORDERS`, of a file that `write_examples` wrote.

    Raises:
        MissingError: there is no such file.
        FormatError: a row has a wrong number of columns, features that are none, or no form though one is needed.

    """
    lines = [
        (number, text.split("\t")) for number, text in read_lines(path, normalize=False) if text.strip() or "\t" in text
    ]
    if order is not None:
        known = (1, 2) if order == ORDERS[0] else (2, 1)
        return _file(lines, path, 3, *known, covered=covered)
    sample = list(islice(lines, SAMPLE))
    _require_no_header(sample, path)
    pairs = [cells for _, cells in sample if len(cells) == 2]
    if 2 * len(pairs) > len(sample):
        _require_features(pairs, path, sample[0][0])
        width, form, features = 2, None, 1
    else:
        columns = find_columns(sample, path)
        width, form, features = columns.width, columns.form, columns.features
    return _file(lines, path, width, form, features, covered=covered)


def _file(
    lines: Iterable[Line], path: Path, width: int, form: int | None, features: int, *, covered: bool
) -> ExampleFile:
    rows = tuple(_row(line, path, width, form, features) for line in lines)
    bare = next((row for row in rows if row.form is None), None)
    if bare is not None and not covered:
        raise FormatError("the row has no form", file=path, line=bare.line, hint="is this a covered test file?")
    return ExampleFile(path, rows, None if form is None else ORDERS[features < form])


def _require_no_header(lines: Sequence[Line], path: Path) -> None:
    if lines and {"lemma", "features"} <= {cell.strip().lower() for cell in lines[0][1]}:
        raise FormatError("names columns", file=path, line=lines[0][0], hint="leave the heading out: rows alone")


def _require_features(pairs: Sequence[Sequence[str]], path: Path, line: int) -> None:
    """Refuse a file of two columns unless the second says of most rows what is asked for."""
    if bundle_share([cells[1].strip() for cells in pairs]) < 0.5:
        hint = "rows to inflect are lemma, features; rows with forms have three columns"
        raise FormatError("the second of two columns holds no feature bundles", file=path, line=line, hint=hint)


def read_training(path: Path) -> tuple[InflectionExample, ...]:
    """Read the rows of a training file that have a form.

    Raises:
        MissingError, FormatError: as `read_examples`, or no row has a form.

    """
    return read_examples(path, covered=True).with_forms()


def odd_letters(rows: Iterable[InflectionExample]) -> dict[str, str]:
    """Give the letters that the file of some rows mostly spells otherwise than NFC, and how."""
    words = ((row.form or "", row.raw.strip()) for row in rows)
    return {letter: spelt for letter, spelt in spelling_of(words).items() if letter != spelt}


def spread(rows: Sequence[InflectionExample], count: int) -> list[InflectionExample]:
    """Take rows at even distances: files are sorted by lemma."""
    places = np.linspace(0, len(rows), min(count, len(rows)), endpoint=False).astype(int)
    return [rows[place] for place in places]


def _row(line: Line, path: Path, width: int, form: int | None, features: int) -> InflectionExample:
    number, cells = line
    if len(cells) != width:
        hint = "columns are separated by tabs"
        raise FormatError(f"{len(cells)} columns, the file has {width}", file=path, line=number, hint=hint)
    raw_lemma, raw = cells[0].strip(), "" if form is None else cells[form]
    spelt = raw.strip()
    found = InflectionExample(
        lemma=_nfc(raw_lemma),
        features=cells[features].strip(),
        form=None if is_placeholder(spelt) else _nfc(spelt),
        line=number,
        raw=raw,
        raw_lemma=raw_lemma,
    )
    try:
        lemma, bundle = found.cell
    except FormatError as fault:
        raise FormatError(fault.message, file=path, line=number, hint=fault.hint) from None
    if not lemma:
        raise FormatError("the lemma is empty", file=path, line=number, hint="every row starts with a lemma")
    if not bundle.tags:
        raise FormatError(
            "the features are empty", file=path, line=number, hint="say which form is meant, such as N;SG"
        )
    if (longest := max(len(lemma), len(found.form or ""))) > LONGEST:
        hint = "is a tab or a line end missing?"
        raise FormatError(f"{longest:,} letters, {LONGEST:,} are the most", file=path, line=number, hint=hint)
    return found


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def order_of(year: int) -> str:
    """Give the order of a year's columns.

    Raises:
        ConfigError: no such shared task is known.

    """
    if year not in YEARS:
        raise ConfigError(f"no shared task of {year} is known", hint=f"{YEARS[0]} to {YEARS[-1]}")
    return ORDERS[year in _FEATURES_FIRST]


def write_examples(
    path: Path,
    rows: Sequence[InflectionExample],
    order: str,
    *,
    shares: Sequence[float] | None = None,
    spelling: Mapping[str, str] | None = None,
) -> None:
    """Write rows in an order of columns, and with `shares` the probability of each form (0 to 1) in a fourth one.

    A form that is None becomes empty. Lemmas stand as in the file that the rows come from, and forms are spelt as these
    lemmas are, letters that they lack by `spelling`.
    """
    more = [""] * len(rows) if shares is None else [f"\t{share:.4f}" for share in shares]
    spelt = {**(spelling or {}), **spelling_of((row.lemma, row.raw_lemma) for row in rows if row.raw_lemma)}
    with atomic_file(path) as temporary:
        lines = (f"{_line(row, order, spelt)}{last}\n" for row, last in zip(rows, more, strict=True))
        temporary.write_text("".join(lines), encoding="utf-8")


def _line(row: InflectionExample, order: str, spelling: Mapping[str, str]) -> str:
    lemma, form = row.raw_lemma or row.lemma, respelt(row.form or "", spelling)
    return "\t".join((lemma, form, row.features) if order == ORDERS[0] else (lemma, row.features, form))
