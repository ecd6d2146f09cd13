"""What a pack says about its language's grammar, as data: closed-class words, cases, cells, order.

A word is described to the grammar by a set of *facts*: UniMorph tags in capitals (`PL`, `GEN`, `PST`) and marks in
small letters (`neg`, `attr`, `can`). A rule's key lists facts; of all rules whose facts hold, the one with most facts
wins, among equals one with a construction (`CONSTRUCTIONS`), then one with `neg`, then the first.
`docs/grammar.md` describes every table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lexaug.described import LineOf

CONSTRUCTIONS: Final = frozenset(("can", "may", "must", "should", "have", "exist", "PASS"))
"""Facts of a predicate that change its words: a rule that knows them beats one that negates, for `not` has a word."""

NOUN_MARKS: Final = frozenset(("followed", "relative"))
"""Marks that nouns have only for grammars whose cells of nouns mention them."""


def references(form: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List the paradigms that a form refers to (`@paradigm;fact;fact/UPOS`), each with the facts that it states."""
    for element in form.split(" + "):
        if element.startswith("@"):
            name, *facts = element[1:].partition("/")[0].split(";")
            yield name, tuple(facts)


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules from facts to alternatives, most specific first."""

    items: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = ()
    mentioned: frozenset[str] = field(init=False, compare=False)
    """All facts that occur in the rules."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "mentioned", frozenset().union(*(facts for facts, _ in self.items)))

    def __bool__(self) -> bool:
        return bool(self.items)

    def pick(self, facts: Set[str]) -> tuple[str, ...]:
        """Give the alternatives of the most specific rule whose facts all hold; none: an empty tuple."""
        found = self.match(facts)
        return found[1] if found is not None else ()

    def match(self, facts: Set[str]) -> tuple[frozenset[str], tuple[str, ...]] | None:
        """Give that rule itself."""
        return next((item for item in self.items if item[0] <= facts), None)


@dataclass(frozen=True, slots=True)
class Word:
    """A closed-class word: its UPOS ("" leaves the source word's) and its forms."""

    upos: str
    forms: Rules


@dataclass(frozen=True, slots=True)
class Adposition:
    """What an English adposition becomes: a case of its noun, a word of its own, or both.

    `form` may refer to a paradigm: the word then agrees with the noun that its phrase modifies. `place` says where it
    stands: "" as in English, "after" the noun, "before" its phrase. `phrase` "before" moves a noun's adpositional
    phrase before that noun (genitives).
    """

    case: str = ""
    form: str = ""
    place: str = ""
    phrase: str = ""
    upos: str = "ADP"


@dataclass(frozen=True, slots=True)
class Derivation:
    """Forms that the table lacks, made from a lemma by the first (regular expression, replacement) that matches."""

    upos: str
    facts: frozenset[str]
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change of a word by the word before it: (regular expression, replacement) pairs, the first that matches.

    `after` is a regular expression on the word before; `after_upos` and `upos` are the tags of the two ("" for any).
    """

    after: str
    rules: tuple[tuple[str, str], ...]
    after_upos: str = ""
    upos: str = ""


@dataclass(frozen=True, slots=True)
class Possession:
    """A verb of having said with another verb: case of the owner, case of the owned, who the verb agrees with."""

    owner: str
    owned: str
    agree: str = "owned"


@dataclass(frozen=True, slots=True)
class Order:
    """Where a dependent goes; "" leaves the English order.

    `negation` is the place of a word for `not` beside the finite verb, `modal` says whether modal auxiliaries stand
    before what else precedes a final verb, `head` the word of a noun phrase in the lexicon that inflects (`first` or
    `final`).
    """

    adjective: str = ""
    genitive: str = ""
    possessive: str = ""
    demonstrative: str = ""
    numeral: str = ""
    verb: str = ""
    negation: str = ""
    modal: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The `[grammar]` table of a pack; an empty one changes nothing but inflection.

    `cases` gives the case by dependency relation (`nsubj`, `obj`, `iobj`, `nmod:poss`, `obl`, ... and `predicate`,
    `default`); `cells` the wanted cell by UPOS; `verbs` and `copula` the words of a predicate; `shapes` a regular
    expression that citation forms of a UPOS match; `genders` one that nouns of a gender match; `concord` the English
    words that negate a predicate too; `agreeing` those that agree with the noun they modify; `noun_agreement` the
    number of a verb whose subject is a noun; `sandhi` replacements in a word before a following word, `mutation` those
    in a word after another.
    """

    words: Mapping[str, Word] = field(default_factory=dict)
    paradigms: Mapping[str, Word] = field(default_factory=dict)
    cases: Mapping[str, str] = field(default_factory=dict)
    adpositions: Mapping[str, tuple[Adposition, ...]] = field(default_factory=dict)
    cells: Mapping[str, Rules] = field(default_factory=dict)
    verbs: Rules = field(default_factory=Rules)
    copula: Rules = field(default_factory=Rules)
    possessors: Rules = field(default_factory=Rules)
    derive: tuple[Derivation, ...] = ()
    shapes: Mapping[str, str] = field(default_factory=dict)
    genders: Mapping[str, str] = field(default_factory=dict)
    sandhi: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    mutation: tuple[Mutation, ...] = ()
    order: Order = field(default_factory=Order)
    possession: Possession | None = None
    numeral: Mapping[str, str] = field(default_factory=dict)
    compound: str = ""
    question: str = ""
    gender: str = ""
    noun_agreement: str = ""
    concord: frozenset[str] = frozenset()
    agreeing: frozenset[str] = frozenset()
    contract: Mapping[str, str] = field(default_factory=dict)
    respell: tuple[tuple[str, str], ...] = ()
    prodrop: float = 0.0
    dual: float = 0.0
    noun_marks: frozenset[str] = field(init=False, compare=False)
    """Those of `NOUN_MARKS` that the grammar asks for."""

    def __post_init__(self) -> None:
        nouns = self.cells.get("NOUN", Rules())
        object.__setattr__(self, "noun_marks", NOUN_MARKS & nouns.mentioned)

    @classmethod
    def parse(
        cls, table: Mapping[str, object], *, file: Path | str | None = None, line: LineOf = lambda _: None
    ) -> Grammar:
        """Read the `[grammar]` table.

        Args:
            table: the table as TOML gives it.
            file: where it stands, for error messages.
            line: gives the line of a key in the file, by the path to it (`("grammar", "cases", "obj")`).

        Raises:
            ConfigError: a key is unknown, a value has the wrong type, or a paradigm that is referred to is missing.

        """
        from lexaug.morphology.grammar_parser import parse_grammar

        return parse_grammar(table, file, line)
