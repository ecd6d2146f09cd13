"""The inflection table of a language, held in memory for look-ups that cost a dictionary hit."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, KeysView, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.nearest import Judgement, Usage, as_plural, judge, usage, word_class
from lexaug.morphology.row import ParadigmRow, spelling

Cells = Mapping[FeatureBundle, tuple[str, ...]]
_ENOUGH, _SURE = 10, 0.95
_NONE: Cells = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell found for a wish.

    `exact` says that the cell differs from the wish only in what does not matter (N;PL and N;NOM;PL), so that its form
    is the wished one; otherwise it is merely the nearest, or no cell at all but the lemma itself standing for the
    citation cell that the table lacks. `distance` is that of wish and cell, what does not matter being nearly free.
    """

    lemma: str
    bundle: FeatureBundle
    form: str
    exact: bool
    distance: float


class ParadigmTable:
    """(lemma, bundle) → forms, form → analyses, and the nearest cell where a bundle is missing.

    Args:
        lang: ISO 639-3 code of the language.
        rows: the cells in any order; several forms of one cell keep the order of the rows, doubles are dropped.

    """

    def __init__(self, lang: str, rows: Iterable[ParadigmRow]) -> None:
        self.lang = lang
        filling: dict[str, dict[FeatureBundle, tuple[str, ...]]] = {}
        for row in rows:
            cells = filling.setdefault(row.lemma, {})
            known = cells.get(row.bundle, ())
            if row.form not in known:
                cells[row.bundle] = (*known, row.form)
        self._cells = filling
        self._near: dict[tuple[str, FeatureBundle], Cell | None] = {}
        self._chosen: dict[tuple[frozenset[FeatureBundle], FeatureBundle], tuple[FeatureBundle, Judgement] | None] = {}
        self._judged: dict[tuple[FeatureBundle, FeatureBundle], Judgement] = {}

    def __len__(self) -> int:
        """Count the cells' forms."""
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
        return any(_matches(bundle, pos) for bundle in self._cells.get(lemma, _NONE))

    def forms(self, lemma: str, bundle: FeatureBundle) -> tuple[str, ...]:
        """Forms of exactly this cell, in the order of the rows; () where the table has none."""
        return self._cells.get(lemma, _NONE).get(bundle, ())

    def paradigm(self, lemma: str, pos: str | None = None) -> Cells:
        """All cells of a lemma, of one part of speech if given (names count as nouns, auxiliaries as verbs)."""
        cells = self._cells.get(lemma, {})
        if pos is not None:
            cells = {bundle: forms for bundle, forms in cells.items() if _matches(bundle, pos)}
        return MappingProxyType(cells)

    def analyses(self, form: str) -> tuple[tuple[str, FeatureBundle], ...]:
        """Every (lemma, bundle) that has this form; the index is built at the first call."""
        return self._analyses.get(form, ())

    def bundles(self, pos: str) -> tuple[FeatureBundle, ...]:
        """Every bundle that some cell of a part of speech has, in canonical order."""
        return self._bundles.get(word_class(pos), ())

    def citation(self, pos: str) -> FeatureBundle | None:
        """Give the cell whose form is the lemma itself, in at least 95% of 10 or more lemmas that have it; else None.

        Sparse tables (shared-task splits) leave it out for many lemmas; `nearest` then offers the lemma.
        """
        return self._citations.get(word_class(pos))

    def nearest(self, lemma: str, wanted: FeatureBundle) -> Cell | None:
        """Find the cell that answers a wish best: the cell itself if it is there, else the least distant one.

        Only cells of the wish's part of speech are looked at (all, if it names none); None where the lemma has none.
        Answers are remembered, by lemma and by the set of cells that lemmas share.
        """
        key = lemma, wanted
        try:
            return self._near[key]
        except KeyError:
            found = self._find(lemma, wanted) if lemma in self._cells else None
            if lemma in self._cells:
                self._near[key] = found
            return found

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

    @cached_property
    def _bundles(self) -> dict[str, tuple[FeatureBundle, ...]]:
        every = sorted({bundle for cells in self._cells.values() for bundle in cells}, key=str)
        classes = sorted({word_class(bundle.pos) for bundle in every})
        return {name: tuple(bundle for bundle in every if word_class(bundle.pos) == name) for name in classes}

    @cached_property
    def _shapes(self) -> dict[str, frozenset[FeatureBundle]]:
        """For each lemma the set of its bundles, one object per distinct set."""
        shared: dict[frozenset[FeatureBundle], frozenset[FeatureBundle]] = {}
        return {lemma: shared.setdefault(shape := frozenset(cells), shape) for lemma, cells in self._cells.items()}

    @cached_property
    def _citations(self) -> dict[str, FeatureBundle]:
        having, same = Counter[FeatureBundle](), Counter[FeatureBundle]()
        for lemma, cells in self._cells.items():
            having.update(cells.keys())
            same.update(bundle for bundle, forms in cells.items() if lemma in forms)
        sure = [one for one, count in same.items() if count >= _ENOUGH and count >= _SURE * having[one]]
        return {
            name: min(own, key=lambda one: (-same[one], str(one)))
            for name in self._bundles
            if (own := [one for one in sure if _matches(one, name)])
        }

    @cached_property
    def _usage(self) -> dict[str, Usage]:
        times: dict[frozenset[FeatureBundle], int] = {}
        for shape in self._shapes.values():
            times[shape] = times.get(shape, 0) + 1
        return {
            name: usage(
                (own, count) for shape, count in times.items() if (own := [one for one in shape if _matches(one, name)])
            )
            for name in self._bundles
        }

    def _find(self, lemma: str, wanted: FeatureBundle) -> Cell | None:
        key = self._shapes[lemma], wanted
        if key not in self._chosen:
            self._chosen[key] = self._choose(*key)
        if (chosen := self._chosen[key]) is None:
            return None
        bundle, (distance, exact) = chosen
        attested = self._cells[lemma].get(bundle)
        return Cell(lemma, bundle, attested[0] if attested else lemma, exact, distance)

    def _choose(self, shape: frozenset[FeatureBundle], wanted: FeatureBundle) -> tuple[FeatureBundle, Judgement] | None:
        """Pick the least distant cell; equals are told apart by exactness, then by their canonical form."""
        if wanted in shape:
            return wanted, Judgement(0.0, exact=True)
        own = {bundle for bundle in shape if not wanted.pos or _matches(bundle, wanted.pos)}
        judged = {bundle: self._judge(as_plural(bundle, shape), wanted) for bundle in own}
        citation = self.citation(wanted.pos)
        if own and citation is not None and citation not in own:
            judged[citation] = Judgement(self._judge(citation, wanted).distance, exact=False)
        return min(judged.items(), key=_preference, default=None)

    def _judge(self, bundle: FeatureBundle, wanted: FeatureBundle) -> Judgement:
        key = bundle, wanted
        if key not in self._judged:
            self._judged[key] = judge(bundle, wanted, self._usage.get(word_class(bundle.pos), _UNUSED))
        return self._judged[key]


_UNUSED = Usage(MappingProxyType({}), frozenset())


def _preference(choice: tuple[FeatureBundle, Judgement]) -> tuple[float, bool, str]:
    bundle, (distance, exact) = choice
    return distance, not exact, str(bundle)


def _matches(bundle: FeatureBundle, pos: str) -> bool:
    return word_class(bundle.pos) == word_class(pos)
