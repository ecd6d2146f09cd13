"""Inflecting lemmas that the table does not have, like the table's lemma that ends most like them.

What changes from the model's lemma to its form (an ending taken off and another put on) is done to the new lemma, as
far as both lemmas agree in what is taken off and in some of what stands before it.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from typing import Final

from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.table import ParadigmTable

LEAST_SHARED: Final = 3
"""Letters that the ends of two lemmas must share; fewer say little about how a word inflects."""
_MODELS: Final = 300
"""Models kept for a lemma: the next best serve cells that the best lack, or that change more of the stem."""
_LEMMAS_KEPT: Final = 10_000
"""Lemmas whose models are remembered: with `_MODELS` each, the largest memory that synthesis may take."""
_CLOSEST: Final = 8
"""Models that may answer by a cell that is merely as good as the wanted one."""
_LENGTH_COST: Final = 0.3
"""What a letter more or less counts against a model, in shared letters: syllables often decide the class."""


class Analogy:
    """Forms by analogy with a table's paradigms; answers are remembered."""

    def __init__(self, table: ParadigmTable) -> None:
        self._table = table
        self._endings: dict[str, dict[str, list[str]]] = {}
        self.models = lru_cache(maxsize=_LEMMAS_KEPT)(self._find_models)

    def form(self, lemma: str, pos: str, wanted: FeatureBundle) -> str:
        """Give the form of a lemma for a wanted cell; "" where no model answers exactly or the change does not fit."""
        models = self.models(lemma, pos)
        for model, shared in models:
            for form in self._table.forms(model, wanted)[:1]:
                if made := _transfer(lemma, model, form, shared):
                    return made
        for model, shared in models[:_CLOSEST]:
            cell = self._table.nearest(model, wanted)
            if cell is not None and cell.exact and (form := _transfer(lemma, model, cell.form, shared)):
                return form
        return ""

    def paradigm(self, lemma: str, pos: str) -> tuple[str, ...]:
        """Give all forms of a lemma that its best model gives, sorted."""
        for model, shared in self.models(lemma, pos)[:_CLOSEST]:
            cells = self._table.paradigm(model, pos)
            made = {_transfer(lemma, model, form, shared) for forms in cells.values() for form in forms}
            if found := sorted(made - {""}):
                return tuple(found)
        return ()

    def _find_models(self, lemma: str, pos: str) -> tuple[tuple[str, int], ...]:
        """Give the best models of a lemma, best first, each with the number of letters shared at the end."""
        if pos not in self._endings:
            self._endings[pos] = self._index(pos)
        near = [model for model in self._endings[pos].get(lemma[-LEAST_SHARED:], ()) if model != lemma]
        scored = [(_shared_end(lemma, model), model) for model in near]
        scored.sort(key=lambda item: (-item[0] + _LENGTH_COST * abs(len(lemma) - len(item[1])), item[1]))
        return tuple((model, shared) for shared, model in scored[:_MODELS])

    def _index(self, pos: str) -> dict[str, list[str]]:
        endings: dict[str, list[str]] = {}
        for lemma in self._table.lemmas:
            if self._table.has(lemma, pos):
                endings.setdefault(lemma[-LEAST_SHARED:], []).append(lemma)
        return endings


def _shared_end(left: str, right: str) -> int:
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(left), reversed(right), strict=False))
    )


def _transfer(lemma: str, model: str, form: str, shared: int) -> str:
    """Do to a lemma what makes a form of its model: other letters before and after the part that stays."""
    if " " in form:
        return ""
    start, place, kept = _longest_common(model, form)
    taken = len(model) - start - kept
    if not kept or taken > shared or start > 0 or len(lemma) <= taken:
        return ""
    return form[:place] + lemma[: len(lemma) - taken] + form[place + kept :]


@lru_cache(maxsize=50_000)
def _longest_common(model: str, form: str) -> tuple[int, int, int]:
    """Find the longest run of letters in both, as (start in the model, start in the form, length)."""
    match = SequenceMatcher(None, model, form, autojunk=False).find_longest_match()
    return match.a, match.b, match.size
