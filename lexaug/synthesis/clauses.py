"""Clauses that end in their predicate: main verbs, copulas and auxiliaries behind everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lexaug.synthesis.facts import MODALS
from lexaug.synthesis.reading import Reading

_STAYS_LAST: Final = frozenset(
    ("punct", "conj", "ccomp", "advcl", "parataxis", "cc", "list", "appos", "acl", "discourse")
)
"""Dependents that stand where English has them, behind the verb too."""
_OF_CLAUSE: Final = frozenset(("obl", "advmod", "obj", "iobj", "nsubj", "csubj", "xcomp", "expl", "mark"))
"""Dependents of a predicative noun or adjective that belong to its clause."""
_OF_PHRASE: Final = frozenset(("det", "amod", "nummod", "nmod", "compound", "case", "advmod", "flat", "fixed"))
"""What stands in one phrase with a predicative noun or adjective."""
_OF_PREDICATE: Final = frozenset(("aux", "cop"))
_MODAL: Final = MODALS.keys() | {"will", "would", "shall", "wo"}
_STEP: Final = 0.001
"""Between words that move to one place in their order; a sentence has fewer than 300 of them."""


def end_clauses(reading: Reading, children: Sequence[Sequence[int]], keys: dict[int, float]) -> dict[int, float]:
    """Give main verbs their place among their dependents, in clauses that end in the verb.

    Everything else that moves gets its place in `keys`: copulas and auxiliaries, and what follows a predicative noun
    or adjective in English.

    Args:
        reading: the sentence under its grammar.
        children: dependents by the number of their governor (0 is the root).
        keys: places of dependents that have moved already.

    """
    own: dict[int, float] = {}
    for index, upos in enumerate(reading.sentence.upos):
        copula = reading.links.copula.get(index)
        if upos == "VERB":
            end = _end_of_clause(reading, children[index + 1], index)
            if end > index:
                own[index] = end
                _keep_behind(reading, [child for child in children[index + 1] if index < child < end], end, keys)
            if copula is None:
                _gather(reading, index, end - 0.4, keys)
        elif copula is not None:
            _put_before(reading, children[index + 1], index, keys)
            _gather(reading, index, _end_of_phrase(reading, children[index + 1], index, keys) + 0.02, keys)
    return own


def _end_of_clause(reading: Reading, dependents: Sequence[int], verb: int) -> float:
    """Give a place behind the dependents of a verb, auxiliaries and what stays behind it excepted."""
    fixed = _STAYS_LAST | _OF_PREDICATE
    last = next((child for child in reversed(dependents) if _relation(reading, child) not in fixed), verb)
    return last + 0.5 if last > verb else float(verb)


def _keep_behind(reading: Reading, dependents: Sequence[int], end: float, keys: dict[int, float]) -> None:
    """Let further verbs of a coordination follow the first to where it goes."""
    place = end
    for child in dependents:
        if _relation(reading, child) in ("cc", "conj"):
            keys[child] = place = place + _STEP


def _gather(reading: Reading, index: int, place: float, keys: dict[int, float]) -> None:
    """Put the auxiliaries, the `not` and the copula of a predicate side by side, in order of the sentence."""
    links = reading.links
    stays = reading.grammar.order.modal == "before"
    parts = [*links.auxiliaries.get(index, ()), links.negation.get(index, -1), links.copula.get(index, -1)]
    for part in sorted(part for part in parts if part >= 0):
        if stays and reading.sentence.lemmas[part].lower() in _MODAL:
            keys[part] = max(float(part), links.subject.get(index, -1) + 0.5)
        else:
            keys[part] = place = place + _STEP


def _put_before(reading: Reading, dependents: Sequence[int], index: int, keys: dict[int, float]) -> None:
    """Move what follows a predicative noun or adjective before its phrase."""
    place = _start_of_phrase(reading, dependents, index) - 0.5
    for child in dependents:
        if child > index and _relation(reading, child) in _OF_CLAUSE and child != reading.links.negation.get(index):
            keys[child] = place = place + _STEP


def _start_of_phrase(reading: Reading, dependents: Sequence[int], index: int) -> int:
    start = index
    for child in reversed([child for child in dependents if child < index]):
        relation = _relation(reading, child)
        if relation in _OF_PREDICATE or child == reading.links.negation.get(index):
            continue
        if relation not in _OF_PHRASE:
            break
        start = child
    return start


def _end_of_phrase(reading: Reading, dependents: Sequence[int], index: int, keys: dict[int, float]) -> float:
    return max((float(index), *_behind(reading, dependents, index, keys)))


def _behind(reading: Reading, dependents: Sequence[int], index: int, keys: dict[int, float]) -> Iterator[float]:
    """Give the places of what belongs to a predicative phrase behind its head, further such phrases included."""
    upos, links = reading.sentence.upos, reading.links
    for child in dependents:
        relation = _relation(reading, child)
        if relation == "conj":
            if upos[child] == upos[index] and child not in links.copula and child not in links.subject:
                yield float(child)
        elif relation in _OF_PHRASE and child != links.negation.get(index):
            yield keys.get(child, float(child))


def _relation(reading: Reading, index: int) -> str:
    return reading.sentence.deprels[index].partition(":")[0]
