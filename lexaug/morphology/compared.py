"""Bundles as they are compared: dimension by dimension, notations of the same fact brought together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lexaug.morphology.features import FeatureBundle, dimensions_of
from lexaug.morphology.schema import schema
from lexaug.morphology.tags import atoms

Compared = dict[str, frozenset[str]]
"""What a bundle says in each dimension and facet (remoteness, clusivity, possessor, verb form)."""

_POSSESSOR = re.compile(r"PSS(?P<person>[0-3])(?P<number>[SDP])?[EI]?(?P<gender>[FMN])?(?P<politeness>FORM|INFM)?")
_VERB_FORMS = ("V.PTCP", "V.MSDR", "V.CVB")
_NOT_OF_A_FORM = frozenset({"part of speech", "language-specific", "unknown"})


@lru_cache(maxsize=65536)
def compared(bundle: FeatureBundle) -> Compared:
    """Lay a bundle out for comparison.

    A verb's finiteness and its participle, masdar or converb tag become one dimension, `verb form`; a verb form that
    says tense, person or the like and none of those is finite. An indicative beside another mood says nothing. Choices
    (`MASC/FEM`) and complements (`non{NOM}`) become the sets they stand for, possessives their person, number, gender.
    """
    found: dict[str, set[str]] = {}
    for name, values in dimensions_of(bundle).items():
        for value in values:
            for dimension, plain in _refine(name, value):
                found.setdefault(dimension, set()).add(plain)
    if bundle.pos in ("V", "AUX") and "verb form" not in found and found.keys() - _NOT_OF_A_FORM:
        found["verb form"] = {"FIN"}
    _overrule(found, "verb form", "NFIN", "FIN")
    for mood in found.get("mood", set()) - {"IND"}:
        _overrule(found, "mood", mood, "IND")
    return {name: frozenset(values) for name, values in found.items()}


def _overrule(found: dict[str, set[str]], name: str, stronger: str, weaker: str) -> None:
    """Drop a value that published tables also put beside its opposite (`V;IND;COND` is a conditional)."""
    if stronger in found.get(name, ()):
        found[name].discard(weaker)


def _refine(name: str, value: str) -> Iterator[tuple[str, str]]:
    if value.startswith("non{"):
        yield from _complement(name, value)
    elif "/" in value:
        yield from ((name, option) for option in value.split("/"))
    elif name == "part of speech":
        yield name, value.partition(".")[0]
        if value in _VERB_FORMS:
            yield "verb form", value
    elif name == "finiteness":
        yield "verb form", value
    elif match := _POSSESSOR.fullmatch(value):
        yield from ((f"possessor {part}", said) for part, said in match.groupdict().items() if said)
    else:
        yield schema().facets.get(value, name), value


def _complement(name: str, value: str) -> Iterator[tuple[str, str]]:
    """All values of the dimension but the excluded ones and those that an unmarked form might stand for."""
    excluded = set(atoms(value))
    for rule in schema().defaults.get(name, ()):
        excluded |= rule.values.keys()
    for tag in schema().tags:
        if schema().dimension(tag) == name and tag not in excluded:
            yield name, tag
