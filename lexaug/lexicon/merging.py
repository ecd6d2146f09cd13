"""Several statements of one fact become one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lexaug.lexicon.entry import LexiconEntry


def merge_entries(entries: Iterable[LexiconEntry]) -> tuple[LexiconEntry, ...]:
    """Join the entries of the same source, target and part of speech, in order of first appearance.

    Weights add up, so that a translation on which several lexicons agree outweighs the others. The origin and the
    sense are those of the heaviest single contributor, of equals the first: each contributor alone states the whole
    fact, so one origin is enough to cite it. A sense that the heaviest lacks is taken from the next that has one.
    """
    groups: dict[tuple[str, str, str], list[LexiconEntry]] = {}
    for entry in entries:
        groups.setdefault((entry.source, entry.target, entry.pos), []).append(entry)
    return tuple(group[0] if len(group) == 1 else _join(group) for group in groups.values())


def _join(group: list[LexiconEntry]) -> LexiconEntry:
    by_weight = sorted(group, key=lambda entry: -entry.weight)
    sense = next((entry.sense for entry in by_weight if entry.sense), "")
    origin = next((entry.origin for entry in by_weight if entry.origin), None)
    return replace(group[0], weight=sum(entry.weight for entry in group), sense=sense, origin=origin)
