"""Made-up examples where real ones are few: random stems in real patterns (Anastasopoulos and Neubig 2019).

A stem is a run of letters that lemma and form share, each with its marks. What of it is replaced depends on what can be
learnt from it:

- Where a lemma stays whole in its form, features alone mostly decide what is put to it, and all of its letters go.
- Where a lemma changes, its letters may decide how: half of them go, and those next to a change stay, as there those at
  the ends of long runs.
- Where most lemmas of a language stay whole, features decide on the others' changes too, and all letters go.
- A letter that is doubled in the change stays (stop, stopping).
- With vowel harmony vowels stay: random ones would break it, and a backbone that knows it would unlearn it.

Letters come from the same places of other lemmas, so that words stay well written: capitals and independent vowel signs
where they begin, final letters where they end. A letter that ends the lemma and not the form, or the other way round,
has its other shape there.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np

from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.harmony import harmony, is_vowel
from lexaug.inflection.spelling import letters_of

HARMONIC = 0.1
"""From this `harmony` of the forms on, vowels stay."""
REGULAR = 0.75
"""From this share of examples whose lemma stays whole in the form on, features alone decide how words change."""
REPLACED = 0.5
"""Share of the letters of a stem that go where they may decide how the word changes."""
SHORTEST = 3
"""Letters that lemma and form share in a run, from which on the run counts as stem."""

FINAL = dict(zip("כמנפצσ", "ךםןףץς", strict=True))
"""Letters that have another shape at the end of a word."""
_INNER = {final: letter for letter, final in FINAL.items()}

Kind = tuple[bool, bool, bool]
"""Where a letter stands: whether it begins a word, whether it ends one, whether it is a capital."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """An example in letters, and those that can go: their places in lemma and form, and what can come instead.

    `shapes` tell for each of these places how letters are written in the form that are written otherwise in the lemma.
    """

    example: InflectionExample
    lemma: Sequence[str]
    form: Sequence[str]
    free: bool
    places: Sequence[tuple[int, int, Sequence[str]]]
    shapes: Mapping[int, Mapping[str, str]]

    def filled(self, random: np.random.Generator) -> InflectionExample:
        """Put random letters in the places: in all of them where the pattern is `free`, else in some, at least one."""
        lemma, form = list(self.lemma), list(self.form)
        going = [place for place in self.places if self.free or random.random() < REPLACED]
        for at, to, letters in going or [self.places[int(random.integers(len(self.places)))]]:
            lemma[at] = letter = letters[int(random.integers(len(letters)))]
            form[to] = self.shapes[to].get(letter[0], letter[0]) + letter[1:]
        word, made = _joined(lemma), _joined(form)
        return replace(self.example, lemma=word, form=made, raw=made, raw_lemma=word, line=0)


def hallucinate(examples: Sequence[InflectionExample], count: int, *, seed: int = 0) -> list[InflectionExample]:
    """Make examples whose stems are random letters of the language; none come back where no stem can be changed."""
    if not count:
        return []
    known = [example for example in examples if example.form]
    harmonic = harmony(dict.fromkeys(example.form or "" for example in known)) >= HARMONIC
    pools = _pools((example.lemma for example in known), but_vowels=harmonic)
    regular = sum(map(_stays_whole, known)) >= REGULAR * len(known)
    found = (_pattern(example, pools, free=regular or _stays_whole(example)) for example in known)
    patterns = [pattern for pattern in found if pattern.places]
    if not patterns:
        return []
    random = np.random.default_rng([seed, count])
    return [patterns[place].filled(random) for place in random.integers(0, len(patterns), count).tolist()]


def _joined(letters: Iterable[str]) -> str:
    return unicodedata.normalize("NFC", "".join(letters))


def _stays_whole(example: InflectionExample) -> bool:
    return example.lemma in (example.form or "")


def _kinds(letters: Sequence[str]) -> list[Kind]:
    words = [False, *(letter[0].isalpha() for letter in letters), False]
    ends = [(not before, not after) for before, after in zip(words, words[2:], strict=False)]
    return [(*end, letter[0].isupper()) for end, letter in zip(ends, letters, strict=True)]


def _pools(lemmas: Iterable[str], *, but_vowels: bool) -> dict[Kind, list[str]]:
    """Collect the letters of lemmas by where they stand."""
    pools: dict[Kind, set[str]] = defaultdict(set)
    for lemma in lemmas:
        letters = letters_of(lemma)
        for kind, letter in zip(_kinds(letters), letters, strict=True):
            if letter[0].isalpha() and not (but_vowels and is_vowel(letter)):
                pools[kind].add(letter)
    return {kind: sorted(pool) for kind, pool in pools.items()}


def _pattern(example: InflectionExample, pools: Mapping[Kind, Sequence[str]], *, free: bool) -> _Pattern:
    lemma, form = letters_of(example.lemma), letters_of(example.form or "")
    kinds, inflected = _kinds(lemma), _kinds(form)
    pairs = () if (example.form or "").count(example.lemma) > 1 else _stem(lemma, form, free=free)
    places, shapes = [], {}
    for at, to in pairs:
        pool = pools.get(kinds[at], ())
        if lemma[at] in pool and (others := [letter for letter in pool if letter != lemma[at]]):
            places.append((at, to, others))
            shapes[to] = _shapes(kinds[at], inflected[to])
    return _Pattern(example, lemma, form, free, places, shapes)


def _shapes(lemma: Kind, form: Kind) -> Mapping[str, str]:
    """Give what letters of the lemma become in the form where one of the two ends there and the other goes on."""
    (_, ends, _), (_, ends_too, _) = lemma, form
    return {} if ends == ends_too else FINAL if ends_too else _INNER


def _stem(lemma: Sequence[str], form: Sequence[str], *, free: bool) -> Iterator[tuple[int, int]]:
    """Give the places in lemma and form of the letters that may go."""
    for block in SequenceMatcher(None, lemma, form, autojunk=False).get_matching_blocks():
        start, place, size = block.a, block.b, block.size
        if size < SHORTEST:
            continue
        before = [*lemma[start - 1 : start], *form[place - 1 : place]]
        after = [*lemma[start + size :][:1], *form[place + size :][:1]]
        for offset in range(size):
            beside = (before if offset == 0 else []) + (after if offset == size - 1 else [])
            if not (lemma[start + offset] in beside if free else beside):
                yield start + offset, place + offset
