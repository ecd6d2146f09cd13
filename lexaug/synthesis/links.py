"""Who depends on whom: the relations of one sentence that synthesis asks about, by governor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lexaug.synthesis.source import SourceSentence

_SINGLE: Final = {
    "nsubj": "subject",
    "nsubj:pass": "subject",
    "nsubj:outer": "subject",
    "csubj": "subject",
    "obj": "object",
    "nmod:poss": "possessor",
    "nummod": "numeral",
    "cop": "copula",
    "compound:prt": "particle",
    "case": "adposition",
    "det": "determiner",
    "mark": "marker",
    "cc": "coordinator",
    "obl:agent": "agent",
    "expl": "expletive",
}


@dataclass(slots=True)
class Links:
    """For each relation a map from a governor's index to its dependent's (the first one)."""

    subject: dict[int, int] = field(default_factory=dict)
    object: dict[int, int] = field(default_factory=dict)
    possessor: dict[int, int] = field(default_factory=dict)
    numeral: dict[int, int] = field(default_factory=dict)
    copula: dict[int, int] = field(default_factory=dict)
    particle: dict[int, int] = field(default_factory=dict)
    adposition: dict[int, int] = field(default_factory=dict)
    determiner: dict[int, int] = field(default_factory=dict)
    marker: dict[int, int] = field(default_factory=dict)
    coordinator: dict[int, int] = field(default_factory=dict)
    auxiliaries: dict[int, list[int]] = field(default_factory=dict)
    conjuncts: dict[int, list[int]] = field(default_factory=dict)
    fixed: dict[int, list[int]] = field(default_factory=dict)
    negation: dict[int, int] = field(default_factory=dict)
    agent: dict[int, int] = field(default_factory=dict)
    expletive: dict[int, int] = field(default_factory=dict)


def link(sentence: SourceSentence) -> Links:
    """Collect the relations of a sentence in one pass."""
    links = Links()
    single = {relation: getattr(links, name) for relation, name in _SINGLE.items()}
    heads, lemmas = sentence.heads, sentence.lemmas
    for index, relation in enumerate(sentence.deprels):
        head = heads[index] - 1
        if relation in single:
            single[relation].setdefault(head, index)
        elif relation == "aux" or relation == "aux:pass":
            links.auxiliaries.setdefault(head, []).append(index)
        elif relation == "conj":
            links.conjuncts.setdefault(head, []).append(index)
        elif relation == "fixed":
            links.fixed.setdefault(head, []).append(index)
        elif relation == "advmod" and lemmas[index].lower() == "not":
            links.negation.setdefault(head, index)
    return links
