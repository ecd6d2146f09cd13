"""What is asked of every word of a sentence."""

from __future__ import annotations

from typing import Final

from lexaug.synthesis.facts import NO_FACTS, PERSONS, Asked, Facts
from lexaug.synthesis.predicates import Predicates
from lexaug.synthesis.reading import Reading

_NOUNS: Final = frozenset(("NOUN", "PROPN", "NUM", "SYM", "X"))
_QUESTIONS: Final = frozenset(("who", "what", "which", "whose", "whom"))
_DEGREES: Final = frozenset(("CMPR", "SPRL", "RL"))
_ABSORBED: Final[Facts] = (*NO_FACTS, "absorbed")
_OF_NO_PREDICATE: Final[Facts] = ("SG", "", "3", "", "", "", "advmod")
"""Facts of a `not` that negates no predicate (`not all`): where the word inflects, as if for a third person."""
_THIRD: Final = ("3", "", "")
_HELPING: Final = frozenset(("aux", "aux:pass", "cop"))


def ask(reading: Reading, predicates: Predicates, index: int) -> Asked:
    """Say what is asked of the word at an index."""
    sentence = reading.sentence
    upos = sentence.upos[index]
    lemma = sentence.lemmas[index].lower()
    if upos == "PUNCT":
        return Asked(lemma, upos, NO_FACTS)
    if upos in _NOUNS:
        return Asked(sentence.lemmas[index] if upos == "PROPN" else lemma, upos, _noun(reading, index))
    if upos == "VERB":
        return _predicate(predicates, index, lemma)
    if upos == "AUX":
        return _auxiliary(reading, predicates, index, lemma)
    if upos == "PRON":
        return Asked(lemma, upos, _pronoun(reading, index, lemma))
    if upos == "DET":
        return Asked(lemma, upos, _determiner(reading, index))
    if upos == "ADJ":
        return Asked(lemma, upos, _adjective(reading, index))
    if lemma == "not":
        return _negation(reading, predicates, index, upos)
    return Asked(lemma, upos, (*NO_FACTS, *_degree(reading, index), sentence.deprels[index].partition(":")[0]))


def _noun(reading: Reading, index: int) -> Facts:
    case, number = reading.case(index), reading.own_number(index)
    numeral = reading.links.numeral.get(index)
    grammar = reading.grammar
    if numeral is not None and grammar.numeral and reading.sentence.lemmas[numeral].lower() not in ("one", "1"):
        number = grammar.numeral.get("number", number)
        if case in grammar.numeral.get("of", case).split():
            case = grammar.numeral.get("case", case)
    relation = reading.sentence.deprels[index]
    if relation == "compound":
        return ("SG", grammar.cases.get("compound", case), "", "", "", "", "compound")
    marks: tuple[str, ...] = () if relation not in ("flat", "nummod") else (relation,)
    if grammar.noun_marks:
        marks += reading.marks(index)
    return (number, case, "", "", reading.definite(index), reading.possessor(index), *marks)


def _pronoun(reading: Reading, index: int, lemma: str) -> Facts:
    sentence = reading.sentence
    relation = sentence.deprels[index]
    head = sentence.heads[index] - 1
    if relation == "nmod:poss" and head >= 0 and lemma in PERSONS and reading.possessor(head):
        return _ABSORBED
    marks = [relation.partition(":")[0]]
    if relation == "nmod:poss":
        marks.append("poss")
    if lemma in _QUESTIONS or lemma == "that":
        relative = head >= 0 and sentence.deprels[head] == "acl:relcl"
        marks.append("rel" if relative else "ask" if lemma in _QUESTIONS else "dem")
    if lemma in reading.grammar.agreeing and (relation == "nmod:poss" or marks[-1] == "rel"):
        number, case, gender = _of_modified(reading, index)
        return (number, case, PERSONS.get(lemma, _THIRD)[0], gender, "", "", *marks)
    if lemma not in PERSONS:
        return (reading.number(index), reading.case(index), "3", "", "", "", *marks)
    return (reading.number(index), reading.case(index), PERSONS[lemma][0], PERSONS[lemma][2], "", "", *marks)


