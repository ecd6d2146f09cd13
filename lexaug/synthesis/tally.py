"""Counting what a corpus holds: examples, tokens, coverage, and by which ops its words came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lexaug.inflection.trust import Trust, describe_trust
from lexaug.synthesis import ops
from lexaug.synthesis.example import PseudoExample


@dataclass(slots=True)
class Tally:
    """Sums over examples; sums of parts add up to the sum of the whole.

    `trust` says how far the inflector was believed, by part of speech that it was asked for.
    """

    sentences: int = 0
    examples: int = 0
    source_tokens: int = 0
    target_tokens: int = 0
    coverage: float = 0.0
    ops: Counter[tuple[str, str]] = field(default_factory=Counter)
    trust: dict[str, Trust] = field(default_factory=dict)

    def add(self, example: PseudoExample) -> None:
        """Count one example."""
        self.examples += 1
        self.source_tokens += len(example.source)
        self.target_tokens += len(example.target)
        self.coverage += example.coverage
        self.ops.update(zip(example.upos, example.ops, strict=True))

    def join(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.sentences += other.sentences
        self.examples += other.examples
        self.source_tokens += other.source_tokens
        self.target_tokens += other.target_tokens
        self.coverage += other.coverage
        self.ops.update(other.ops)
        self.trust.update(other.trust)

    def as_json(self) -> dict[str, Any]:
        """Give the figures for a manifest: counts, mean coverage (0-1), ops (also by UPOS), inflected shares, trust."""
        by_upos: dict[str, dict[str, int]] = {}
        for (upos, op), count in sorted(self.ops.items()):
            by_upos.setdefault(upos, {})[op] = count
        return {
            "sentences": self.sentences,
            "examples": self.examples,
            "source_tokens": self.source_tokens,
            "target_tokens": self.target_tokens,
            "coverage": round(self.coverage / self.examples, 6) if self.examples else 0.0,
            "ops": {op: count for op in ops.OPS if (count := sum(found.get(op, 0) for found in by_upos.values()))},
            "ops_by_upos": by_upos,
            "inflected_share": inflected_share(by_upos, ops.CONTENT),
            "inflected_share_by_upos": {
                upos: inflected_share(by_upos, [upos]) for upos in sorted(ops.CONTENT & by_upos.keys())
            },
            "trust": describe_trust(self.trust),
        }


def inflected_share(by_upos: Mapping[str, Mapping[str, int]], tags: Iterable[str]) -> float:
    """Share (0-1) of the words of some UPOS tags that the lexicon gave and that stand in exactly the wanted cell."""
    counts = [by_upos.get(upos, {}) for upos in tags]
    inserted = sum(count for found in counts for op, count in found.items() if op in ops.INSERTED)
    cells = sum(found.get(ops.CELL, 0) for found in counts)
    return round(cells / inserted, 6) if inserted else 0.0
