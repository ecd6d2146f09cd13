"""Where words meet: contractions (`fi il-` becomes `fil-`) and forms that depend on the next word (`il-` before d)."""

from __future__ import annotations

import re
from typing import Final

from lexaug.morphology.grammar import Grammar

_LONGEST: Final = 20
"""Words longer than this are not looked at."""


class Surface:
    """The contractions and sandhi of a grammar, ready for use."""

    def __init__(self, grammar: Grammar) -> None:
        self._contracted = {tuple(pair.split()): word for pair, word in grammar.contract.items()}
        self._firsts = frozenset(pair[0] for pair in self._contracted)
        self._sandhi = {
            word: [(re.compile(pattern), form) for pattern, form in rules] for word, rules in grammar.sandhi.items()
        }
        self.active = bool(self._contracted or self._sandhi)

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
        self._assimilate(target)
        return [(source, places[position]) for source, position in alignment]

    def _assimilate(self, target: list[str]) -> None:
        for index in range(len(target) - 1):
            for pattern, form in self._sandhi.get(target[index].lower(), ()):
                if pattern.search(target[index + 1].lower()):
                    target[index] = form if target[index].islower() else form[:1].upper() + form[1:]
                    break
