"""Inflection by rules learnt from examples: no network, no training time, and hard to beat on suffixing languages.

Each example says how its lemma changes into its form; a new lemma is changed as the examples of the same cell are, and
those whose lemma looks most like it count most. Affix rules per cell are the non-neural baseline of the shared tasks
(Cotterell et al. 2017, "CoNLL-SIGMORPHON 2017 Shared Task"), which takes the longest matching one; here all that fit
have a vote, as in memory-based learning (Daelemans and van den Bosch 2005).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Postfix, Prefix
from rapidfuzz.process import cdist

from lexaug.inflection.change import Change, change_of
from lexaug.inflection.examples import InflectionExample
from lexaug.morphology.features import FeatureBundle

HELD_OUT = 600
"""Examples on which the weights are chosen, at most; each is inflected without those of its own lemma."""
NEAREST = 3
"""Cells that may stand for one that no example has."""
_LONGEST = 60
"""Letters shared at one end that count; more would leave the range of numbers."""
_ALIKE = 12
"""Cells with the fewest other tags, among which the nearest are looked for."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RuleWeights:
    """How much more an example counts for each letter that its lemma shares at the end and at the beginning."""

    end: float = 20.0
    start: float = 3.0


GRID = tuple(RuleWeights(end, start) for end, start in ((20, 1.3), (20, 3), (8, 1.3), (8, 4), (4, 4), (1.5, 6)))
"""Weights that are tried: suffixing languages first, prefixing ones last."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form, and the share of the votes that it has: 0 to 1."""

    form: str
    share: float


@dataclass(frozen=True, slots=True)
class _Cell:
    """The examples of a cell: their lemmas, the different changes, and which of them each lemma undergoes."""

    lemmas: list[str]
    changes: list[Change]
    numbers: npt.NDArray[np.int64]

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, Change]]) -> _Cell:
        known: dict[Change, int] = {}
        numbers = [known.setdefault(change, len(known)) for _, change in pairs]
        return cls([lemma for lemma, _ in pairs], list(known), np.array(numbers))

    def votes(self, lemma: str, grid: Sequence[RuleWeights], without: str | None = None) -> list[dict[str, float]]:
        """Give the votes for each form of a lemma, under each of several weights; one lemma may have no vote."""
        forms = [
            (place, form) for place, change in enumerate(self.changes) if (form := change.apply(lemma)) is not None
        ]
        ends = cdist([lemma], self.lemmas, scorer=Postfix.similarity)[0].astype(np.float64)
        starts = cdist([lemma], self.lemmas, scorer=Prefix.similarity)[0].astype(np.float64)
        counted = np.array([known != without for known in self.lemmas]) if without is not None else np.ones(len(ends))
        found = []
        for weights in grid:
            each = weights.end ** np.minimum(ends, _LONGEST) * weights.start ** np.minimum(starts, _LONGEST) * counted
            sums = np.bincount(self.numbers, each, len(self.changes))
            votes: dict[str, float] = defaultdict(float)
            for place, form in forms:
                votes[form] += float(sums[place])
            found.append(votes)
        return found


class RuleInflector:
    """Inflects as the examples do.

    Args:
        examples: lemma, features and form; rows without a form are left aside.
        weights: how examples are weighed; see `fit_rules`.

    """

    def __init__(self, examples: Iterable[InflectionExample], weights: RuleWeights | None = None) -> None:
        self.weights = weights or RuleWeights()
        pairs: dict[FeatureBundle, list[tuple[str, Change]]] = defaultdict(list)
        for example in examples:
            if example.form is not None:
                pairs[example.bundle].append((example.lemma, change_of(example.lemma, example.form)))
        self._cells = {bundle: _Cell.of(found) for bundle, found in pairs.items()}
        self._near = lru_cache(maxsize=10_000)(self._nearest)

    def candidates(self, lemma: str, bundle: FeatureBundle, *, without: str | None = None) -> list[Candidate]:
        """Give the forms that examples vote for, best first; the lemma itself where none has a say.

        A cell without examples is filled like the nearest ones of its part of speech. The examples of one lemma may be
        left `without` a vote.
        """
        votes: dict[str, float] = defaultdict(float)
        for cell in (bundle,) if bundle in self._cells else self._near(bundle):
            for form, weight in self._cells[cell].votes(lemma, [self.weights], without)[0].items():
                votes[form] += weight
        total = sum(votes.values())
        if not total:
            return [Candidate(lemma, 0.0)]
        ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
        return [Candidate(form, weight / total) for form, weight in ranked]

    def form(self, lemma: str, bundle: FeatureBundle) -> str:
        """Give the form with the most votes."""
        return self.candidates(lemma, bundle)[0].form

    def right_without_own_lemma(self, example: InflectionExample, grid: Sequence[RuleWeights]) -> list[bool]:
        """Tell, for several weights, whether an example of this cell comes out right from those of other lemmas."""
        found = self._cells[example.bundle].votes(example.lemma, grid, without=example.lemma)
        best = [max(votes, key=lambda form: (votes[form], form), default=example.lemma) for votes in found]
        return [form == example.form for form in best]

    def _nearest(self, bundle: FeatureBundle) -> tuple[FeatureBundle, ...]:
        cells, tags, table = self._tables.get(bundle.pos, ([], {}, np.zeros((0, 0), bool)))
        wanted = np.zeros(len(tags), bool)
        wanted[[tags[tag] for tag in bundle.tags if tag in tags]] = True
        order = np.argsort((table != wanted).sum(axis=1), kind="stable")[:_ALIKE]
        alike = [cells[place] for place in order]
        return tuple(sorted(alike, key=lambda cell: (bundle.distance(cell), str(cell)))[:NEAREST])

    @cached_property
    def _tables(self) -> dict[str, tuple[list[FeatureBundle], dict[str, int], npt.NDArray[np.bool_]]]:
        """By part of speech: the cells, the columns of their tags, and which cell [rows] has which tag [columns]."""
        found = {}
        for pos in {cell.pos for cell in self._cells}:
            cells = [cell for cell in self._cells if cell.pos == pos]
            tags = {tag: column for column, tag in enumerate(sorted({tag for cell in cells for tag in cell.tags}))}
            table = np.zeros((len(cells), len(tags)), bool)
            for row, cell in enumerate(cells):
                table[row, [tags[tag] for tag in cell.tags]] = True
            found[pos] = cells, tags, table
        return found


def fit_rules(examples: Sequence[InflectionExample], *, seed: int = 0) -> RuleInflector:
    """Learn rules; the weights are those of `GRID` under which examples come out best from those of other lemmas."""
    known = [example for example in examples if example.form is not None]
    rules = RuleInflector(known)
    drawn = np.random.default_rng([seed, len(known)]).permutation(len(known))[:HELD_OUT]
    right = np.zeros(len(GRID))
    for place in drawn.tolist():
        right += rules.right_without_own_lemma(known[place], GRID)
    rules.weights = GRID[int(right.argmax())]
    return rules
