"""Verbs and copulas in their sentence: tense, mood, aspect, polarity, and the subject they agree with."""

from __future__ import annotations

from typing import Final, NamedTuple

from lexaug.synthesis.facts import MODALS, PERSONS, Facts
from lexaug.synthesis.reading import Reading
from lexaug.synthesis.seeds import Purpose, draw

_FINITE: Final = frozenset(("PRS", "PST", "IMP", "FUT", "COND"))
_SOME: Final = 1 / 3
"""Share of predicates that have the mark `some`, by which a grammar gives a second way of saying the same."""
_DEEPEST: Final = 20
_NOTHING: Final[frozenset[int]] = frozenset()


class Group(NamedTuple):
    """What stands before the main word of a predicate, in order of the sentence, and the position of `not` among it.

    `do` is left out where `not` follows it. `negation` is -1 without a `not`, the length where it stands elsewhere.
    """

    before: list[int]
    negation: int

    @property
    def slots(self) -> int:
        """How many words stand before the main word."""
        return len(self.before)


_ALONE: Final = Group([], -1)


class Predicates:
    """The predicates of one sentence."""

    __slots__ = ("_concord", "_facts", "_reading", "_some")

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._some = "some" in reading.grammar.verbs.mentioned
        self._concord = _concord(reading)
        self._facts: dict[int, Facts] = {}

    def facts(self, index: int, depth: int = 0) -> Facts:
        """Give the facts of the predicate headed by a word: agreement in the slots; tense, mood, polarity as marks."""
        if (known := self._facts.get(index)) is None:
            known = self._facts[index] = self._describe(index, depth)
        return known

    def negation(self, index: int) -> int | None:
        """Give the `not` of the predicate headed by a word; None also where the word heads no predicate."""
        links = self._reading.links
        found = links.negation.get(index)
        if found is None or index in links.copula or self._reading.sentence.upos[index] in ("VERB", "AUX"):
            return found
        return None

    def group(self, index: int) -> Group:
        """Give the auxiliaries and the `not` that stand before the main word of a predicate."""
        links = self._reading.links
        auxiliaries = links.auxiliaries.get(index)
        negation = self.negation(index)
        if auxiliaries is None and negation is None:
            return _ALONE
        main = links.copula.get(index, index)
        before = [member for member in auxiliaries or () if member < main]
        if negation is None:
            return Group(before, -1)
        if negation - 1 in before and self._reading.sentence.lemmas[negation - 1].lower() == "do":
            before.remove(negation - 1)
        if negation > main:
            return Group(before, len(before))
        before = sorted((*before, negation))
        return Group(before, before.index(negation))

    def _describe(self, index: int, depth: int) -> Facts:
        tense = self._tense(index, depth)
        number, person, gender = self._agreement(index, depth, tense)
        marks = [mark for mark in tense if mark != "PASS"] if self._reading.impersonal else [*tense]
        if self.negation(index) is not None:
            marks.append("neg")
        elif index in self._concord:
            marks += ("neg", "concord")
        if self._reading.has(index):
            marks.append("have")
        marks += self._of_copula(index)
        if tense[0] in ("GER", "PTCP"):
            marks.append(self._reading.sentence.deprels[index].partition(":")[0])
        if self._some and draw(self._reading.state, Purpose.WORD, index) < _SOME:
            marks.append("some")
        if self._reading.asks(index):
            marks.append("question")
        return (number, "", person, gender, "", "", *marks)

    def _tense(self, index: int, depth: int) -> list[str]:
        reading = self._reading
        auxiliaries = reading.links.auxiliaries.get(index)
        if auxiliaries:
            return self._with_auxiliaries(index, auxiliaries)
        copula = reading.links.copula.get(index)
        own = _form(reading.sentence.bundles[index if copula is None else copula].tags)
        if own[0] == "NFIN" and copula is None:
            return self._bare(index, depth, own)
        return own

    def _bare(self, index: int, depth: int, own: list[str]) -> list[str]:
        """Let a second conjunct share the auxiliaries of the first (`will eat and drink`)."""
        reading = self._reading
        sentence = reading.sentence
        if sentence.deprels[index] != "conj" or index in reading.links.marker or depth > _DEEPEST:
            return own
        head = sentence.heads[index] - 1
        if head in reading.links.auxiliaries:
            return [
                mark
                for mark in self.facts(head, depth + 1)[6:]
                if mark not in ("neg", "have", "place", "question", "some")
            ]
        return own

    def _with_auxiliaries(self, index: int, auxiliaries: list[int]) -> list[str]:
        sentence = self._reading.sentence
        marks: list[str] = []
        tense = ""
        for auxiliary in auxiliaries:
            lemma = sentence.lemmas[auxiliary].lower()
            own = _form(sentence.bundles[auxiliary].tags)[0]
            if lemma in ("will", "shall", "wo"):
                tense = tense or "FUT"
            elif lemma == "would":
                tense = tense or "COND"
            elif lemma in MODALS:
                tense = tense or ("COND" if lemma in ("could", "might") else "PRS")
                marks.append(MODALS[lemma])
            else:
                tense = tense or (own if own in _FINITE else "")
                marks += _aspect(lemma, sentence.deprels[auxiliary], own)
        copula = self._reading.links.copula.get(index)
        if not tense:
            tense = _form(sentence.bundles[index if copula is None else copula].tags)[0]
        return [tense, *marks]

    def _of_copula(self, index: int) -> list[str]:
        """Say what `be` does: place something, say which it is (not what it is like), or that there is something."""
        links, sentence = self._reading.links, self._reading.sentence
        if index not in links.copula:
            expletive = links.expletive.get(index)
            return ["exist"] if expletive is not None and sentence.lemmas[expletive].lower() == "there" else []
        if index in links.adposition or sentence.upos[index] == "ADV":
            return ["place"]
        return ["identity"] if self._identifies(index) else []

    def _identifies(self, index: int) -> bool:
        """Tell whether a copula says who or which the subject is, not what it is like."""
        reading = self._reading
        if "identity" not in reading.grammar.copula.mentioned:
            return False
        return reading.sentence.upos[index] in ("PROPN", "PRON") or reading.definite(index) == "DEF"

    def _agreement(self, index: int, depth: int, tense: list[str]) -> tuple[str, str, str]:
        reading = self._reading
        if tense[0] == "IMP":
            return reading.number_of_addressee(), "2", ""
        subject = self.subject(index, depth)
        if "PASS" in tense and reading.impersonal:
            subject = reading.links.agent.get(index)
            if subject is None:
                return "PL", "3", ""
        if subject is None:
            return "SG", "3", reading.grammar.gender
        number, person, gender = reading.number(subject), reading.person(subject), reading.gender(subject)
        if reading.grammar.noun_agreement and reading.sentence.lemmas[subject].lower() not in PERSONS:
            number = reading.grammar.noun_agreement
        if number == "SG" and person == "3" and gender in ("", "NEUT"):
            gender = reading.grammar.gender or gender
        return number, person, gender

    def subject(self, index: int, depth: int = 0) -> int | None:
        """Give the word that a predicate agrees with."""
        reading = self._reading
        if reading.possesses(index) and reading.grammar.possession and reading.grammar.possession.agree == "owned":
            return reading.links.object[index]
        found = reading.links.subject.get(index)
        sentence = reading.sentence
        head = sentence.heads[index] - 1
        if found is not None:
            relative = sentence.deprels[index] == "acl:relcl" and head >= 0 and sentence.upos[found] == "PRON"
            return head if relative and sentence.lemmas[found] in ("who", "which", "that") else found
        if sentence.deprels[index] in ("conj", "xcomp", "advcl") and head >= 0 and depth < _DEEPEST:
            return self.subject(head, depth + 1)
        return None


