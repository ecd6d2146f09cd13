"""The cell of a paradigm that answers a wish best, and whether it answers it exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from math import fsum
from types import MappingProxyType
from typing import NamedTuple

from lexaug.morphology.compared import compared
from lexaug.morphology.distance import AS_ASPECT, OVERLAP, UNSAID, Difference, differences, notation
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.schema import schema

COMMON = 0.1
"""A value counts as in use when at least this share of the lemmas of a part of speech has a cell with it."""

FREE = 0.05
"""The most that a difference costs which leaves a cell an exact answer."""

_SAME_WORDS = {"PROPN": "N", "AUX": "V"}


class Judgement(NamedTuple):
    """How well a cell answers a wish: its distance, and whether it says just what was wished."""

    distance: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """Which values the cells of one part of speech use: by dimension, and tenses that occur without an aspect."""

    values: Mapping[str, frozenset[str]]
    bare_tenses: frozenset[str]


NO_USAGE = Usage(MappingProxyType({}), frozenset())
"""For a part of speech that a table does not have."""


def word_class(pos: str) -> str:
    """Part of speech under which tables list a word: names with nouns, auxiliaries with verbs."""
    return _SAME_WORDS.get(pos, pos)


def usage(paradigms: Iterable[tuple[Collection[FeatureBundle], int]]) -> Usage:
    """Sum up the paradigms of one part of speech, each given as its cells and the number of lemmas that have them."""
    lemmas, said, bare = 0, Counter[tuple[str, str]](), Counter[str]()
    for bundles, times in paradigms:
        lemmas += times
        views = [compared(bundle) for bundle in bundles]
        for pair in {(name, value) for view in views for name, values in view.items() for value in values}:
            said[pair] += times
        for tense in {tense for view in views if "aspect" not in view for tense in view.get("tense", ())}:
            bare[tense] += times
    values: dict[str, set[str]] = {}
    for (name, value), count in said.items():
        if count >= COMMON * lemmas:
            values.setdefault(name, set()).add(value)
    frozen = {name: frozenset(group) for name, group in values.items()}
    return Usage(frozen, frozenset(tense for tense, count in bare.items() if count >= COMMON * lemmas))


def judge(cell: FeatureBundle, wanted: FeatureBundle, used: Usage) -> Judgement:
    """Weigh a cell against a wish: the distance of the two, differences that do not matter being nearly free."""
    found = list(differences(wanted, cell))
    free = [_is_free(difference, wanted, cell, used) for difference in found]
    costs = (min(one.cost, FREE) if mild else one.cost for one, mild in zip(found, free, strict=True))
    return Judgement(round(fsum(costs) + notation(wanted, cell), 9), all(free))


def as_plural(bundle: FeatureBundle, bundles: Set[FeatureBundle]) -> FeatureBundle:
    """Read a cell without number as a plural where the same cell with SG, and none with PL, stands beside it."""
    if "number" in compared(bundle):
        return bundle
    singular, plural = bundle.with_tags("SG"), bundle.with_tags("PL")
    return plural if singular in bundles and plural not in bundles else bundle


def _is_free(difference: Difference, wanted: FeatureBundle, cell: FeatureBundle, used: Usage) -> bool:
    """Tell whether a difference leaves a cell an exact answer (`first` is the wish, `second` the cell)."""
    wish, given, name = difference.first, difference.second, difference.dimension
    if wish and given:
        return wish <= given or difference.share < OVERLAP or (name == "tense" and _by_aspect(wish, cell, used))
    if name == "tense" and difference.share == AS_ASPECT:
        return _by_aspect(wish, cell, used)
    if name == "aspect" and given and _by_aspect(compared(wanted).get("tense", frozenset()), cell, used):
        return True
    if difference.weak:
        return not (compared(wanted).get("tense") or compared(cell).get("tense", frozenset())) & used.bare_tenses
    if wish and not used.values.get(name) and _may_be_unmarked(name, cell):
        return True
    return difference.share < UNSAID


def _by_aspect(tenses: Set[str], cell: FeatureBundle, used: Usage) -> bool:
    """Tell whether a cell's aspect does the work of a tense: the tense is not in use, and tense does not contrast."""
    in_use, view = used.values.get("tense", frozenset()), compared(cell)
    if tenses & in_use or ("tense" in view and len(in_use) > 1):
        return False
    aspects = view.get("aspect", frozenset())
    return any(aspects & schema().tense_as_aspect.get(tense, frozenset()) for tense in tenses)


def _may_be_unmarked(name: str, cell: FeatureBundle) -> bool:
    """Tell whether a language may do without a dimension: agreement and the like, and number except on nouns."""
    return name in schema().agreement or (name == "number" and word_class(cell.pos) != "N")
