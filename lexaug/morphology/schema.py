"""The UniMorph schema as data: dimensions with their tags, weights, defaults and relations."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lexaug.files import resource

Place = tuple[int, int]
"""Index of a tag's dimension in printing order, and the tag's index in it."""

UNKNOWN = "unknown"
"""The dimension of tags that the schema does not have."""


@dataclass(frozen=True, slots=True)
class Default:
    """What an unmarked dimension stands for.

    `values` maps a value to the share of the dimension's weight that leaving it unsaid costs; `weak` values count as
    defaults only in a language that never leaves the dimension unmarked there. The rule holds where each dimension of
    `when` has one of the listed values.
    """

    values: Mapping[str, float]
    weak: Mapping[str, float]
    when: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Schema:
    """Dimensions and tags of Sylak-Glassman (2016), and what lexaug adds to compare bundles.

    `dimensions` are in printing order. `facets` name a finer dimension for some tags (RCT is remoteness, not tense).
    `aliases` give the standard tags meant by others found in published tables; `by_part` those that hold in one part of
    speech only. `related` gives the share (0-1) of a dimension's weight that two different values of it cost.
    `agreement` lists the dimensions that a language may simply not mark.
    """

    dimensions: tuple[str, ...]
    tags: Mapping[str, Place]
    patterns: tuple[tuple[re.Pattern[str], int], ...]
    aliases: Mapping[str, tuple[str, ...]]
    by_part: Mapping[str, Mapping[str, tuple[str, ...]]]
    facets: Mapping[str, str]
    weights: Mapping[str, float]
    related: Mapping[frozenset[str], float]
    defaults: Mapping[str, tuple[Default, ...]]
    tense_as_aspect: Mapping[str, frozenset[str]]
    agreement: frozenset[str]

    def place(self, tag: str) -> Place:
        """Place of a tag; tags outside the schema come after all others, aliases where their standard tag stands."""
        if (place := self.tags.get(tag)) is not None:
            return place
        if tag.startswith("PSS"):
            return self.dimensions.index("possession"), 99
        for pattern, dimension in self.patterns:
            if pattern.fullmatch(tag):
                return dimension, 100
        if tag in self.aliases:
            return self.place(self.aliases[tag][0])
        return len(self.dimensions), 0

    def knows(self, tag: str) -> bool:
        """Tell whether a tag belongs to the schema (an alias does not)."""
        return tag in self.tags or tag == "PSS" or any(pattern.fullmatch(tag) for pattern, _ in self.patterns)

    def dimension(self, tag: str) -> str:
        """Name of the dimension of a tag, `unknown` where it has none."""
        index, _ = self.place(tag)
        return self.dimensions[index] if index < len(self.dimensions) else UNKNOWN


@cache
def schema() -> Schema:
    """Load the shipped schema once."""
    data = json.loads(resource("unimorph_schema.json").read_text(encoding="utf-8"))
    dimensions = tuple(data["dimensions"])
    members = {name: [*tags, *data["later"].get(name, [])] for name, tags in data["dimensions"].items()}
    return Schema(
        dimensions=dimensions,
        tags={tag: (row, column) for row, name in enumerate(dimensions) for column, tag in enumerate(members[name])},
        patterns=tuple((re.compile(text), dimensions.index(name)) for name, text in data["patterns"].items()),
        aliases={tag: tuple(meant) for tag, meant in data["aliases"].items()},
        by_part={
            part: {tag: tuple(to) for tag, to in tags.items()} for part, tags in data["in part of speech"].items()
        },
        facets=data["facets"],
        weights=data["weights"],
        related={frozenset((one, other)): share for one, other, share in data["related"]},
        defaults=_defaults(data["default"]),
        tense_as_aspect={tense: frozenset(aspects) for tense, aspects in data["tense as aspect"].items()},
        agreement=frozenset(data["agreement"]),
    )


def _defaults(rules: list[dict[str, dict[str, float]]]) -> dict[str, tuple[Default, ...]]:
    found: dict[str, list[Default]] = {}
    for rule in rules:
        when = {name: frozenset(values) for name, values in rule.get("when", {}).items()}  # type: ignore[call-overload]
        found.setdefault(str(rule["dimension"]), []).append(Default(rule["values"], rule.get("weak", {}), when))
    return {name: tuple(group) for name, group in found.items()}
