"""The words of a predicate: which rule says them, and where the word for `not` goes if that rule does not negate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lexaug.morphology.grammar import Grammar, Rules
from lexaug.synthesis.facts import MODALS, Asked

MODAL: Final = "!modal"
"""The element that stands for a modal which no rule has words for: the lexicon's translation."""
NOT: Final = "!not"
"""The element that stands for `not` where the rule does not negate."""
_STATED: Final = ("@", "=", "~")
"""How elements begin that the grammar states; the others are the translated word."""
_MODAL_MARKS: Final = frozenset(MODALS.values())
_TENSES: Final = frozenset(("PRS", "PST", "COND"))
_CELLS: Final = (
    ("PTCP PST", "V.PTCP;PST"),
    ("PTCP PRS", "V.PTCP;PRS"),
    ("PRS", "V;IND;PRS;{person};{number}"),
    ("PST", "V;IND;PST;{person};{number}"),
    ("FUT", "V;IND;FUT;{person};{number}"),
    ("COND", "V;COND;{person};{number}"),
    ("IMP", "V;IMP;2;{number}"),
    ("NFIN", "V;NFIN"),
    ("", "lemma"),
)
_UNDESCRIBED: Final = Rules(tuple((frozenset(facts.split()), (cell,)) for facts, cell in _CELLS))
"""Verbs of a language whose grammar says nothing about them."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """The elements of one predicate: before its main word, the alternatives for that word, and after it.

    `in_place` says that the word for `not` stands where English has it, apart from these elements.
    """

    before: tuple[str, ...]
    mains: tuple[str, ...]
    after: tuple[str, ...] = ()
    in_place: bool = False

    def slot(self, asked: Asked) -> int:
        """Give the element that an auxiliary stands for, not counting a `not` that stands apart."""
        return asked.slot - (self.in_place and asked.slot > asked.negation)

    def unplaced(self, asked: Asked) -> tuple[str, ...]:
        """Give the elements before the main word for which the source has no auxiliary."""
        return self.before[asked.slots - self.in_place :]


def find_pattern(grammar: Grammar, asked: Asked) -> Pattern:
    """Find the words of the predicate that is asked for, negated if it is."""
    copula = asked.upos == "AUX" or asked.lemma == "be"
    rules = (grammar.copula if copula else grammar.verbs) or _UNDESCRIBED
    facts = frozenset(asked.facts)
    known, alternatives = rules.match(facts) or (frozenset(), ("lemma",))
    modal = facts & _MODAL_MARKS
    unknown_modal = bool(modal) and not modal & known
    if unknown_modal:
        known, alternatives = rules.match((facts - modal - _TENSES) | {"NFIN"}) or (frozenset(), ("lemma",))
    before, main, after = _parts(alternatives[0].split(" + "))
    if unknown_modal and grammar.order.verb == "final" and grammar.order.modal != "before":
        after += (MODAL,)
    elif unknown_modal:
        before = (MODAL, *before)
    pattern = Pattern(before, (main, *alternatives[1:]), after)
    return pattern if asked.negation < 0 or "neg" in known else _negated(pattern, asked, grammar.order.negation)


def _parts(elements: list[str]) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Part the elements at the main word: the translated one, or where nothing is translated the last."""
    last = len(elements) - 1
    at = next((place for place in range(last, -1, -1) if not elements[place].startswith(_STATED)), last)
    return tuple(elements[:at]), elements[at], tuple(elements[at + 1 :])


def _negated(positive: Pattern, asked: Asked, place: str) -> Pattern:
    before, mains, after = positive.before, positive.mains, positive.after
    if place == "before":
        return Pattern((NOT, *before), mains, after)
    if place == "after":
        return Pattern((before[0], NOT, *before[1:]), mains, after) if before else Pattern((), mains, (*after, NOT))
    if asked.negation < asked.slots:
        return Pattern(before, mains, after, in_place=True)
    return Pattern(before, mains, (*after, NOT))
