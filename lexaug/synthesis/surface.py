"""Where words meet: contractions (`fi il-` becomes `fil-`), words that change after another, and before another."""

from __future__ import annotations

import re
from typing import Final

from lexaug.morphology.grammar import Grammar, Mutation
from lexaug.synthesis import ops

_LONGEST: Final = 20
"""Words longer than this are not looked at."""
_CHANGEABLE: Final = ops.INSERTED | {ops.GRAMMAR}
_AS_LISTED: Final = frozenset((ops.CELL, ops.NEAREST, ops.LEXICON))


class _Mutator:
    """One mutation, ready for use."""

    def __init__(self, mutation: Mutation) -> None:
        self._after = re.compile(mutation.after)
        self._tags = (mutation.after_upos, mutation.upos)
        self._rules = [(re.compile(pattern), text) for pattern, text in mutation.rules]

    def change(self, words: list[str], tags: list[str]) -> str:
        """Give what the second of two words becomes, "" where nothing changes."""
        if any(wanted and wanted != tag for wanted, tag in zip(self._tags, tags, strict=True)):
            return ""
        if not self._after.search(words[0].lower()):
            return ""
        word = words[1]
        for pattern, text in self._rules:
            if pattern.search(word.lower()):
                changed = pattern.sub(text, word.lower(), count=1)
                return changed if word.islower() else changed[:1].upper() + changed[1:]
        return ""


class Surface:
    """The contractions and sandhi of a grammar, ready for use."""

    def __init__(self, grammar: Grammar) -> None:
        self._contracted = {tuple(pair.split()): word for pair, word in grammar.contract.items()}
        self._firsts = frozenset(pair[0] for pair in self._contracted)
        self._sandhi = {
            word: [(re.compile(pattern), form) for pattern, form in rules] for word, rules in grammar.sandhi.items()
        }
        self._mutations = [_Mutator(mutation) for mutation in grammar.mutation]
        self.active = bool(self._contracted or self._sandhi or self._mutations)

    def apply(
        self, target: list[str], made: list[str], tags: list[str], alignment: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Change the target in place, with its ops and tags; give the alignment to the new positions.

        A contraction takes op and tag of its first word and is aligned to the sources of both.
        """
        places: list[int] = []
        kept = 0
        index = 0
        while index < len(target):
            word = target[index].lower() if len(target[index]) <= _LONGEST else ""
            joined = None
            if word in self._firsts and index + 1 < len(target):
                joined = self._contracted.get((word, target[index + 1].lower()))
            places += [kept] if joined is None else [kept, kept]
            target[kept], made[kept], tags[kept] = joined or target[index], made[index], tags[index]
            index += 1 if joined is None else 2
            kept += 1
        del target[kept:], made[kept:], tags[kept:]
        if self._mutations:
            self._mutate(target, made, tags)
        self._assimilate(target)
        return [(source, places[position]) for source, position in alignment]

    def _mutate(self, target: list[str], made: list[str], tags: list[str]) -> None:
        """Change words after others; one in exactly the wanted cell is then a table's form no more."""
        for index in range(1, len(target)):
            if made[index] not in _CHANGEABLE or len(target[index]) > _LONGEST:
                continue
            for mutator in self._mutations:
                changed = mutator.change(target[index - 1 : index + 1], tags[index - 1 : index + 1])
                if changed:
                    target[index] = changed
                    made[index] = ops.DERIVED if made[index] in _AS_LISTED else made[index]
                    break

    def _assimilate(self, target: list[str]) -> None:
        for index in range(len(target) - 1):
            for pattern, form in self._sandhi.get(target[index].lower(), ()):
                if pattern.search(target[index + 1].lower()):
                    target[index] = form if target[index].islower() else form[:1].upper() + form[1:]
                    break
