"""Bundles that say the same, one flat, one nested: `N;ACC;PL` in UniMorph's own files, `N;ACC(PL)` in those of 2023."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lexaug.inflection.alphabet import bundle_parts
from lexaug.inflection.examples import InflectionExample
from lexaug.morphology.compared import compared
from lexaug.morphology.features import FeatureBundle

Facts = frozenset[tuple[str, frozenset[str]]]


@dataclass(frozen=True)
class Notation:
    """The bundles that an inflector has learnt, and so how it wants to be asked."""

    learnt: frozenset[FeatureBundle] = frozenset()

    @classmethod
    def of_rows(cls, rows: Iterable[InflectionExample]) -> Notation:
        """Give the notation of rows to learn from."""
        return cls(frozenset(row.bundle for row in rows))

    def of(self, bundle: FeatureBundle) -> FeatureBundle:
        """Give the learnt bundle that says the same in the other notation; where none or several do, this one."""
        if bundle in self.learnt:
            return bundle
        same = [other for other in self._by_facts.get(_facts(bundle), ()) if _nested(other) != _nested(bundle)]
        return same[0] if len(same) == 1 else bundle

    def translate(self, rows: Sequence[InflectionExample]) -> list[InflectionExample]:
        """Write the bundles of rows as they are learnt; where that is how they stand, the rows are the same ones."""
        learnt = {bundle: self.of(bundle) for bundle in {row.bundle for row in rows}}
        return [
            row if (bundle := learnt[row.bundle]) == row.bundle else replace(row, features=str(bundle)) for row in rows
        ]

    def strange(self, rows: Sequence[InflectionExample]) -> list[InflectionExample]:
        """Give the rows that ask for something no learnt bundle says, such as a case that training has not."""
        known = {value for bundle in self.learnt for value, _ in bundle_parts(bundle)}
        bundles = {row.bundle for row in rows}
        odd = {bundle for bundle in bundles if not {value for value, _ in bundle_parts(self.of(bundle))} <= known}
        return [row for row in rows if row.bundle in odd]

    @cached_property
    def _by_facts(self) -> Mapping[Facts, list[FeatureBundle]]:
        return _grouped(self.learnt)


def one_notation(
    bundles: Iterable[FeatureBundle], weight: Callable[[FeatureBundle], tuple[bool, int]]
) -> list[FeatureBundle]:
    """Leave out one of two bundles that say the same, one flat and one nested: tables of several years have both.

    The heavier one stays. Where there are two nested ones (`NOM(1,PL)` and `NOM(1);PL`), all stay.
    """
    known = list(bundles)
    groups = _grouped(known).values()
    gone = {min(group, key=weight) for group in groups if sorted(map(_nested, group)) == [False, True]}
    return [bundle for bundle in known if bundle not in gone]


def _grouped(bundles: Iterable[FeatureBundle]) -> dict[Facts, list[FeatureBundle]]:
    same: dict[Facts, list[FeatureBundle]] = {}
    for bundle in bundles:
        same.setdefault(_facts(bundle), []).append(bundle)
    return same


def _facts(bundle: FeatureBundle) -> Facts:
    return frozenset(compared(bundle).items())


def _nested(bundle: FeatureBundle) -> bool:
    return any(nest for _, nest in bundle_parts(bundle))
