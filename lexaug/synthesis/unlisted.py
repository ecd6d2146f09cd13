"""Forms of lemmas that the table does not list, from an inflector where it is sure enough; answers are remembered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from lexaug.inflection.believed import Believed
from lexaug.inflection.choice import RULES, believer
from lexaug.inflection.trust import Trust
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.table import ParadigmTable
from lexaug.synthesis import ops
from lexaug.synthesis.candidates import TABLE_POS
from lexaug.synthesis.seeds import Purpose, draw, sentence_state

OPEN: Final = frozenset(("NOUN", "VERB", "ADJ"))
"""UPOS tags whose lemmas are inflected without the table."""
DRAWN: Final = 8
"""Cells that the control has for such a lemma: to fill a whole paradigm would take longer than all the rest."""
_KEPT: Final = 200_000
"""Forms remembered: several times what a treebank asks for."""


class Unlisted:
    """Inflects lemmas of open classes; nothing is learnt or loaded before the first question.

    Args:
        table: says which cells there are, and what the inflector is tried on.
        inflector: `rules`, `none` or the folder of a trained inflector.
        seed: chooses the cells of `random_forms`.

    """

    def __init__(self, table: ParadigmTable, inflector: str, seed: int) -> None:
        self._table = table
        self._believe = believer(inflector, table)
        self._seed = seed
        self._learnt: dict[str, Believed] = {}
        self._form = lru_cache(maxsize=_KEPT)(self._ask)
        self._cell = lru_cache(maxsize=_KEPT)(self._find_cell)

    @property
    def trust(self) -> Mapping[str, Trust]:
        """How far the inflector is believed, by each part of speech that was asked for."""
        return {pos: believed.trust for pos, believed in sorted(self._learnt.items())}

    def form(self, lemma: str, upos: str, wanted: FeatureBundle) -> str:
        """Give the form of a lemma for a wish; "" where no cell of the table is meant, or the inflector is not sure."""
        if self._believe is None or upos not in OPEN or not lemma:
            return ""
        pos = TABLE_POS[upos][0]
        cell = self._cell(pos, wanted)
        return "" if cell is None else self._form(lemma, pos, cell)

    def op(self, upos: str) -> str:
        """Give the provenance of the forms of an open class: a trained model, or rules, whatever taught them."""
        return ops.RULES if self._believed(TABLE_POS[upos][0]).inflector.method == RULES else ops.MODEL

    def random_forms(self, lemma: str, upos: str) -> tuple[str, ...]:
        """Give the forms of a lemma in a few cells drawn from those of its part of speech, sorted."""
        if self._believe is None or upos not in OPEN or not lemma:
            return ()
        pos = TABLE_POS[upos][0]
        cells = sorted(self._believed(pos).cells, key=str)
        state = sentence_state(self._seed, f"{pos}\0{lemma}", 0)
        drawn = {cells[int(draw(state, Purpose.CELL, place) * len(cells))] for place in range(DRAWN)} if cells else ()
        return tuple(sorted({form for cell in drawn if (form := self._form(lemma, pos, cell))}))

    def _ask(self, lemma: str, pos: str, cell: FeatureBundle) -> str:
        return self._believed(pos).form(lemma, cell)

    def _find_cell(self, pos: str, wanted: FeatureBundle) -> FeatureBundle | None:
        """Find the cell that is meant: the most common one of those that answer the wish just as well."""
        cells = self._believed(pos).cells
        answers = self._table.answers(cells.keys(), wanted)
        return max(answers, key=lambda cell: (cells[cell], str(cell)), default=None)

    def _believed(self, pos: str) -> Believed:
        if pos not in self._learnt:
            assert self._believe is not None
            self._learnt[pos] = self._believe(pos)
        return self._learnt[pos]
