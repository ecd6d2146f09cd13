"""From what is asked of a word to its plan: grammar words, lexicon translations, cells."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace
from typing import Final

from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.grammar import Grammar, Rules
from lexaug.morphology.table import ParadigmTable
from lexaug.synthesis import ops
from lexaug.synthesis.candidates import Candidate, Candidates
from lexaug.synthesis.facts import MODALS, SLOTS, Asked, Facts
from lexaug.synthesis.patterns import MODAL, NOT, find_pattern
from lexaug.synthesis.plan import DROPPED, Option, Piece, Plan, unite, weigh
from lexaug.synthesis.unlisted import Unlisted

_CELLS: Final = {
    "NOUN": Rules(((frozenset(), ("N;{number};{case};{definite};{possessor}",)),)),
    "PROPN": Rules(((frozenset(), ("lemma",)),)),
    "ADJ": Rules(((frozenset(), ("ADJ;{number};{case};{gender};{definite}",)),)),
}
_SUPPORT: Final = frozenset(("do", "be", "have", "will", "would", "shall", "not"))
_TAKEN_OVER: Final = {"PUNCT": ops.PUNCT, "SYM": ops.PUNCT, "NUM": ops.NUMBER, "PROPN": ops.NAME}
_FUNCTION: Final = frozenset(("ADP", "DET", "PART", "SCONJ", "AUX"))
"""Source words that a described language leaves out when it has no word for them."""
_OF_TABLE: Final = frozenset((ops.CELL, ops.LEXICON))
_NEGATED: Final = frozenset((ops.CELL, ops.DERIVED, ops.RULES, ops.MODEL, ops.RANDOM, ops.GRAMMAR))
_NEGATIONS: Final = frozenset(("not", "no"))
"""Source words that are never left out: copied where nothing translates them."""


class Realiser:
    """Makes the plan of anything asked, for one mode; plans are to be remembered by the caller."""

    def __init__(
        self, candidates: Candidates, table: ParadigmTable, grammar: Grammar, unlisted: Unlisted, *, mode: str
    ) -> None:
        self._candidates = candidates
        self._table = table
        self._grammar = grammar
        self._mode = mode
        self._unlisted = unlisted
        self._respell = [(re.compile(pattern), text) for pattern, text in grammar.respell]
        self._derive = [
            (item.upos, item.facts, [(re.compile(pattern), text) for pattern, text in item.rules])
            for item in grammar.derive
        ]

    def plan(self, asked: Asked) -> Plan:
        """Make the plan of one source word (its own token excepted: what is copied is filled in by the caller)."""
        if self._mode == "lexicon":
            return self._translate(asked, "lemma")
        if "absorbed" in asked.facts:
            return DROPPED
        if asked.slot >= 0:
            return self._auxiliary(asked)
        if (plan := self._closed(asked)) is not None:
            return plan
        if asked.upos == "VERB" or asked.upos == "AUX":
            return self._predicate(asked)
        return self._translate(asked, self._cell(asked.upos, asked.facts))

    def agreeing(self, form: str, upos: str, facts: Facts) -> Option:
        """Make an adposition that agrees with the noun that its phrase modifies."""
        return self._elements(form, Asked("", upos, facts), upos)

    def _closed(self, asked: Asked) -> Plan | None:
        words = self._grammar.words
        word = words.get(f"{asked.lemma}/{asked.upos}") or words.get(asked.lemma)
        found = word.forms.match(frozenset(asked.facts)) if word is not None else None
        if word is None or found is None or ("neg" in asked.facts and "neg" not in found[0]):
            return None
        options = [self._elements(text, asked, word.upos) for text in found[1]]
        return weigh(options, [1.0] * len(options))

    def _cell(self, upos: str, facts: Facts) -> str:
        rules = self._grammar.cells.get(upos) or _CELLS.get(upos)
        found = rules.pick(frozenset(facts)) if rules is not None else ()
        return found[0] if found else "lemma"

    def _auxiliary(self, asked: Asked) -> Plan:
        """Plan the word that stands for an auxiliary or a negation."""
        name, _, governor = asked.lemma.partition("\t")
        pattern = find_pattern(self._grammar, asked._replace(lemma=governor))
        if name == "not" and pattern.in_place:
            return self._negation(asked)
        if not self._grammar.verbs and name not in _SUPPORT:
            return self._translate(Asked(name, "AUX", asked.facts), "lemma")
        slot = pattern.slot(asked)
        if slot >= len(pattern.before):
            return DROPPED
        element = pattern.before[slot]
        if element == MODAL and name in MODALS:
            return self._translate(Asked(name, "AUX", asked.facts), "lemma")
        return Plan(((*self._elements(element, asked, "AUX"), *self._particle(asked, slot == 0)),))

    def _predicate(self, asked: Asked) -> Plan:
        pattern = find_pattern(self._grammar, asked)
        before = [piece for element in pattern.unplaced(asked) for piece in self._elements(element, asked, "AUX")]
        after = list(self._particle(asked, not pattern.before))
        for element in pattern.after:
            after += self._elements(element, asked, "PART" if element == NOT else "AUX")
        plans = [self._main(element, asked) for element in pattern.mains]
        plan = plans[0] if len(plans) == 1 else unite(plans)
        if asked.negation >= 0 and not (pattern.before or pattern.after or pattern.in_place):
            plan = Plan(tuple(self._kept_negative(option, asked) for option in plan.options), plan.bounds)
        if not before and not after:
            return plan
        return Plan(tuple((*before, *option, *after) for option in plan.options), plan.bounds)

    def _kept_negative(self, option: Option, asked: Asked) -> Option:
        """Add the word for `not` to a verb whose own form should negate, where it does not have that form."""
        if any(piece.op in _NEGATED for piece in option):
            return option
        return (*self._elements(NOT, asked, "PART"), *option)

    def _main(self, element: str, asked: Asked) -> Plan:
        if element.startswith(("@", "=", "~")) or not element:
            return Plan((self._elements(element, asked, ""),))
        cell, _, upos = element.partition("/")
        plan = self._translate(asked, cell)
        if not upos:
            return plan
        return Plan(tuple(tuple(replace(piece, upos=upos) for piece in option) for option in plan.options), plan.bounds)

    def _negation(self, asked: Asked) -> Plan:
        """Plan a word for `not`: the grammar's, else the lexicon's, else `not` itself; it is never left out."""
        asked = Asked("not", "PART", asked.facts)
        word = self._grammar.words.get("not/PART") or self._grammar.words.get("not")
        for text in word.forms.pick(frozenset(asked.facts)) if word is not None else ():
            if option := self._elements(text, asked, word.upos if word is not None else ""):
                return Plan((option,))
        return self._translate(asked, "lemma")

    def _particle(self, asked: Asked, finite: bool) -> Option:
        if not finite or not self._grammar.question or "question" not in asked.facts:
            return ()
        return self._elements(self._grammar.question, asked, "PART")

    def _elements(self, text: str, asked: Asked, upos: str) -> Option:
        return tuple(piece for part in text.split(" + ") if part for piece in self._element(part, asked, upos))

    def _element(self, text: str, asked: Asked, upos: str) -> Option:
        text, _, stated = text.partition("/")
        if text.startswith("@"):
            return self._from_paradigm(text[1:], asked, stated, upos)
        upos = stated or upos
        if text == NOT:
            return self._likeliest(self._negation(asked), upos)
        if text == MODAL:
            modal = next(mark for mark in asked.facts if mark in MODALS)
            return self._likeliest(self._translate(Asked(modal, "AUX", asked.facts), "lemma"), "AUX")
        if text.startswith("="):
            lemma, _, cell = text[1:].partition(";")
            pos = "N" if cell.startswith("N") else cell.partition(";")[0] or "V"
            found = Candidate((lemma,), 1.0, lemma if self._table.has(lemma, pos) else "", pos)
            piece = self._inflect(found, cell or "lemma", asked)[0]
            op = piece.op if piece.op == ops.RANDOM else ops.GRAMMAR
            return (Piece(piece.words, op, upos, piece.forms, piece.at),)
        return (Piece(tuple(text.removeprefix("~").split()), ops.GRAMMAR, upos),)

    def _likeliest(self, plan: Plan, upos: str) -> Option:
        """Give the option of most weight, tagged, for a place that has no source word of its own."""
        shares = plan.shares()
        option = plan.options[shares.index(max(shares))]
        return tuple(replace(piece, upos=piece.upos or upos) for piece in option)

    def _from_paradigm(self, text: str, asked: Asked, tagged: str, upos: str) -> Option:
        name, *stated = text.split(";")
        paradigm = self._grammar.paradigms[name]
        upos = tagged or paradigm.upos or upos
        if self._mode == "random-inflection":
            forms = dict.fromkeys(form for _, alternatives in paradigm.forms.items for form in alternatives if form)
            return (Piece((next(iter(forms)),), ops.RANDOM, upos, tuple(sorted(forms))),)
        wanted = frozenset(stated)
        facts = wanted | frozenset(asked.facts[: len(SLOTS)] if stated else asked.facts)
        exact = (forms for known, forms in paradigm.forms.items if wanted <= known <= facts)
        found = next(exact, ()) or paradigm.forms.pick(facts)
        if not found or not found[0]:
            return ()
        if len(found) > 1:
            return (Piece((found[0],), ops.GRAMMAR, upos, found),)
        return (Piece(tuple(found[0].split()), ops.GRAMMAR, upos),)

    def _translate(self, asked: Asked, cell: str) -> Plan:
        found = self._candidates.find(asked.lemma, asked.upos)
        if not found:
            return Plan((self._take_over(asked),))
        options = [self._inflect(candidate, cell, asked) for candidate in found]
        return weigh(options, [candidate.weight for candidate in found])

    def _take_over(self, asked: Asked) -> Option:
        op = _TAKEN_OVER.get(asked.upos, ops.COPIED)
        if asked.lemma in _NEGATIONS:
            return (Piece((asked.lemma,), ops.COPIED),)
        if asked.upos in _FUNCTION and self._mode != "lexicon" and self._grammar.words:
            return ()
        if asked.upos == "PROPN" and self._mode != "lexicon":
            ended = self._derived(Candidate((asked.lemma,), 1.0), frozenset(asked.facts), asked.upos)
            return (Piece((ended,) if ended else (), op),)
        return (Piece((), op),)

    def _inflect(self, candidate: Candidate, cell: str, asked: Asked) -> Option:
        """Put the word of a candidate that inflects into a cell; its other words stay as the lexicon has them."""
        words, at = candidate.words, candidate.at
        if self._mode == "lexicon":
            return (Piece(words, ops.LEXICON),)
        if self._mode == "random-inflection" and (forms := self._all_forms(candidate, asked.upos)):
            return (Piece(words, ops.RANDOM, "", tuple(map(self._spell, forms)), at),)
        form, op = self._form(candidate, cell, asked)
        if not form:
            return (Piece(words, ops.LEXICON),)
        inflected = Piece(tuple(self._spell(form).split()), op)
        if len(words) == 1:
            return (inflected,)
        pieces = (Piece(words[:at], ops.LEXICON), inflected, Piece(words[at + 1 :], ops.LEXICON))
        return tuple(piece for piece in pieces if piece.words)

    def _spell(self, form: str) -> str:
        """Write a table's form as running text does."""
        for pattern, replacement in self._respell:
            form = pattern.sub(replacement, form)
        return form

    def _all_forms(self, candidate: Candidate, upos: str) -> tuple[str, ...]:
        if candidate.lemma:
            paradigm = self._table.paradigm(candidate.lemma, candidate.table_pos)
            return tuple(sorted({form for found in paradigm.values() for form in found}))
        return self._unlisted.random_forms(candidate.stem, upos)

    def _form(self, candidate: Candidate, cell: str, asked: Asked) -> tuple[str, str]:
        """Give a candidate's form for a cell and its op; "" leaves the citation form."""
        cell, _, ending = cell.partition(">")
        form, op = self._bare_form(candidate, cell, asked)
        if ending:
            return (form or candidate.words[candidate.at]) + ending, ops.DERIVED if op in _OF_TABLE else op
        return form, op

    def _bare_form(self, candidate: Candidate, cell: str, asked: Asked) -> tuple[str, str]:
        if cell == "lemma":
            derived = self._derived(candidate, frozenset(asked.facts), asked.upos)
            return (derived, ops.DERIVED) if derived else ("", ops.LEXICON)
        wanted = FeatureBundle.parse(fill(cell, asked.facts))
        found = self._table.nearest(candidate.lemma, wanted) if candidate.lemma else None
        if found is not None and found.exact:
            return found.form, ops.CELL
        if derived := self._derived(candidate, wanted.tags | frozenset(asked.facts), asked.upos):
            return derived, ops.DERIVED
        if found is not None:
            return found.form, ops.NEAREST
        if self._mode == "morph" and (form := self._unlisted.form(candidate.stem, asked.upos, wanted)):
            return form, self._unlisted.op(asked.upos)
        return "", ops.LEXICON

    def _derived(self, candidate: Candidate, facts: Set[str], upos: str) -> str:
        lemma = candidate.words[candidate.at]
        for derived_upos, asked, rules in self._derive:
            if derived_upos != upos or not asked <= facts:
                continue
            for pattern, replacement in rules:
                if pattern.search(lemma):
                    return pattern.sub(replacement, lemma, count=1)
        return ""


def fill(cell: str, facts: Facts) -> str:
    """Put a word's facts into the placeholders of a cell (`N;{number};{case}`); empty ones vanish."""
    values = dict(zip(SLOTS, facts, strict=False))
    return ";".join(part for part in cell.format(**values).split(";") if part)
