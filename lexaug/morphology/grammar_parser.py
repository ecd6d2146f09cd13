"""Reading the `[grammar]` table of a pack into a `Grammar`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from lexaug.described import LineOf, Place
from lexaug.errors import ConfigError
from lexaug.lexicon.pos import UPOS
from lexaug.morphology.grammar import (
    CONSTRUCTIONS,
    Adposition,
    Derivation,
    Grammar,
    Mutation,
    Order,
    Possession,
    Rules,
    Word,
    references,
)
from lexaug.registry import unknown

_MANUAL: Final = "see docs/grammar.md"
_PATTERN: Final = "a character such as ( [ * + ? that means itself stands behind a backslash"
_DERIVE: Final = 'write upos = "VERB", facts = "PST" and rules = [["pattern", "replacement"]], and nothing else'


def parse_grammar(table: Mapping[str, object], file: Path | str | None, line: LineOf) -> Grammar:
    """Read the table; errors and arguments as in `Grammar.parse`."""
    paradigms = table.get("paradigms")
    return _Parser(file, line, frozenset(paradigms) if isinstance(paradigms, Mapping) else frozenset()).grammar(table)


_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "verb": ("first", "split", "final"),
    "demonstrative": ("before", "after", "around"),
    "head": ("first", "final"),
}
"""The places of `[grammar.order]` that are not only `before` and `after`."""


def _rank(rule: tuple[frozenset[str], tuple[str, ...]]) -> tuple[int, bool, bool]:
    facts = rule[0]
    return -len(facts), CONSTRUCTIONS.isdisjoint(facts), "neg" not in facts


@dataclass(frozen=True, slots=True)
class _Parser:
    file: Path | str | None
    line: LineOf
    paradigms: frozenset[str]
    """The names that `@…` may refer to."""

    def grammar(self, table: Mapping[str, object]) -> Grammar:
        names = [item.name for item in fields(Grammar) if item.init]
        for key in table:
            if key not in names:
                fault = unknown("key", f"grammar.{key}", [f"grammar.{name}" for name in names])
                raise self.fault((key,), fault.message, fault.hint)
        values = {key: getattr(self, f"_{key}")((key,), value) for key, value in table.items()}
        return Grammar(**values)

    def fault(self, key: Place, message: str, hint: str | None) -> ConfigError:
        return ConfigError(message, file=self.file, line=self.line(("grammar", *key)), hint=hint)

    def fail(self, key: Place, message: str, hint: str = _MANUAL) -> ConfigError:
        """Make the error of a key, named at the beginning."""
        return self.fault(key, f"{key_path(key)}{message}", hint)

    def mapping(self, key: Place, value: object) -> Mapping[str, object]:
        if not isinstance(value, Mapping):
            raise self.fail(key, " is to be a table")
        return value

    def text(self, key: Place, value: object) -> str:
        if not isinstance(value, str):
            raise self.fail(key, " is to be text")
        return value

    def texts(self, key: Place, value: object) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [value]
        return tuple(self.text(key, item) for item in items)

    def forms(self, key: Place, value: object) -> tuple[str, ...]:
        """Alternatives, whose `@…` name paradigms that there are."""
        found = self.texts(key, value)
        for text in found:
            self.check_references(key, text)
        return found

    def check_references(self, key: Place, text: str) -> None:
        for name, _ in references(text):
            if name not in self.paradigms:
                fault = unknown("paradigm", name, self.paradigms)
                raise self.fault(key, fault.message, fault.hint)

    def rules(self, key: Place, value: object) -> Rules:
        """One form, a list of alternatives, or a table from facts to either."""
        if not isinstance(value, Mapping):
            return Rules(((frozenset(), self.forms(key, value)),))
        items = [(frozenset(facts.split()), self.forms((*key, facts), form)) for facts, form in value.items()]
        return Rules(tuple(sorted(items, key=_rank)))

    def predicate(self, key: Place, value: object) -> Rules:
        """Rules of predicates; alternatives are single words, since the parts of a longer one stand apart."""
        rules = self.rules(key, value)
        for facts, alternatives in rules.items:
            if len(alternatives) > 1 and any(" + " in text for text in alternatives):
                raise self.fail(
                    key,
                    f".{' '.join(sorted(facts))}: alternatives of several words",
                    "give the second way of saying it to the facts with `some`",
                )
        return rules

    def single(self, key: Place, value: object) -> Rules:
        """Rules without alternatives."""
        rules = self.rules(key, value)
        if any(len(alternatives) > 1 for _, alternatives in rules.items):
            raise self.fail(key, ": alternatives where there can be one form", "leave one")
        return rules

    def share(self, key: Place, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.fail(key, " is to be a number from 0 to 1")
        return float(value)

    def pairs(self, key: Place, value: object) -> tuple[tuple[str, str], ...]:
        if not isinstance(value, list) or not all(isinstance(item, list) and len(item) == 2 for item in value):
            raise self.fail(key, " is to be a list of [pattern, replacement]")
        for pattern, replacement in value:
            self.check_pattern(key, pattern)
            self.check_replacement(key, pattern, self.text(key, replacement))
        return tuple((pattern, replacement) for pattern, replacement in value)

    def check_pattern(self, key: Place, value: object) -> None:
        try:
            re.compile(self.text(key, value))
        except re.error as fault:
            raise self.fail(key, f": {value!r} is no regular expression: {fault}", _PATTERN) from None

    def check_replacement(self, key: Place, pattern: str, replacement: str) -> None:
        try:
            re.sub(pattern, replacement, "")
        except (re.error, IndexError) as fault:
            message = f": {replacement!r} cannot replace {pattern!r}: {fault}"
            raise self.fail(key, message, r"\1 is the first group in parentheses") from None

    def strings(self, key: Place, value: object) -> dict[str, str]:
        return {name: self.text((*key, name), item) for name, item in self.mapping(key, value).items()}

    def _shapes(self, key: Place, value: object) -> dict[str, str]:
        shapes = self.strings(key, value)
        for pattern in shapes.values():
            self.check_pattern(key, pattern)
        return shapes

    _genders = _shapes
    _verbs = _copula = predicate
    _possessors = single
    _cases = _numeral = _contract = strings
    _respell = pairs
    _prodrop = _dual = share
    _compound = _gender = _noun_agreement = text

    def _question(self, key: Place, value: object) -> str:
        self.check_references(key, form := self.text(key, value))
        return form

    def _concord(self, key: Place, value: object) -> frozenset[str]:
        return frozenset(self.texts(key, value))

    _agreeing = _concord

    def _words(self, key: Place, value: object) -> dict[str, Word]:
        found: dict[str, Word] = {}
        for upos, group in self.mapping(key, value).items():
            if upos not in UPOS and upos != "same":
                raise self.fail((*key, upos), ": no UPOS tag", "group words by the tag they get, or under `same`")
            for lemma, form in self.mapping((*key, upos), group).items():
                found[lemma] = Word("" if upos == "same" else upos, self.rules((*key, upos, lemma), form))
        return found

    def _paradigms(self, key: Place, value: object) -> dict[str, Word]:
        found = {}
        for name, table in self.mapping(key, value).items():
            forms = dict(self.mapping((*key, name), table))
            upos = self.text((*key, name, "upos"), forms.pop("upos", ""))
            found[name] = Word(upos, self.rules((*key, name), forms))
        return found

    def _adpositions(self, key: Place, value: object) -> dict[str, tuple[Adposition, ...]]:
        return {
            name: tuple(
                self._adposition((*key, name), item) for item in (entry if isinstance(entry, list) else [entry])
            )
            for name, entry in self.mapping(key, value).items()
        }

    def _adposition(self, key: Place, value: object) -> Adposition:
        if isinstance(value, str):
            return Adposition(case=value)
        given = self._known(key, value, [item.name for item in fields(Adposition)])
        self.check_references((*key, "form"), given.get("form", ""))
        return Adposition(**given)

    def _known(self, key: Place, value: object, names: list[str]) -> dict[str, str]:
        given = self.strings(key, value)
        for name in given:
            if name not in names:
                table = key_path(key)
                fault = unknown("key", f"{table}.{name}", [f"{table}.{known}" for known in names])
                raise self.fault((*key, name), fault.message, fault.hint)
        return given

    def _cells(self, key: Place, value: object) -> dict[str, Rules]:
        return {upos: self.single((*key, upos), item) for upos, item in self.mapping(key, value).items()}

    def _sandhi(self, key: Place, value: object) -> dict[str, tuple[tuple[str, str], ...]]:
        return {word: self.pairs((*key, word), item) for word, item in self.mapping(key, value).items()}

    def _mutation(self, key: Place, value: object) -> tuple[Mutation, ...]:
        if not isinstance(value, list):
            raise self.fail(key, " is to be a list of tables", "write [[grammar.mutation]]")
        return tuple(self._one_mutation((*key, number), item) for number, item in enumerate(value))

    def _one_mutation(self, key: Place, value: object) -> Mutation:
        given = dict(self.mapping(key, value))
        rules = self.pairs((*key, "rules"), given.pop("rules", None))
        texts = self._known(key, given, ["after", "after_upos", "upos"])
        self.check_pattern((*key, "after"), texts.get("after"))
        return Mutation(**texts, rules=rules)

    def _order(self, key: Place, value: object) -> Order:
        given = self._known(key, value, [item.name for item in fields(Order)])
        for name, place in given.items():
            if place not in (allowed := _PLACES.get(name, ("before", "after"))):
                raise self.fail((*key, name), f": {place!r} is no place", f"one of: {', '.join(allowed)}")
        return Order(**given)

    def _possession(self, key: Place, value: object) -> Possession:
        given = self._known(key, value, [item.name for item in fields(Possession)])
        if not {"owner", "owned"} <= given.keys():
            raise self.fail(key, " needs owner and owned")
        return Possession(**given)

    def _derive(self, key: Place, value: object) -> tuple[Derivation, ...]:
        if not isinstance(value, list):
            raise self.fail(key, " is to be a list of tables", "write [[grammar.derive]]")
        return tuple(self._derivation((*key, number), item) for number, item in enumerate(value))

    def _derivation(self, key: Place, value: object) -> Derivation:
        given = self.mapping(key, value)
        if given.keys() != {"upos", "facts", "rules"}:
            raise self.fail(key, " needs upos, facts and rules", _DERIVE)
        facts = frozenset(self.text((*key, "facts"), given["facts"]).split())
        return Derivation(self.text((*key, "upos"), given["upos"]), facts, self.pairs((*key, "rules"), given["rules"]))


def key_path(key: Place) -> str:
    """Write the path of a key as messages do; tables of a list count from 1."""
    return ".".join(("grammar", *(str(part + 1 if isinstance(part, int) else part) for part in key)))
