"""What the neural inflector reads and writes as numbers: characters, and the parts of feature bundles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lexaug.inflection.examples import InflectionExample
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.tags import parts

PAD, BEGIN, END, UNKNOWN = range(4)
"""Numbers that are no character; a character outside the alphabet reads as `UNKNOWN` and is written by copying."""
SPECIAL = 4
NO_VALUE, OTHER_VALUE = range(2)
"""Numbers that are no feature value: padding, and a value outside the alphabet. Nesting uses the same."""

Part = tuple[str, str]
"""A value and what it is an argument of: `NOM(1,SG)` has ("NOM", ""), ("1", "NOM") and ("SG", "NOM")."""


def bundle_parts(bundle: FeatureBundle) -> tuple[Part, ...]:
    """Split a bundle into its values with their nesting, in the bundle's order."""
    return tuple(part for tag in str(bundle).split(";") if tag for part in _parts(tag, ""))


def _parts(tag: str, inside: str) -> Iterator[Part]:
    head, arguments = parts(tag)
    yield head, inside
    for argument in arguments:
        yield from _parts(argument, head)


@dataclass(frozen=True, slots=True)
class Reading:
    """An example as numbers.

    `lemma` are characters as the model knows them, `copies` the same with each unknown one numbered apart, from the
    alphabet's size on; `values` and `nests` are the feature parts; `form` is the wanted form in the numbers of
    `copies`, with `END`, or empty; `strange` are the lemma's unknown characters, in the order of their numbers.
    """

    lemma: tuple[int, ...]
    copies: tuple[int, ...]
    values: tuple[int, ...]
    nests: tuple[int, ...]
    form: tuple[int, ...]
    strange: tuple[str, ...]


@dataclass(frozen=True)
class Alphabet:
    """Characters, feature values, and what values are nested in; their numbers follow the special ones."""

    characters: tuple[str, ...]
    values: tuple[str, ...]
    nests: tuple[str, ...]

    @classmethod
    def of(cls, examples: Iterable[InflectionExample]) -> Alphabet:
        """Gather what occurs in examples."""
        characters: set[str] = set()
        found: set[Part] = set()
        for example in examples:
            characters.update(example.lemma, example.form or "")
            found.update(bundle_parts(example.bundle))
        values, nests = ({part[place] for part in found} - {""} for place in (0, 1))
        return cls(tuple(sorted(characters)), tuple(sorted(values)), tuple(sorted(nests)))

    @property
    def size(self) -> int:
        """Number of characters with the special ones."""
        return len(self.characters) + SPECIAL

    def read(self, lemma: str, bundle: FeatureBundle, form: str | None = None) -> Reading:
        """Turn an example into numbers; unknown characters of the form that the lemma lacks become `UNKNOWN`."""
        strange = tuple(dict.fromkeys(letter for letter in lemma if letter not in self._character))
        extended = {**self._character, **{letter: self.size + place for place, letter in enumerate(strange)}}
        found = bundle_parts(bundle)
        return Reading(
            lemma=tuple(self._character.get(letter, UNKNOWN) for letter in lemma),
            copies=tuple(extended[letter] for letter in lemma),
            values=tuple(self._value.get(value, OTHER_VALUE) for value, _ in found),
            nests=tuple(self._nest.get(nest, OTHER_VALUE) if nest else NO_VALUE for _, nest in found),
            form=() if form is None else (*(extended.get(letter, UNKNOWN) for letter in form), END),
            strange=strange,
        )

    def write(self, numbers: Sequence[int], strange: Sequence[str]) -> str:
        """Turn numbers into text, up to `END`; what is no character is left out."""
        letters = []
        for number in numbers:
            if number == END:
                break
            if number >= self.size:
                letters.append(strange[number - self.size])
            elif number >= SPECIAL:
                letters.append(self.characters[number - SPECIAL])
        return "".join(letters)

    @cached_property
    def _character(self) -> Mapping[str, int]:
        return {letter: number for number, letter in enumerate(self.characters, start=SPECIAL)}

    @cached_property
    def _value(self) -> Mapping[str, int]:
        return {value: number for number, value in enumerate(self.values, start=2)}

    @cached_property
    def _nest(self) -> Mapping[str, int]:
        return {nest: number for number, nest in enumerate(self.nests, start=2)}
