"""What a word becomes: weighted options, each a sequence of target words with their provenance."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """Target words that came in one way; `forms`, where given, are what one word is to be drawn from at `at`.

    `upos` is "" where the source word's tag is projected.
    """

    words: tuple[str, ...]
    op: str
    upos: str = ""
    forms: tuple[str, ...] = ()
    at: int = 0


Option = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The options of one word (an empty one drops it) and their cumulative shares, the last left out."""

    options: tuple[Option, ...]
    bounds: tuple[float, ...] = ()

    def choose(self, share: float) -> Option:
        """Give the option at a share from [0, 1) of the total weight."""
        return self.options[bisect_right(self.bounds, share)]

    def shares(self) -> list[float]:
        """Give the share of each option."""
        return [end - start for start, end in pairwise((0.0, *self.bounds, 1.0))]


DROPPED = Plan(((),))


def weigh(options: Sequence[Option], weights: Sequence[float]) -> Plan:
    """Make a plan of options and their weights, in the given order."""
    total = sum(weights)
    return Plan(tuple(options), tuple(part / total for part in accumulate(weights[:-1])))


def unite(plans: Sequence[Plan]) -> Plan:
    """Make one plan of several that are equally likely."""
    return weigh(
        [option for plan in plans for option in plan.options], [part for plan in plans for part in plan.shares()]
    )
