"""The whole table of a lemma: the cells that are known, and the others as an inflector fills them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lexaug.errors import ConfigError
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.inflector import Inflector, RuleAsked
from lexaug.inflection.notation import one_notation
from lexaug.inflection.rules import fit_rules
from lexaug.inflection.table_rows import rows_of
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.table import ParadigmTable
from lexaug.registry import unknown


@dataclass(frozen=True, slots=True)
class ParadigmCell:
    """A cell with its forms; a predicted one has one form, and how probable the inflector holds it (0 to 1)."""

    bundle: FeatureBundle
    forms: tuple[str, ...]
    probability: float | None = None

    @property
    def known(self) -> bool:
        """Whether the table has the cell."""
        return self.probability is None


@dataclass(frozen=True, slots=True)
class Paradigm:
    """The cells of a lemma of one part of speech; `way` names the method that filled what the table lacks."""

    lemma: str
    pos: str
    way: str
    cells: tuple[ParadigmCell, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the object that `--json` prints."""
        cells = [
            {
                "features": str(cell.bundle),
                "forms": list(cell.forms),
                "known": cell.known,
                "probability": None if cell.probability is None else round(cell.probability, 4),
            }
            for cell in self.cells
        ]
        return {"lemma": self.lemma, "pos": self.pos, "method": self.way, "cells": cells}


def whole_paradigm(
    lemma: str,
    table: ParadigmTable,
    inflector: Callable[[], Inflector] | None = None,
    *,
    pos: str | None = None,
    least: int = 1,
) -> Paradigm:
    """Fill the paradigm of a lemma.

    Args:
        lemma: the word.
        table: the known cells; its part of speech says which cells there are.
        inflector: gives what fills the cells that are not known, if there are any; rules learnt from the table without.
        pos: part of speech in UniMorph's notation; the lemma's own, or the table's only one, if not given.
        least: cells that fewer lemmas have are left out, unless the lemma itself has them.

    Raises:
        ConfigError: the lemma is empty, the table does not have the part of speech, none is given and several are
            possible, or no cell is left.

    """
    lemma = _spelt(lemma)
    chosen = _pos(lemma, {bundle.pos for bundle in table.paradigm(lemma)}, {row.bundle.pos for row in table}, pos)
    known = table.paradigm(lemma, chosen)
    lemmas = Counter(row.bundle for row in {(row.lemma, row.bundle): row for row in table}.values())
    cells = one_notation(table.bundles(chosen), lambda bundle: (bundle in known, lemmas[bundle]))
    wanted = [bundle for bundle in cells if bundle in known or lemmas[bundle] >= least]
    if not wanted:
        raise ConfigError(f"no cell of {chosen} has {least} lemmas in the table", hint="lower --least")
    lacking = [bundle for bundle in wanted if bundle not in known]
    model = None if not lacking else inflector() if inflector else _rules(table, chosen)
    filled = {cell.bundle: cell for cell in _predicted(lemma, lacking, model)} if model else {}
    cells_of_lemma = (filled.get(bundle) or ParadigmCell(bundle, known[bundle]) for bundle in wanted)
    return Paradigm(lemma, chosen, model.method if model else "table", tuple(cells_of_lemma))


def learnt_paradigm(lemma: str, inflector: Inflector, *, pos: str | None = None) -> Paradigm:
    """Inflect a lemma in all cells that an inflector has learnt of a part of speech; no cell is known.

    Raises:
        ConfigError: the lemma is empty, the inflector knows no cells or not the part of speech, or none is given and
            several are possible.

    """
    lemma, learnt = _spelt(lemma), inflector.notation.learnt
    if not learnt:
        raise ConfigError("the inflector does not tell what cells it has learnt", hint="give --pack or --table")
    chosen = _pos(lemma, set(), {bundle.pos for bundle in learnt}, pos)
    wanted = one_notation(sorted((bundle for bundle in learnt if bundle.pos == chosen), key=str), lambda _: (False, 0))
    return Paradigm(lemma, chosen, inflector.method, tuple(_predicted(lemma, wanted, inflector)))


def _predicted(lemma: str, bundles: Sequence[FeatureBundle], inflector: Inflector) -> list[ParadigmCell]:
    made = inflector.inflect([InflectionExample(lemma, str(bundle), None) for bundle in bundles])
    return [ParadigmCell(bundle, (found.form,), found.share) for bundle, found in zip(bundles, made, strict=True)]


def _spelt(lemma: str) -> str:
    spelt = unicodedata.normalize("NFC", lemma).strip()
    if not spelt:
        raise ConfigError("the lemma is empty", hint="give the word to inflect")
    return spelt


def _pos(lemma: str, own: set[str], possible: set[str], pos: str | None) -> str:
    """Give the part of speech: the one asked for, else the lemma's own, else the only one there is."""
    if pos is not None:
        if pos not in possible:
            raise unknown("part of speech", pos, possible)
        return pos
    open_ = sorted(own or possible)
    if len(open_) != 1:
        raise ConfigError(f"{lemma!r} may be {', '.join(open_) or 'anything'}", hint="give --pos")
    return open_[0]


def _rules(table: ParadigmTable, pos: str) -> Inflector:
    rows = rows_of(table, pos)
    return Inflector(RuleAsked(fit_rules(rows), rows), "rules")
