"""Rows of a table as examples to learn from: whole lemmas, evenly spread, and not more than are needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lexaug.inflection.examples import InflectionExample
from lexaug.morphology.table import ParadigmTable

LEARNT_FROM = 20_000
"""Cells of the table that are learnt from at most, about: of whole lemmas, some with several forms."""


def rows_of(table: ParadigmTable, pos: str) -> list[InflectionExample]:
    """Give the rows of a part of speech, lemma by lemma in alphabetical order."""
    lemmas = sorted(lemma for lemma in table.lemmas if table.has(lemma, pos))
    return rows_of_lemmas(_spread(lemmas, table, pos), table, pos)


def rows_of_lemmas(lemmas: Iterable[str], table: ParadigmTable, pos: str) -> list[InflectionExample]:
    """Give all rows of some lemmas in a part of speech, in the order of the lemmas."""
    return [
        InflectionExample(lemma, str(bundle), form)
        for lemma in lemmas
        for bundle, forms in table.paradigm(lemma, pos).items()
        for form in forms
    ]


def _spread(lemmas: Sequence[str], table: ParadigmTable, pos: str) -> Sequence[str]:
    rows = sum(len(table.paradigm(lemma, pos)) for lemma in lemmas)
    return lemmas[:: max(1, -(-rows // LEARNT_FROM))]
