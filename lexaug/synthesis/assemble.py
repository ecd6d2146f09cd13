"""From what each source word becomes to the pseudo-sentence, with alignment and provenance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lexaug.synthesis import ops
from lexaug.synthesis.example import PseudoExample
from lexaug.synthesis.order import lead
from lexaug.synthesis.plan import Option, Piece
from lexaug.synthesis.seeds import Purpose, draw
from lexaug.synthesis.source import SourceSentence
from lexaug.synthesis.surface import Surface

Bound = dict[int, tuple[int, ...]]
"""For a word that stands for several source words (a phrase, a compound): all their indices."""


class Made(NamedTuple):
    """What a sentence becomes: per source word its pieces, their order (`arrange`), and who speaks for several."""

    options: list[Option]
    order: Sequence[int]
    bound: Bound

    @property
    def split(self) -> frozenset[int]:
        """Words whose first pieces stand elsewhere in the order, as the complement of their index."""
        return frozenset(place for place in self.order if place < 0)


def join_compounds(sentence: SourceSentence, options: list[Option]) -> Bound:
    """Join a noun with the noun it modifies where both are single translated words; gives the indices joined."""
    bound: Bound = {}
    for index in range(len(options) - 1):
        if sentence.deprels[index] != "compound" or sentence.heads[index] != index + 2:
            continue
        left, right = options[index], options[index + 1]
        if sentence.upos[index] == sentence.upos[index + 1] == "NOUN" and _simple(left) and _simple(right):
            first, second = left[0], right[0]
            start = first.words[0]
            forms = tuple(start + form for form in second.forms)
            op = ops.DERIVED if second.op == ops.CELL else second.op
            options[index + 1] = (Piece((start + second.words[0],), op, second.upos, forms),)
            options[index] = ()
            bound[index + 1] = (*bound.pop(index, (index,)), index + 1)
    return bound


def _simple(option: Option) -> bool:
    return len(option) == 1 and len(option[0].words) == 1 and option[0].op in ops.INSERTED


def assemble(
    sentence: SourceSentence, name: str, made: Made, state: int, coverage: float, surface: Surface
) -> PseudoExample:
    """Put the pieces of a sentence in a row; `state` draws among alternative forms, `surface` has the last word."""
    target: list[str] = []
    alignment: list[tuple[int, int]] = []
    given: list[str] = []
    tags: list[str] = []
    tokens, upos, bound = sentence.tokens, sentence.upos, made.bound
    split = made.split
    for place in made.order:
        index = place if place >= 0 else ~place
        option = made.options[index]
        if place < 0:
            option = option[: lead(option)]
        elif ~place in split:
            option = option[lead(option) :]
        for piece in option:
            for word in _words(piece, tokens[index], upos[index], state, index):
                if index in bound:
                    alignment.extend((source, len(target)) for source in bound[index])
                else:
                    alignment.append((index, len(target)))
                target.append(word)
                given.append(piece.op)
                tags.append(piece.upos or upos[index])
    if surface.active:
        alignment = surface.apply(target, given, tags, alignment)
    if target and tokens[0][:1].isupper() and target[0][:1].islower():
        target[0] = target[0][0].upper() + target[0][1:]
    return PseudoExample(name, tokens, tuple(target), tuple(alignment), tuple(given), tuple(tags), coverage)


def _words(piece: Piece, token: str, upos: str, state: int, index: int) -> tuple[str, ...]:
    words = piece.words
    if not words:
        return (token,)
    if piece.forms:
        form = piece.forms[int(draw(state, Purpose.CELL, index) * len(piece.forms))]
        words = (*words[: piece.at], *form.split(), *words[piece.at + 1 :])
    if upos == "PROPN" and token[:1].isupper():
        words = tuple(word[:1].upper() + word[1:] for word in words)
    if len(token) > 1 and piece.op != ops.NAME and token.isupper():
        return tuple(word.upper() for word in words)
    return words
