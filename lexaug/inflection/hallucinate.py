"""Made-up examples where real ones are few: random stems in real patterns (Anastasopoulos and Neubig 2019)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np

from lexaug.inflection.examples import InflectionExample

SHORTEST = 3
"""Letters that lemma and form share in a run, from which on the run counts as stem."""


def hallucinate(examples: Sequence[InflectionExample], count: int, *, seed: int = 0) -> list[InflectionExample]:
    """Make examples whose stems are random letters of the language; fewer come back where no example has a stem."""
    usable = [example for example in examples if example.form is not None and _stems(example)]
    letters = sorted({letter for example in usable for letter in example.lemma if letter.isalpha()})
    if not usable or not letters:
        return []
    random = np.random.default_rng([seed, count])
    drawn = random.integers(0, len(usable), count)
    return [_changed(usable[place], letters, random) for place in drawn.tolist()]


def _changed(example: InflectionExample, letters: Sequence[str], random: np.random.Generator) -> InflectionExample:
    lemma, form = list(example.lemma), list(example.form or "")
    for start, place, size in _stems(example):
        for offset in range(size):
            if lemma[start + offset].isalpha():
                lemma[start + offset] = form[place + offset] = letters[int(random.integers(len(letters)))]
    made = "".join(form)
    return replace(example, lemma="".join(lemma), form=made, raw=made, line=0)


def _stems(example: InflectionExample) -> list[tuple[int, int, int]]:
    return list(_runs(example.lemma, example.form or ""))


def _runs(lemma: str, form: str) -> Iterator[tuple[int, int, int]]:
    for block in SequenceMatcher(None, lemma, form, autojunk=False).get_matching_blocks():
        if block.size >= SHORTEST:
            yield block.a, block.b, block.size
