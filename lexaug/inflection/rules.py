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
from functools import lru_cache
from itertools import takewhile

import numpy as np

from lexaug.inflection.change import Change, change_of
from lexaug.inflection.examples import InflectionExample
from lexaug.morphology.features import FeatureBundle

FOLDS = 5
"""Parts of the lemmas, each of which is left out once where weights are chosen."""
HELD_OUT = 2000
"""Examples, of lemmas left out, on which they are chosen, at most."""
NEAREST = 3
"""Cells that may stand for one that no example has."""
_ALIKE = 30
"""Cells with the fewest other tags, among which the nearest are looked for."""


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


class RuleInflector:
    """Inflects as the examples do.

    Args:
        examples: lemma, features and form; rows without a form are left aside.
        weights: how examples are weighed; see `fit_rules`.

    """

    def __init__(self, examples: Iterable[InflectionExample], weights: RuleWeights | None = None) -> None:
        self.weights = weights or RuleWeights()
        self._cells: dict[FeatureBundle, list[tuple[str, Change]]] = defaultdict(list)
        for example in examples:
            if example.form is not None:
                self._cells[example.bundle].append((example.lemma, change_of(example.lemma, example.form)))
        self._near = lru_cache(maxsize=10_000)(self._nearest)

    def knows(self, bundle: FeatureBundle) -> bool:
        """Tell whether some example has this cell."""
        return bundle in self._cells

    def weighed(self, weights: RuleWeights) -> RuleInflector:
        """Give the same rules with other weights."""
        other = RuleInflector((), weights)
        other._cells = self._cells
        return other

    def candidates(self, lemma: str, bundle: FeatureBundle) -> list[Candidate]:
        """Give the forms that examples vote for, best first; the lemma itself where none has a say.

        A cell without examples is filled like the nearest ones of its part of speech.
        """
        votes: dict[str, float] = defaultdict(float)
        for cell in (bundle,) if bundle in self._cells else self._near(bundle):
            for known, change in self._cells[cell]:
                if (form := change.apply(lemma)) is not None:
                    votes[form] += self._weight(lemma, known)
        if not votes:
            return [Candidate(lemma, 0.0)]
        total = sum(votes.values())
        ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
        return [Candidate(form, weight / total) for form, weight in ranked]

    def form(self, lemma: str, bundle: FeatureBundle) -> str:
        """Give the form with the most votes."""
        return self.candidates(lemma, bundle)[0].form

    def _weight(self, lemma: str, known: str) -> float:
        return float(
            self.weights.end ** _shared(lemma[::-1], known[::-1]) * self.weights.start ** _shared(lemma, known)
        )

    def _nearest(self, bundle: FeatureBundle) -> tuple[FeatureBundle, ...]:
        same = [cell for cell in self._cells if cell.pos == bundle.pos]
        alike = sorted(same, key=lambda cell: (len(cell.tags ^ bundle.tags), str(cell)))[:_ALIKE]
        return tuple(sorted(alike, key=lambda cell: (bundle.distance(cell), str(cell)))[:NEAREST])


def fit_rules(examples: Sequence[InflectionExample], *, seed: int = 0) -> RuleInflector:
    """Learn rules; the weights are those of `GRID` that do best on lemmas left out, every lemma once."""
    known = [example for example in examples if example.form is not None]
    lemmas = sorted({example.lemma for example in known})
    folds = np.random.default_rng([seed, len(lemmas)]).permutation(len(lemmas)) % FOLDS
    fold_of = dict(zip(lemmas, folds.tolist(), strict=True))
    right = dict.fromkeys(GRID, 0)
    for fold in range(FOLDS) if len(lemmas) >= FOLDS else ():
        held = [example for example in known if fold_of[example.lemma] == fold]
        rest = RuleInflector(example for example in known if fold_of[example.lemma] != fold)
        asked = [example for example in held[:: -(-FOLDS * len(held) // HELD_OUT) or 1] if rest.knows(example.bundle)]
        for weights in GRID:
            right[weights] += sum(rest.weighed(weights).form(e.lemma, e.bundle) == e.form for e in asked)
    return RuleInflector(known, max(right, key=right.__getitem__))


def _shared(left: str, right: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
