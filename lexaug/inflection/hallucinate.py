"""Made-up examples where real ones are few: random stems in real patterns (Anastasopoulos and Neubig 2019).

What of a stem is random depends on what can be learnt from it:

- Where a lemma stays whole in its form, features alone decide what is put to it, and all of its letters may go.
- Where a lemma changes, its letters may decide how: as there, only half of them go, and those next to a change stay.
- Where nearly all lemmas of a language stay whole, features decide on the others' changes too, and all letters may go.
- With vowel harmony vowels stay: random ones would break it, and a backbone that knows it would unlearn it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np

from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.harmony import harmony, is_vowel

HARMONIC = 0.1
"""From this `harmony` of the forms on, vowels stay."""
REGULAR = 0.75
"""From this share of examples whose lemma stays whole in the form on, features alone decide how words change."""
RANDOM = 0.5
"""Share of the letters of a stem that go where they may decide how the word changes."""
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
    regular = sum(map(_stays_whole, usable)) >= REGULAR * len(usable)
    random = np.random.default_rng([seed, count])
    drawn = [usable[place] for place in random.integers(0, len(usable), count).tolist()]
    return [_changed(example, letters, random, free=regular or _stays_whole(example)) for example in drawn]


def _stays_whole(example: InflectionExample) -> bool:
    return example.lemma in (example.form or "")


def _changed(
    example: InflectionExample, letters: Sequence[str], random: np.random.Generator, *, free: bool
) -> InflectionExample:
    """Put random letters in the place of those of the stem: of all where it is `free`, else of some."""
    lemma, form = list(example.lemma), list(example.form or "")
    for start, place, size in _stems(example):
        at_front = free or start == place == 0
        at_back = free or (start + size == len(lemma) and place + size == len(form))
        for offset in range(0 if at_front else 1, size if at_back else size - 1):
            if lemma[start + offset] in letters and (free or random.random() < RANDOM):
                lemma[start + offset] = form[place + offset] = letters[int(random.integers(len(letters)))]
    made = "".join(form)
    return replace(example, lemma="".join(lemma), form=made, raw=made, line=0)


@lru_cache(maxsize=50_000)
def _stems(example: InflectionExample) -> tuple[tuple[int, int, int], ...]:
    """Give the runs of letters that lemma and form share: where each starts in both, and its length."""
    blocks = SequenceMatcher(None, example.lemma, example.form or "", autojunk=False).get_matching_blocks()
    return tuple((block.a, block.b, block.size) for block in blocks if block.size >= SHORTEST)
