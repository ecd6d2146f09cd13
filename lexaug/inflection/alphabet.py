"""What the neural inflector reads and writes as numbers: characters, and the parts of feature bundles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lexaug.inflection.examples import InflectionExample
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.tags import parts

PAD, BEGIN, END, UNKNOWN = range(4)
"""Numbers that are no character; a character outside the alphabet reads as `UNKNOWN` and is written by copying."""
SPECIAL = 4
NO_VALUE, OTHER_VALUE = range(2)
"""Numbers that are no feature value: padding, and a value outside the alphabet. Nesting uses the same."""

LANGUAGE = "@"
"""Starts the value that names a language; no feature value starts so."""
ANY_LANGUAGE = LANGUAGE
"""Stands for a language that is not among those known."""

Part = tuple[str, str]
"""A value and what it is an argument of: `NOM(1,SG)` has ("NOM", ""), ("1", "NOM") and ("SG", "NOM")."""


@lru_cache(maxsize=50_000)
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
    def of(cls, examples: Iterable[InflectionExample], *, least: int = 1, languages: Iterable[str] = ()) -> Alphabet:
        """Gather what occurs in examples, characters in at least so many of them; codes of languages stay in order."""
        characters = Counter[str]()
        found: set[Part] = set()
        for example in examples:
            characters.update({*example.lemma, *(example.form or "")})
            found.update(bundle_parts(example.bundle))
        values, nests = ({part[place] for part in found} - {""} for place in (0, 1))
        tags = [ANY_LANGUAGE, *(LANGUAGE + code for code in languages)] if languages else []
        known = sorted(letter for letter, count in characters.items() if count >= least)
        return cls(tuple(known), (*sorted(values), *tags), tuple(sorted(nests)))

    @property
    def size(self) -> int:
        """Number of characters with the special ones."""
        return len(self.characters) + SPECIAL

    @property
    def multilingual(self) -> bool:
        """Whether a language is read as a part of each bundle."""
        return ANY_LANGUAGE in self._value

    @property
    def languages(self) -> list[str]:
        """ISO 639-3 codes of the languages that are told apart."""
        return [value.removeprefix(LANGUAGE) for value in self.values if value.startswith(LANGUAGE) and len(value) > 1]

    def number(self, value: str) -> int:
        """Give the number of a feature value or language."""
        return self._value.get(value, OTHER_VALUE)

    def read(
        self,
        lemma: str,
        bundle: FeatureBundle,
        form: str | None = None,
        *,
        language: str | None = None,
        hidden: str | None = None,
    ) -> Reading:
        """Turn an example into numbers; unknown characters of the form that the lemma lacks become `UNKNOWN`.

        `language` counts where the alphabet knows languages; the character `hidden` is read as if it was unknown.
        """
        strange = tuple(dict.fromkeys(letter for letter in lemma if letter not in self._character or letter == hidden))
        extended = {letter: self.size + place for place, letter in enumerate(strange)}
        found = bundle_parts(bundle)
        if self.multilingual:
            tag = LANGUAGE + (language or "")
            found = ((tag if tag in self._value else ANY_LANGUAGE, ""), *found)
        known = self._character
        copies = tuple([extended[letter] if letter in extended else known[letter] for letter in lemma])
        return Reading(
            lemma=tuple([number if number < self.size else UNKNOWN for number in copies]),
            copies=copies,
            values=tuple([self._value.get(value, OTHER_VALUE) for value, _ in found]),
            nests=tuple([self._nest.get(nest, OTHER_VALUE) if nest else NO_VALUE for _, nest in found]),
            form=() if form is None else (*[extended.get(x, known.get(x, UNKNOWN)) for x in form], END),
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