def _of_modified(reading: Reading, index: int) -> tuple[str, str, str]:
    """Give number, case and gender of a pronoun that agrees: with what is possessed, or with the antecedent."""
    head = reading.sentence.heads[index] - 1
    if reading.sentence.deprels[index] == "nmod:poss":
        number, case = _noun(reading, head)[:2]
        return number, case, reading.genders.get(head, "")
    antecedent = reading.sentence.heads[head] - 1
    return reading.number(antecedent), reading.case(index), reading.genders.get(antecedent, "")


def of_governor(reading: Reading, adposition: int) -> Facts:
    """Give the facts of an adposition that agrees: number and gender of the noun that its phrase modifies."""
    sentence = reading.sentence
    governor = sentence.heads[sentence.heads[adposition] - 1] - 1
    if governor < 0 or sentence.upos[governor] not in ("NOUN", "PROPN"):
        return NO_FACTS
    return (_noun(reading, governor)[0], "", "3", reading.genders.get(governor, ""), "", "")


def _determiner(reading: Reading, index: int) -> Facts:
    head = reading.sentence.heads[index] - 1
    relation = reading.sentence.deprels[index]
    if relation.startswith("det") and head >= 0:
        return (*_noun(reading, head)[:2], "", reading.genders.get(head, ""), reading.definite(head), "", "attr")
    return (reading.number(index), reading.case(index), "3", "", "", "", relation)


def _adjective(reading: Reading, index: int) -> Facts:
    sentence = reading.sentence
    relation = sentence.deprels[index]
    head = sentence.heads[index] - 1
    degree = _degree(reading, index)
    if relation == "amod" and head >= 0:
        gender = reading.genders.get(head, "")
        return (*_noun(reading, head)[:2], "", gender, reading.definite(head), "", "attr", *degree)
    subject = reading.links.subject.get(index)
    if subject is None and relation == "conj" and head >= 0:
        subject = reading.links.subject.get(head)
    number = reading.number(subject) if subject is not None else reading.own_number(index)
    gender = reading.genders.get(subject, "") if subject is not None else ""
    return (number, reading.case(index), "", gender, "", "", "pred", *degree)


def _degree(reading: Reading, index: int) -> tuple[str, ...]:
    return tuple(sorted(reading.sentence.bundles[index].tags & _DEGREES))


def _predicate(predicates: Predicates, index: int, lemma: str) -> Asked:
    group = predicates.group(index)
    return Asked(lemma, "VERB", predicates.facts(index), -1, group.slots, group.negation)


def _auxiliary(reading: Reading, predicates: Predicates, index: int, lemma: str) -> Asked:
    sentence = reading.sentence
    head = sentence.heads[index] - 1
    if head < 0 or sentence.deprels[index] not in _HELPING:
        return _predicate(predicates, index, lemma)
    group = predicates.group(head)
    if reading.links.copula.get(head) == index:
        return Asked("be", "AUX", predicates.facts(head), -1, group.slots, group.negation)
    return _member(reading, predicates, index, lemma)


def _member(reading: Reading, predicates: Predicates, index: int, lemma: str) -> Asked:
    """Ask for an auxiliary or `not`: the word of its predicate that it stands for, if it stands for one."""
    sentence = reading.sentence
    head = sentence.heads[index] - 1
    group = predicates.group(head)
    if index not in group.before:
        return Asked(lemma, "AUX", _ABSORBED)
    copula = reading.links.copula.get(head)
    governor, upos = ("be", "AUX") if copula is not None else (sentence.lemmas[head].lower(), "VERB")
    slot = group.before.index(index)
    return Asked(f"{lemma}\t{governor}", upos, predicates.facts(head), slot, group.slots, group.negation)


def _negation(reading: Reading, predicates: Predicates, index: int, upos: str) -> Asked:
    head = reading.sentence.heads[index] - 1
    if head >= 0 and predicates.negation(head) == index:
        return _member(reading, predicates, index, "not")
    return Asked("not", upos, _OF_NO_PREDICATE)
