"""The licence of a whole that is made of sources under several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, islice, product

from lexaug.licences.catalogue import UNKNOWN, Licence, catalogue, licence
from lexaug.licences.expression import Alternative, alternatives

MAX_CHOICES = 4096
"""Combinations of OR alternatives that are tried; real packs have a handful."""

MAX_OFFERS = 3
"""Ways out of a conflict that are named."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Licences that no work may join, and the ways out: each a set of sources to leave out."""

    licences: tuple[str, ...]
    exclude: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        """Name the licences and the sources to exclude."""
        ways = " or ".join(", ".join(way) for way in self.exclude)
        names = " and ".join(self.licences)
        verb = "allows no derived work" if len(self.licences) == 1 else "cannot be joined in one work"
        return f"{names} {verb}; exclude {ways}" if ways else f"{names} {verb}"


@dataclass(frozen=True, slots=True)
class Whole:
    """The licence of a whole: an SPDX expression, what it allows, and what stands against it.

    `commercial` is False too where some terms are unknown; `unknown` names the sources of unknown terms; `conflict` is
    None where one licence can cover the whole. Where there is a conflict, `licence` states all terms joined by AND.
    """

    licence: str
    commercial: bool
    share_alike: bool
    unknown: tuple[str, ...] = ()
    conflict: Conflict | None = None

    def as_json(self) -> dict[str, object]:
        """Give the JSON object of reports and manifests."""
        return {
            "licence": self.licence,
            "commercial": self.commercial,
            "share_alike": self.share_alike,
            "unknown": list(self.unknown),
            "conflict": None if self.conflict is None else str(self.conflict),
        }


def combine(sources: Mapping[str, str]) -> Whole:
    """Give the licence of a whole made of sources.

    Args:
        sources: the licence expression of each source by its name.

    Attribution licences stay side by side (joined by AND) until a share-alike, copyleft or non-commercial one covers
    them; of OR alternatives the least restrictive that fits is chosen; terms that are unknown stay in the expression.

    Raises:
        ConfigError: an expression is not valid.

    """
    options = {expression: alternatives(expression) for expression in dict.fromkeys(sources.values())}
    whole, chosen = _best(options.values())
    if whole is None:
        names = sorted({name for alternative in chosen for name in alternative}, key=lambda name: licence(name).rank)
        whole, conflict = names, _conflict(sources, names)
    else:
        conflict = None
    terms = [licence(name) for name in whole]
    return Whole(
        licence=" AND ".join(whole) or UNKNOWN,
        commercial=bool(terms) and all(term.commercial for term in terms),
        share_alike=any(term.into is not None for term in terms),
        unknown=tuple(name for name, expression in sources.items() if _is_unknown(expression)),
        conflict=conflict,
    )


def _best(options: Iterable[tuple[Alternative, ...]]) -> tuple[list[str] | None, tuple[Alternative, ...]]:
    """Choose among alternatives so that the whole is least restrictive; None where no choice has a whole."""
    choices = list(islice(product(*options), MAX_CHOICES))
    found = [(whole, choice) for choice in choices if (whole := _cover(frozenset().union(*choice))) is not None]
    if not found:
        return None, choices[0]
    return min(found, key=lambda item: ([licence(name).rank for name in reversed(item[0])], item[0]))


def _cover(names: frozenset[str]) -> list[str] | None:
    """Give the licences (joined by AND) of a work with material under all of the named ones."""
    terms = sorted(map(licence, names), key=lambda term: (term.rank, term.id))
    unknown = [term.id for term in terms if term.kind == "unknown"]
    known = [term for term in terms if term.kind != "unknown"]
    strict = [term for term in known if term.into is not None]
    if not strict:
        return _side_by_side(known) + unknown
    fits = [whole for whole in catalogue() if all(term.accepts(whole) for term in known)]
    fits.sort(key=lambda whole: (whole not in names, licence(whole).rank))
    return [fits[0], *unknown] if fits else None


def _side_by_side(terms: list[Licence]) -> list[str]:
    newest = {term.family: term.id for term in terms if term.kind == "attribution"}
    free = [term.id for term in terms if term.kind == "public-domain"]
    return list(newest.values()) or free[:1]


def _conflict(sources: Mapping[str, str], names: list[str]) -> Conflict:
    """Find the fewest licences to leave out, fewest sources first."""
    groups: dict[str, list[str]] = {}
    for source, expression in sources.items():
        groups.setdefault(expression, []).append(source)
    for size in range(1, len(groups) + 1):
        ways = [way for way in combinations(groups, size) if _reconciled(set(groups) - set(way))]
        if ways:
            lists = sorted((tuple(source for key in way for source in groups[key]) for way in ways), key=len)
            return Conflict(_clashing(names), tuple(lists[:MAX_OFFERS]))
    return Conflict(_clashing(names), ())


def _reconciled(expressions: Iterable[str]) -> bool:
    return _best([alternatives(expression) for expression in expressions])[0] is not None


def _clashing(names: list[str]) -> tuple[str, ...]:
    """Give the smallest group of the licences that has no whole."""
    for size in range(1, len(names) + 1):
        for group in combinations(names, size):
            if _cover(frozenset(group)) is None:
                return group
    return tuple(names)


def _is_unknown(expression: str) -> bool:
    return all(any(licence(name).kind == "unknown" for name in each) for each in alternatives(expression))
