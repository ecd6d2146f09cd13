"""Word order: whole subtrees moved before or after their governor, where the grammar says so."""

from __future__ import annotations

from typing import Final

from lexaug.morphology.grammar import Grammar
from lexaug.synthesis.reading import Reading

_KINDS: Final = {"amod": "adjective", "nummod": "numeral", "det": "demonstrative"}
_STAYS_LAST: Final = frozenset(
    ("punct", "conj", "ccomp", "advcl", "parataxis", "cc", "list", "appos", "acl", "discourse")
)
_DEMONSTRATIVES: Final = frozenset(("this", "that"))


def moves_anything(grammar: Grammar) -> bool:
    """Tell whether a grammar asks for any other order than the English one."""
    order = grammar.order
    stated = (order.adjective, order.genitive, order.possessive, order.demonstrative, order.numeral, order.verb)
    moved = any(entry.place or entry.phrase for entries in grammar.adpositions.values() for entry in entries)
    return moved or any(stated) or bool(grammar.question)


def arrange(reading: Reading) -> list[int]:
    """Give the word indices in the target's order; crossing subtrees are made contiguous on the way."""
    heads = reading.sentence.heads
    children: list[list[int]] = [[] for _ in range(len(heads) + 1)]
    for index, head in enumerate(heads):
        children[head].append(index)
    moved = _moves(reading)
    verbs = _verb_places(reading, children)
    if not moved and not verbs:
        return list(range(len(heads)))
    result: list[int] = []
    _emit(children[0], children, moved, verbs, result)
    return result if len(result) == len(heads) else list(range(len(heads)))


def _moves(reading: Reading) -> dict[int, str]:
    """Map the root of each subtree that moves to `before` or `after` (its governor) or `after noun` (adpositions)."""
    sentence, order = reading.sentence, reading.grammar.order
    moved: dict[int, str] = {}
    for index, relation in enumerate(sentence.deprels):
        if relation == "case":
            head = sentence.heads[index] - 1
            entry = reading.adposition(index)
            if entry is not None and entry.place == "after":
                moved[index] = "after noun"
            if entry is not None and entry.phrase == "before" and sentence.deprels[head] == "nmod":
                moved[head] = "before"
        elif (place := _place(relation, sentence.upos[index], sentence.lemmas[index], order)) != "":
            moved[index] = place
    return moved


def _place(relation: str, upos: str, lemma: str, order: object) -> str:
    if relation == "nmod:poss":
        return str(getattr(order, "possessive" if upos == "PRON" else "genitive"))
    if relation == "det" and lemma not in _DEMONSTRATIVES:
        return ""
    return str(getattr(order, _KINDS[relation])) if relation in _KINDS else ""


def _verb_places(reading: Reading, children: list[list[int]]) -> dict[int, float]:
    """Give verbs (and copulas' predicates) that move a new place among their dependents."""
    wanted = reading.grammar.order.verb
    sentence = reading.sentence
    places: dict[int, float] = {}
    if not wanted:
        root = next((index for index, head in enumerate(sentence.heads) if head == 0), 0)
        subject = reading.links.subject.get(root)
        if subject is not None and subject < root and sentence.upos[root] == "VERB" and reading.asks(root):
            places[root] = subject - 0.5
        return places
    for index, upos in enumerate(sentence.upos):
        if upos != "VERB":
            continue
        own = [child for child in children[index + 1] if sentence.deprels[child] not in _STAYS_LAST]
        if wanted == "final" and own and own[-1] > index:
            places[index] = own[-1] + 0.5
        elif wanted == "first" and (subject := reading.links.subject.get(index)) is not None and subject < index:
            places[index] = subject - 0.5
    return places


def _emit(
    roots: list[int], children: list[list[int]], moved: dict[int, str], verbs: dict[int, float], result: list[int]
) -> None:
    """Walk the tree without recursion, so that depth is no limit."""
    stack: list[tuple[int, bool]] = [(root, False) for root in reversed(roots)]
    while stack:
        index, plain = stack.pop()
        if plain or not children[index + 1]:
            result.append(index)
            continue
        keyed = [(verbs.get(index, float(index)), index, True)]
        for child in children[index + 1]:
            keyed.append((_key(child, index, moved.get(child), verbs), child, False))
        keyed.sort(reverse=True)
        stack.extend((child, own) for _, child, own in keyed)


def _key(child: int, governor: int, place: str | None, verbs: dict[int, float]) -> float:
    if place == "before":
        return min(child, governor - 0.4)
    if place == "after":
        return max(child, governor + 0.4)
    return governor + 0.3 if place == "after noun" else float(child)