def _concord(reading: Reading) -> frozenset[int]:
    """Give the predicates that a negative word negates too (`nobody` in `ii oktage`), where the language does so."""
    words, sentence = reading.grammar.concord, reading.sentence
    if words.isdisjoint(sentence.lemmas):
        return _NOTHING
    found = set()
    for index, lemma in enumerate(sentence.lemmas):
        head = sentence.heads[index] - 1
        if lemma not in words or head < 0 or sentence.upos[index] == "INTJ":
            continue
        if sentence.deprels[index] == "det" and head not in reading.links.copula:
            head = sentence.heads[head] - 1
        found.add(head)
    return frozenset(found)


def _aspect(lemma: str, relation: str, own: str) -> list[str]:
    if relation == "aux:pass":
        return ["PASS"]
    if lemma == "have":
        return ["PRF"]
    return ["PROG"] if lemma == "be" else []


def _form(tags: frozenset[str]) -> list[str]:
    """Give the form of an English verb: finite tense, imperative, infinitive, participle or gerund."""
    if "IMP" in tags:
        return ["IMP"]
    if "NFIN" in tags:
        return ["NFIN"]
    if "V.MSDR" in tags or "V.CVB" in tags:
        return ["GER"]
    if "V.PTCP" in tags:
        return ["PTCP", "PST" if "PST" in tags else "PRS"]
    if "PST" in tags:
        return ["PST"]
    return ["PRS"]
