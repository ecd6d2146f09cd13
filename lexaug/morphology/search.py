"""Finding the cell nearest to a wish in a whole table, each question answered once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.nearest import FREE, NO_USAGE, Judgement, Usage, as_plural, judge, usage, word_class

Cells = Mapping[FeatureBundle, tuple[str, ...]]
"""The forms of one lemma by cell."""

Shape = frozenset[FeatureBundle]
"""The cells that a lemma has; lemmas that inflect alike share one."""

ENOUGH: Final = 10
"""Lemmas that must show a cell equal to the lemma before it is believed to be the citation cell."""

SURE: Final = 0.95
"""Share of the lemmas with that cell in which its form must be the lemma."""


KEPT: Final = 200_000
"""Answers remembered: many more than a treebank asks for (6,000), fewer than a large table could be asked for."""


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


class CellSearch:
    """The nearest cells of one table.

    Answers are remembered by lemma and wish, choices by shape and wish, judgements by cell and wish: in steady state a
    question costs one dictionary look-up.
    """

    def __init__(self, cells: Mapping[str, Cells]) -> None:
        self._cells = cells
        self._found: dict[tuple[str, FeatureBundle], Cell | None] = {}
        self._chosen: dict[tuple[Shape, FeatureBundle], tuple[FeatureBundle, Judgement] | None] = {}
        self._judged: dict[tuple[FeatureBundle, FeatureBundle], Judgement] = {}

    def nearest(self, lemma: str, wanted: FeatureBundle) -> Cell | None:
        """Find the cell of a lemma that answers a wish best, or None where it has none of that part of speech."""
        key = lemma, wanted
        try:
            return self._found[key]
        except KeyError:
            if lemma not in self._cells:
                return None
        if len(self._found) >= KEPT:
            self._found.clear()
        found = self._found[key] = self._best(lemma, self._shapes[lemma], wanted)
        return found

    def instead(self, lemma: str, bundle: FeatureBundle) -> Cell | None:
        """Find the cell that would answer for one of a lemma's own if the table did not have that one."""
        return self._best(lemma, self._shapes.get(lemma, frozenset()) - {bundle}, bundle)

    def answers(self, cells: Collection[FeatureBundle], wanted: FeatureBundle) -> list[FeatureBundle]:
        """Give those of some cells that answer a wish exactly, but for any that another one answers better.

        Cells that differ from the wish in notation alone are equally good.
        """
        shape = frozenset(cells)
        own = [bundle for bundle in shape if belongs(bundle, wanted.pos)]
        judged = {bundle: self._judge(as_plural(bundle, shape), wanted) for bundle in own}
        exact = {bundle: judgement.distance for bundle, judgement in judged.items() if judgement.exact}
        least = min(exact.values(), default=0.0)
        return [bundle for bundle, distance in exact.items() if distance <= least + FREE]

    @cached_property
    def bundles(self) -> dict[str, tuple[FeatureBundle, ...]]:
        """Every bundle of the table in canonical order, by word class."""
        every = sorted({bundle for cells in self._cells.values() for bundle in cells}, key=str)
        classes = sorted({word_class(bundle.pos) for bundle in every})
        return {name: tuple(bundle for bundle in every if belongs(bundle, name)) for name in classes}

    @cached_property
    def citations(self) -> dict[str, FeatureBundle]:
        """By word class the cell whose form is the lemma itself, where `ENOUGH` lemmas show it and `SURE` agree."""
        having, same = Counter[FeatureBundle](), Counter[FeatureBundle]()
        for lemma, cells in self._cells.items():
            having.update(cells.keys())
            same.update(bundle for bundle, forms in cells.items() if lemma in forms)
        sure = [one for one, count in same.items() if count >= ENOUGH and count >= SURE * having[one]]
        return {
            name: min(own, key=lambda one: (-same[one], str(one)))
            for name in self.bundles
            if (own := [one for one in sure if belongs(one, name)])
        }

    @cached_property
    def _shapes(self) -> dict[str, Shape]:
        shared: dict[Shape, Shape] = {}
        return {lemma: shared.setdefault(shape := frozenset(cells), shape) for lemma, cells in self._cells.items()}

    @cached_property
    def _usage(self) -> dict[str, Usage]:
        times = Counter(self._shapes.values())
        return {
            name: usage(
                (own, count) for shape, count in times.items() if (own := [one for one in shape if belongs(one, name)])
            )
            for name in self.bundles
        }

    def _best(self, lemma: str, shape: Shape, wanted: FeatureBundle) -> Cell | None:
        key = shape, wanted
        if key not in self._chosen:
            self._chosen[key] = self._choose(*key)
        if (chosen := self._chosen[key]) is None:
            return None
        bundle, (distance, exact) = chosen
        attested = self._cells[lemma].get(bundle)
        return Cell(lemma, bundle, attested[0] if attested else lemma, exact, distance)

    def _choose(self, shape: Shape, wanted: FeatureBundle) -> tuple[FeatureBundle, Judgement] | None:
        """Pick the least distant cell; of equals an exact one, then the least marked, then by canonical form."""
        if wanted in shape:
            return wanted, Judgement(0.0, exact=True)
        own = {bundle for bundle in shape if not wanted.pos or belongs(bundle, wanted.pos)}
        judged = {bundle: self._judge(as_plural(bundle, shape), wanted) for bundle in own}
        citation = self.citations.get(word_class(wanted.pos))
        if own and citation is not None and citation not in own:
            judged[citation] = Judgement(self._judge(citation, wanted).distance, exact=False)
        return min(judged.items(), key=_preference, default=None)

    def _judge(self, bundle: FeatureBundle, wanted: FeatureBundle) -> Judgement:
        key = bundle, wanted
        if key not in self._judged:
            self._judged[key] = judge(bundle, wanted, self._usage.get(word_class(bundle.pos), NO_USAGE))
        return self._judged[key]


def belongs(bundle: FeatureBundle, pos: str) -> bool:
    """Tell whether a cell is of a part of speech, names counting as nouns and auxiliaries as verbs."""
    return word_class(bundle.pos) == word_class(pos)


def _preference(choice: tuple[FeatureBundle, Judgement]) -> tuple[float, bool, float, str]:
    bundle, (distance, exact) = choice
    return distance, not exact, bundle.distance(FeatureBundle.of(bundle.pos)), str(bundle)
