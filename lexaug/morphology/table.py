"""The inflection table of a language, held in memory for look-ups that cost a dictionary hit."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, KeysView
from functools import cached_property
from types import MappingProxyType

from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.nearest import word_class
from lexaug.morphology.row import ParadigmRow, spelling
from lexaug.morphology.search import Cell, Cells, CellSearch, belongs

__all__ = ["Cell", "Cells", "ParadigmTable"]


class ParadigmTable:
    """(lemma, bundle) → forms, form → analyses, and the nearest cell where a bundle is missing.

    Args:
        lang: ISO 639-3 code of the language.
        rows: the cells in any order; several forms of one cell keep the order of the rows, doubles are dropped.

    """

    def __init__(self, lang: str, rows: Iterable[ParadigmRow]) -> None:
        self.lang = lang
        self._cells: dict[str, dict[FeatureBundle, tuple[str, ...]]] = {}
        for row in rows:
            cells = self._cells.setdefault(row.lemma, {})
            known = cells.get(row.bundle, ())
            if row.form not in known:
                cells[row.bundle] = (*known, row.form)
        self._search = CellSearch(self._cells)

    def __len__(self) -> int:
        """Count the forms of all cells."""
        return sum(len(forms) for cells in self._cells.values() for forms in cells.values())

    def __iter__(self) -> Iterator[ParadigmRow]:
        """Iterate over the rows, doubles left out, lemma by lemma."""
        for lemma, cells in self._cells.items():
            for bundle, forms in cells.items():
                for form in forms:
                    yield ParadigmRow(lemma, form, bundle)

    @property
    def lemmas(self) -> KeysView[str]:
        """The lemmas, as a set-like view in the order of the rows."""
        return self._cells.keys()

    def has(self, lemma: str, pos: str | None = None) -> bool:
        """Tell whether a lemma has cells, of a UniMorph part of speech if one is given."""
        if pos is None:
            return lemma in self._cells
        return any(belongs(bundle, pos) for bundle in self._cells.get(lemma, ()))

    def forms(self, lemma: str, bundle: FeatureBundle) -> tuple[str, ...]:
        """Forms of exactly this cell, in the order of the rows; () where the table has none."""
        cells = self._cells.get(lemma)
        return () if cells is None else cells.get(bundle, ())

    def paradigm(self, lemma: str, pos: str | None = None) -> Cells:
        """All cells of a lemma, of one part of speech if given (names count as nouns, auxiliaries as verbs)."""
        cells = self._cells.get(lemma, {})
        if pos is not None:
            cells = {bundle: forms for bundle, forms in cells.items() if belongs(bundle, pos)}
        return MappingProxyType(cells)

    def analyses(self, form: str) -> tuple[tuple[str, FeatureBundle], ...]:
        """Every (lemma, bundle) that has this form; the index is built at the first call."""
        return self._analyses.get(form, ())

    def bundles(self, pos: str) -> tuple[FeatureBundle, ...]:
        """Every bundle that some cell of a part of speech has, in canonical order."""
        return self._search.bundles.get(word_class(pos), ())

    def citation(self, pos: str) -> FeatureBundle | None:
        """Give the cell whose form is the lemma itself, where the table shows it (95% of ten or more lemmas).

        Sparse tables (shared-task splits) leave it out for many lemmas; `nearest` then offers the lemma.
        """
        return self._search.citations.get(word_class(pos))

    def nearest(self, lemma: str, wanted: FeatureBundle) -> Cell | None:
        """Find the cell that answers a wish best: the cell itself if it is there, else the least distant one.

        Only cells of the wish's part of speech are looked at (all, if it names none); None where the lemma has none.
        Answers are remembered.
        """
        return self._search.nearest(lemma, wanted)

    def instead(self, lemma: str, bundle: FeatureBundle) -> Cell | None:
        """Find the cell that `nearest` would give for a cell of a lemma if the table did not have it."""
        return self._search.instead(lemma, bundle)

    def answers(self, cells: Collection[FeatureBundle], wanted: FeatureBundle) -> list[FeatureBundle]:
        """Give those of some cells that are what a wish means in the table's own notation; the best ones only."""
        return self._search.answers(cells, wanted)

    def without_lemmas(self, lemmas: Iterable[str]) -> ParadigmTable:
        """Give the table without held-out lemmas, compared by `spelling` (NFC, trimmed, case aside)."""
        gone = {spelling(lemma) for lemma in lemmas}
        return ParadigmTable(self.lang, (row for row in self if spelling(row.lemma) not in gone))

    def merge(self, *others: ParadigmTable) -> ParadigmTable:
        """Give one table with the rows of this and the others; forms of a shared cell stand in that order."""
        return ParadigmTable(self.lang, (row for table in (self, *others) for row in table))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over language and sorted rows, in hexadecimal: the same facts give the same value."""
        digest = hashlib.sha256(self.lang.encode())
        for line in sorted(f"\n{row.lemma}\t{row.bundle}\t{row.form}" for row in self):
            digest.update(line.encode())
        return digest.hexdigest()

    @cached_property
    def _analyses(self) -> dict[str, tuple[tuple[str, FeatureBundle], ...]]:
        found: dict[str, list[tuple[str, FeatureBundle]]] = {}
        for row in self:
            found.setdefault(row.form, []).append((row.lemma, row.bundle))
        return {form: tuple(pairs) for form, pairs in found.items()}
