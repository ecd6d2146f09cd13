"""Word order: whole subtrees moved before or after their governor, where the grammar says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lexaug.morphology.grammar import Grammar
from lexaug.synthesis.clauses import end_clauses
from lexaug.synthesis.plan import Option
from lexaug.synthesis.reading import Reading

_KINDS: Final = {"amod": "adjective", "nummod": "numeral", "det": "demonstrative"}
_FIRST: Final = -1.0
_DEMONSTRATIVES: Final = frozenset(("this", "that"))
_STAYS_FIRST: Final = frozenset(("who", "which", "what", "that", "whoever", "whatever"))
"""Subjects that open their clause whatever the order of other subjects and verbs."""


def moves_anything(grammar: Grammar) -> bool:
    """Tell whether a grammar asks for any other order than the English one."""
    order = grammar.order
    stated = (order.adjective, order.genitive, order.possessive, order.demonstrative, order.numeral, order.verb)
    moved = any(entry.place or entry.phrase for entries in grammar.adpositions.values() for entry in entries)
    return moved or any(stated) or bool(grammar.question)


def lead(option: Option) -> int:
    """Count the pieces of a word that part from the others: particles and the first word after them."""
    particles = next((count for count, piece in enumerate(option) if piece.upos != "PART"), len(option))
    return min(particles + 1, len(option))


def arrange(reading: Reading, options: Sequence[Option]) -> list[int]:
    """Give the word indices in the target's order; crossing subtrees are made contiguous on the way.

    The complement of an index (`~index`) marks where the first pieces (`lead`) of a word go that is split.

    Args:
        reading: the sentence under its grammar.
        options: what each source word became.

    """
    heads = reading.sentence.heads
    children: list[list[int]] = [[] for _ in range(len(heads) + 1)]
    for index, head in enumerate(heads):
        children[head].append(index)
    keys = _moves(reading, options)
    own = _verb_places(reading, children, options, keys)
    if not keys and not own:
        return list(range(len(heads)))
    result: list[int] = []
    _emit(children[0], children, keys, own, result)
    last = len(heads) - 1
    if reading.sentence.upos[last] == "PUNCT" and result[-1] != last:
        result.remove(last)
        result.append(last)
    return result if sum(index >= 0 for index in result) == len(heads) else list(range(len(heads)))


def _moves(reading: Reading, options: Sequence[Option]) -> dict[int, float]:
    """Map the root of each subtree that moves to its new place among its governor's dependents."""
    sentence, order = reading.sentence, reading.grammar.order
    keys: dict[int, float] = {}
    for index, relation in enumerate(sentence.deprels):
        head = sentence.heads[index] - 1
        if relation == "case":
            entry = reading.adposition(index)
            if entry is not None and entry.place:
                keys[index] = head + 0.3 if entry.place == "after" else _FIRST
            if entry is not None and entry.phrase == "before" and sentence.deprels[head] == "nmod":
                keys[head] = min(head, sentence.heads[head] - 1.4)
        elif (place := _place(relation, sentence.upos[index], sentence.lemmas[index], order)) != "":
            keys[index] = min(index, head - 0.4) if place == "before" else max(index, head + 0.4)
            if place == "around" and len(options[index]) > 1:
                keys[~index] = min(index, head - 0.4)
    return keys


def _place(relation: str, upos: str, lemma: str, order: object) -> str:
    if relation == "nmod:poss":
        return str(getattr(order, "possessive" if upos == "PRON" else "genitive"))
    if relation == "det" and lemma not in _DEMONSTRATIVES:
        return ""
    return str(getattr(order, _KINDS[relation])) if relation in _KINDS else ""


def _verb_places(
    reading: Reading, children: list[list[int]], options: Sequence[Option], keys: dict[int, float]
) -> dict[int, float]:
    """Give verbs (the complement of those whose first words move) their own place among their dependents.

    Auxiliaries and copulas that move get their place in `keys`.
    """
    wanted, sentence = reading.grammar.order.verb, reading.sentence
    own: dict[int, float] = {}
    if not wanted:
        return _inverted(reading, options, keys)
    if wanted == "final":
        return end_clauses(reading, children, keys)
    for index, upos in enumerate(sentence.upos):
        copula = reading.links.copula.get(index)
        if upos != "VERB" and copula is None:
            continue
        if (subject := reading.links.subject.get(index, index)) < index:
            if sentence.lemmas[subject].lower() in _STAYS_FIRST:
                continue
            for count, part in enumerate(_front(reading, index, options, split=wanted == "split")):
                (own if part in (index, ~index) else keys)[part] = subject - 0.5 + count * 0.01
            if copula is not None and ~copula in keys:
                keys[copula] = max(subject + 0.5, copula)
    return own


def _inverted(reading: Reading, options: Sequence[Option], keys: dict[int, float]) -> dict[int, float]:
    """Put the first word of a question's predicate before its subject, where the language asks with a particle."""
    sentence = reading.sentence
    root = next((index for index, head in enumerate(sentence.heads) if head == 0), 0)
    subject = reading.links.subject.get(root)
    if subject is None or subject > root or sentence.upos[root] != "VERB" or not reading.asks(root):
        return {}
    first = next(iter(_front(reading, root, options, split=False)), root)
    if first == root:
        return {root: subject - 0.5}
    keys[first] = subject - 0.5
    return {}


def _front(reading: Reading, index: int, options: Sequence[Option], *, split: bool) -> list[int]:
    """Give what goes before the subject: the whole predicate, or (`split`) no more than its `lead`."""
    links = reading.links
    helpers = [*links.auxiliaries.get(index, ()), *((links.negation[index],) if index in links.negation else ())]
    main = links.copula.get(index, index)
    front: list[int] = []
    for part in (*sorted(helper for helper in helpers if helper < main), main):
        if not (option := options[part]):
            continue
        leading = lead(option) if split else len(option)
        front.append(part if leading == len(option) else ~part)
        if split and any(piece.upos != "PART" for piece in option):
            break
    return front


def _emit(
    roots: list[int], children: list[list[int]], keys: dict[int, float], own: dict[int, float], result: list[int]
) -> None:
    """Walk the tree without recursion, so that depth is no limit."""
    stack: list[tuple[int, bool]] = [(root, False) for root in reversed(roots)]
    while stack:
        index, plain = stack.pop()
        if plain or not children[index + 1]:
            result.append(index)
            continue
        keyed = [(keys.get(child, float(child)), child, False) for child in children[index + 1]]
        keyed += [(keys[~child], ~child, True) for child in children[index + 1] if ~child in keys]
        keyed.append((own.get(index, float(index)), index, True))
        if ~index in own:
            keyed.append((own[~index], ~index, True))
        keyed.sort(reverse=True)
        stack.extend((child, alone) for _, child, alone in keyed)
