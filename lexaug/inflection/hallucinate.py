"""Made-up examples where real ones are few: random stems in real patterns (Anastasopoulos and Neubig 2019).

Unlike there, vowels stay in languages with vowel harmony: random ones would break the harmony of stem and ending, and a
backbone that knows it would unlearn it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np

from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.harmony import harmony, is_vowel

HARMONIC = 0.1
"""From this `harmony` of the forms on, vowels stay."""
SHORTEST = 3
"""Letters that lemma and form share in a run, from which on the run counts as stem."""


def hallucinate(examples: Sequence[InflectionExample], count: int, *, seed: int = 0) -> list[InflectionExample]:
    """Make examples whose stems are random letters of the language; none come back where no example has a stem."""
    usable = [example for example in examples if example.form is not None and _stems(example)]
    harmonic = harmony(dict.fromkeys(example.form or "" for example in usable)) >= HARMONIC
    found = {letter for example in usable for letter in example.lemma if letter.isalpha()}
    letters = sorted(letter for letter in found if not (harmonic and is_vowel(letter)))
    if not usable or not letters:
        return []
    random = np.random.default_rng([seed, count])
    drawn = random.integers(0, len(usable), count)
    return [_changed(usable[place], letters, random) for place in drawn.tolist()]


def _changed(example: InflectionExample, letters: Sequence[str], random: np.random.Generator) -> InflectionExample:
    lemma, form = list(example.lemma), list(example.form or "")
    for start, place, size in _stems(example):
        for offset in range(size):
            if lemma[start + offset] in letters:
                lemma[start + offset] = form[place + offset] = letters[int(random.integers(len(letters)))]
    made = "".join(form)
    return replace(example, lemma="".join(lemma), form=made, raw=made, line=0)


def _stems(example: InflectionExample) -> list[tuple[int, int, int]]:
    return list(_runs(example.lemma, example.form or ""))


def _runs(lemma: str, form: str) -> Iterator[tuple[int, int, int]]:
    for block in SequenceMatcher(None, lemma, form, autojunk=False).get_matching_blocks():
        if block.size >= SHORTEST:
            yield block.a, block.b, block.size
