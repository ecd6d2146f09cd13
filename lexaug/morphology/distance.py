"""How unlike two feature bundles are, dimension by dimension."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from lexaug.morphology.compared import Compared, compared
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.schema import UNKNOWN, schema

NOTATION = 0.001
"""Cost of one tag that stands in only one of two bundles: breaks ties, and keeps unequal bundles apart."""

UNSAID = 0.7
"""Share of a dimension's weight that a value costs where the other bundle says nothing and it is no default."""

OVERLAP = 0.05
"""Share where both bundles leave a choice and the choices meet (`NOM/ACC` beside `ACC`)."""

AS_ASPECT = 0.05
"""Share for a tense that the other bundle says by aspect alone (a past beside a perfective)."""


class Difference(NamedTuple):
    """One dimension in which two bundles differ.

    `first` and `second` are what each says, empty where it says nothing; `share` (0-1) of the dimension's weight is
    what the difference costs; `weak` marks a default that holds only where the dimension is always marked.
    """

    dimension: str
    first: Set[str]
    second: Set[str]
    share: float
    weak: bool

    @property
    def cost(self) -> float:
        """Weight of the dimension times the share."""
        return _WEIGHTS.get(self.dimension, _WEIGHTS[UNKNOWN]) * self.share


@lru_cache(maxsize=65536)
def distance(first: FeatureBundle, second: FeatureBundle) -> float:
    """Sum the costs of all differences, and a trace for differing notation: zero only for equal bundles."""
    if first == second:
        return 0.0
    return fsum(difference.cost for difference in differences(first, second)) + notation(first, second)


def notation(first: FeatureBundle, second: FeatureBundle) -> float:
    """Cost of the tags that stand in only one of two bundles, whatever they say."""
    return NOTATION * len(first.tags ^ second.tags)


def differences(first: FeatureBundle, second: FeatureBundle) -> Iterator[Difference]:
    """Iterate over the dimensions in which two bundles differ, in no particular order."""
    one, two = compared(first), compared(second)
    for name, mine in one.items():
        yours = two.get(name, _NOTHING)
        if not yours:
            yield Difference(name, mine, yours, *_unsaid(name, mine, one, two))
        elif mine != yours:
            yield Difference(name, mine, yours, _mismatch(mine, yours), weak=False)
    for name, yours in two.items():
        if name not in one:
            yield Difference(name, _NOTHING, yours, *_unsaid(name, yours, two, one))


def _mismatch(mine: Set[str], yours: Set[str]) -> float:
    if mine & yours:
        return OVERLAP
    return min(schema().related.get(frozenset((one, other)), 1.0) for one in mine for other in yours)


def _unsaid(name: str, values: Set[str], said: Compared, silent: Compared) -> tuple[float, bool]:
    """Share for a dimension that one bundle leaves unsaid; what else the silent one says decides on its defaults."""
    if name == "tense" and _says_by_aspect(values, silent):
        return AS_ASPECT, False
    for rule in schema().defaults.get(name, ()):
        if all(wanted & (silent.get(on) or said.get(on) or _NOTHING) for on, wanted in rule.when.items()):
            shares = [rule.values[value] for value in values if value in rule.values]
            weak = [rule.weak[value] for value in values if value in rule.weak]
            return (min(shares), False) if shares else (min(weak), True) if weak else (UNSAID, False)
    return UNSAID, False


def _says_by_aspect(tenses: Set[str], silent: Compared) -> bool:
    """Tell whether a bundle without tense marks the aspect that does a tense's work."""
    aspects = silent.get("aspect", _NOTHING)
    return any(aspects & schema().tense_as_aspect.get(tense, _NOTHING) for tense in tenses)


_NOTHING: frozenset[str] = frozenset()
_WEIGHTS = schema().weights
