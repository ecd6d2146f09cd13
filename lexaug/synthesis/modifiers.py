"""What stands with a noun and changes its form: a noun that possesses it, and words that follow it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lexaug.synthesis.reading import Reading


@dataclass(slots=True)
class Modifiers:
    """For the nouns of one sentence: who owns them, and which have a compound, or a modifier behind them."""

    owner: dict[int, int] = field(default_factory=dict)
    compound: set[int] = field(default_factory=set)
    followed: set[int] = field(default_factory=set)
    relative: set[int] = field(default_factory=set)


def modifiers(reading: Reading) -> Modifiers:
    """Collect them in one pass over the sentence."""
    found = Modifiers()
    sentence, order = reading.sentence, reading.grammar.order
    for index, relation in enumerate(sentence.deprels):
        head = sentence.heads[index] - 1
        if relation == "nmod:poss":
            _possessor(found, index, head, reading)
        elif relation == "nmod" and (place := _genitive(reading, index)):
            found.owner.setdefault(head, index)
            if place == "after":
                found.followed.add(head)
        elif relation == "amod" and (order.adjective == "after" or (index > head and not order.adjective)):
            found.followed.add(head)
        elif relation == "compound":
            found.compound.add(head)
        elif relation == "acl:relcl":
            found.relative.add(head)
    return found


def _possessor(found: Modifiers, index: int, head: int, reading: Reading) -> None:
    upos, order = reading.sentence.upos[index], reading.grammar.order
    if upos in ("NOUN", "PROPN") or index in reading.links.adposition:
        found.owner.setdefault(head, index)
    if (order.possessive if upos == "PRON" else order.genitive) == "after":
        found.followed.add(head)


def _genitive(reading: Reading, index: int) -> str:
    """Give where a phrase goes whose adposition becomes nothing but the case of possessors (`of`); "" for others."""
    adposition = reading.links.adposition.get(index)
    entry = reading.adposition(adposition) if adposition is not None else None
    if entry is None or entry.form or entry.case != reading.grammar.cases.get("nmod:poss"):
        return ""
    return entry.phrase or "after"
