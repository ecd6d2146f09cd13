"""An inflector beside the table that it is to help out: tried on its lemmas, then believed where it is sure."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.inflector import Inflector, RuleAsked, lemma_mark
from lexaug.inflection.rules import Candidate, RuleInflector, fit_rules
from lexaug.inflection.table_rows import rows_of
from lexaug.inflection.trust import LEAST, Answer, Trust, choose_trust, share_right
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.table import ParadigmTable

_log = logging.getLogger(__name__)

TESTED: Final = 600
"""Held-out forms that an inflector is tried on at most."""
COMMON: Final = 3
"""Lemmas that must show a cell before it is filled for others: a form or two may be a slip, and cannot be held out."""


ENDING: Final = 2
"""Letters at the end of a lemma that some lemma of the table must share: what ends otherwise may be no such word."""


@dataclass(frozen=True, slots=True)
class Believed:
    """An inflector for one part of speech.

    `cells` are those that it may fill, with their numbers of lemmas, `endings` those that lemmas have.
    """

    inflector: Inflector
    cells: Counter[FeatureBundle]
    endings: frozenset[str]
    trust: Trust

    def form(self, lemma: str, cell: FeatureBundle) -> str:
        """Give the form of a lemma in one of the cells; "" where the inflector is not sure enough."""
        if self.trust.threshold is None or lemma[-ENDING:] not in self.endings:
            return ""
        (found,) = self.inflector.inflect([InflectionExample(lemma, str(cell), None)])
        return found.form if self.trust.believes(found.share) else ""


def believe_rules(table: ParadigmTable, pos: str) -> Believed:
    """Learn rules from a table.

    Every other lemma is held out: its forms are made without its own rows, under weights that none of these lemmas had
    a say in.
    """
    rows = rows_of(table, pos)
    held = frozenset(sorted({row.lemma for row in rows})[::2])
    weights = fit_rules([row for row in rows if row.lemma not in held]).weights
    rules = RuleInflector(rows, weights)
    cells = _cells(rows)
    asked = _questions([row for row in rows if row.lemma in held], cells)
    answers = [rules.candidates(row.lemma, row.bundle, without=row.lemma)[0] for row in asked]
    return Believed(Inflector(RuleAsked(rules, rows), "rules"), cells, _endings(rows), _trust(table, asked, answers))


def believe(inflector: Inflector, table: ParadigmTable, pos: str) -> Believed:
    """Try a trained inflector on those lemmas of a table that it was not trained on.

    Where they have fewer than `LEAST` forms, or it is not known which these are, nothing tells how far it can be
    believed: then it is not, and a warning says so.
    """
    rows = rows_of(table, pos)
    cells = _cells(rows)
    seen = inflector.lemmas
    asked = [] if seen is None else _questions([row for row in rows if lemma_mark(row.lemma) not in seen], cells)
    if cells and len(asked) < LEAST:
        _log.warning(
            "the inflector is not used for %s: the table has fewer than %d forms of lemmas that it was not trained on, "
            "to try it on; train it on a part of the table's lemmas",
            pos,
            LEAST,
        )
    trust = _trust(table, asked, inflector.inflect(asked) if asked else [])
    return Believed(inflector, cells, _endings(rows), replace(trust, inflector=inflector.method))


def believe_or_rules(inflector: Inflector, table: ParadigmTable, pos: str) -> Believed:
    """Try a trained inflector; where it is sure enough nowhere, rules learnt from the table stand in if they are."""
    tried = believe(inflector, table, pos)
    if tried.trust.threshold is not None:
        return tried
    rules = believe_rules(table, pos)
    return tried if rules.trust.threshold is None else rules


def _cells(rows: Sequence[InflectionExample]) -> Counter[FeatureBundle]:
    lemmas = Counter(bundle for _, bundle in dict.fromkeys(row.cell for row in rows))
    return Counter({bundle: count for bundle, count in lemmas.items() if count >= COMMON})


def _endings(rows: Sequence[InflectionExample]) -> frozenset[str]:
    return frozenset(row.lemma[-ENDING:] for row in rows)


def _questions(rows: Sequence[InflectionExample], cells: Collection[FeatureBundle]) -> list[InflectionExample]:
    """Draw rows of some cells, each lemma and cell once; the same ones for the same table."""
    asked = list({row.cell: row for row in rows if row.bundle in cells}.values())
    drawn = np.random.default_rng(len(asked)).permutation(len(asked))[:TESTED]
    return [asked[place] for place in sorted(drawn.tolist())]


def _trust(table: ParadigmTable, asked: Sequence[InflectionExample], answers: Sequence[Candidate]) -> Trust:
    trust = choose_trust(
        Answer(row.lemma, found.share, _is_right(table, row, found.form))
        for row, found in zip(asked, answers, strict=True)
    )
    cells = [(row, cell) for row in asked if (cell := table.instead(row.lemma, row.bundle)) and not cell.exact]
    instead = {
        "nearest": share_right(_is_right(table, row, cell.form) for row, cell in cells),
        "lemma": share_right(_is_right(table, row, row.lemma) for row in asked),
    }
    return replace(trust, instead=instead)


def _is_right(table: ParadigmTable, row: InflectionExample, form: str) -> bool:
    return form in table.forms(row.lemma, row.bundle)
