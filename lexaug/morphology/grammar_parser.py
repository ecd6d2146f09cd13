"""Reading the `[grammar]` table of a pack into a `Grammar`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

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
)
from lexaug.registry import unknown


def parse_grammar(table: Mapping[str, object], file: Path | str | None = None) -> Grammar:
    """Read the table; errors and arguments as in `Grammar.parse`."""
    return _Parser(file).grammar(table)


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

    def grammar(self, table: Mapping[str, object]) -> Grammar:
        names = [item.name for item in fields(Grammar) if item.init]
        for key in table:
            if key not in names:
                fault = unknown("key", f"grammar.{key}", [f"grammar.{name}" for name in names])
                raise self.fail(fault.message, fault.hint)
        values = {key: getattr(self, f"_{key}")(key, value) for key, value in table.items()}
        grammar = Grammar(**values)
        self._check_references(grammar)
        return grammar

    def fail(self, message: str, hint: str | None = None) -> ConfigError:
        return ConfigError(message, file=self.file, hint=hint)

    def mapping(self, key: str, value: object) -> Mapping[str, object]:
        if not isinstance(value, Mapping):
            raise self.fail(f"grammar.{key} is to be a table")
        return value

    def text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.fail(f"grammar.{key} is to be text")
        return value

    def texts(self, key: str, value: object) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [value]
        return tuple(self.text(key, item) for item in items)

    def rules(self, key: str, value: object) -> Rules:
        """One form, a list of alternatives, or a table from facts to either."""
        if not isinstance(value, Mapping):
            return Rules(((frozenset(), self.texts(key, value)),))
        items = [(frozenset(facts.split()), self.texts(f"{key}.{facts}", form)) for facts, form in value.items()]
        return Rules(tuple(sorted(items, key=_rank)))

    def predicate(self, key: str, value: object) -> Rules:
        """Rules of predicates; alternatives are single words, since the parts of a longer one stand apart."""
        rules = self.rules(key, value)
        for facts, alternatives in rules.items:
            if len(alternatives) > 1 and any(" + " in text for text in alternatives):
                raise self.fail(
                    f"grammar.{key}.{' '.join(sorted(facts))}: alternatives of several words",
                    "give the second way of saying it to the facts with `some`",
                )
        return rules

    def single(self, key: str, value: object) -> Rules:
        """Rules without alternatives."""
        rules = self.rules(key, value)
        if any(len(alternatives) > 1 for _, alternatives in rules.items):
            raise self.fail(f"grammar.{key}: alternatives where there can be one form", "leave one")
        return rules

    def share(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.fail(f"grammar.{key} is to be a number from 0 to 1")
        return float(value)

    def pairs(self, key: str, value: object) -> tuple[tuple[str, str], ...]:
        if not isinstance(value, list) or not all(isinstance(item, list) and len(item) == 2 for item in value):
            raise self.fail(f"grammar.{key} is to be a list of [pattern, replacement]")
        for pattern, _ in value:
            self.check_pattern(key, pattern)
        return tuple((item[0], self.text(key, item[1])) for item in value)

    def check_pattern(self, key: str, value: object) -> None:
        try:
            re.compile(self.text(key, value))
        except re.error as fault:
            raise self.fail(f"grammar.{key}: {value!r} is no regular expression: {fault}") from None

    def strings(self, key: str, value: object) -> dict[str, str]:
        return {name: self.text(f"{key}.{name}", item) for name, item in self.mapping(key, value).items()}

    def _shapes(self, key: str, value: object) -> dict[str, str]:
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
    _compound = _question = _gender = _noun_agreement = text

    def _concord(self, key: str, value: object) -> frozenset[str]:
        return frozenset(self.texts(key, value))

    _agreeing = _concord

    def _words(self, key: str, value: object) -> dict[str, Word]:
        found: dict[str, Word] = {}
        for upos, group in self.mapping(key, value).items():
            if upos not in UPOS and upos != "same":
                raise self.fail(
                    f"grammar.{key}.{upos}: no UPOS tag", "group words by the tag they get, or under `same`"
                )
            for lemma, form in self.mapping(f"{key}.{upos}", group).items():
                found[lemma] = Word("" if upos == "same" else upos, self.rules(f"{key}.{upos}.{lemma}", form))
        return found

    def _paradigms(self, key: str, value: object) -> dict[str, Word]:
        found = {}
        for name, table in self.mapping(key, value).items():
            forms = dict(self.mapping(f"{key}.{name}", table))
            upos = self.text(f"{key}.{name}.upos", forms.pop("upos", ""))
            found[name] = Word(upos, self.rules(f"{key}.{name}", forms))
        return found

    def _adpositions(self, key: str, value: object) -> dict[str, tuple[Adposition, ...]]:
        return {
            name: tuple(
                self._adposition(f"{key}.{name}", item) for item in (entry if isinstance(entry, list) else [entry])
            )
            for name, entry in self.mapping(key, value).items()
        }

    def _adposition(self, key: str, value: object) -> Adposition:
        if isinstance(value, str):
            return Adposition(case=value)
        return Adposition(**self._known(key, value, [item.name for item in fields(Adposition)]))

    def _known(self, key: str, value: object, names: list[str]) -> dict[str, str]:
        given = self.strings(key, value)
        for name in given:
            if name not in names:
                fault = unknown("key", f"grammar.{key}.{name}", [f"grammar.{key}.{known}" for known in names])
                raise self.fail(fault.message, fault.hint)
        return given

    def _cells(self, key: str, value: object) -> dict[str, Rules]:
        return {upos: self.single(f"{key}.{upos}", item) for upos, item in self.mapping(key, value).items()}

    def _sandhi(self, key: str, value: object) -> dict[str, tuple[tuple[str, str], ...]]:
        return {word: self.pairs(f"{key}.{word}", item) for word, item in self.mapping(key, value).items()}

    def _mutation(self, key: str, value: object) -> tuple[Mutation, ...]:
        if not isinstance(value, list):
            raise self.fail(f"grammar.{key} is to be a list of tables", "write [[grammar.mutation]]")
        return tuple(self._one_mutation(f"{key}.{number}", item) for number, item in enumerate(value, start=1))

    def _one_mutation(self, key: str, value: object) -> Mutation:
        given = dict(self.mapping(key, value))
        rules = self.pairs(f"{key}.rules", given.pop("rules", None))
        texts = self._known(key, given, ["after", "after_upos", "upos"])
        self.check_pattern(f"{key}.after", texts.get("after"))
        return Mutation(**texts, rules=rules)

    def _order(self, key: str, value: object) -> Order:
        given = self._known(key, value, [item.name for item in fields(Order)])
        for name, place in given.items():
            if place not in (allowed := _PLACES.get(name, ("before", "after"))):
                raise self.fail(f"grammar.order.{name}: {place!r} is no place", f"one of: {', '.join(allowed)}")
        return Order(**given)

    def _possession(self, key: str, value: object) -> Possession:
        given = self._known(key, value, [item.name for item in fields(Possession)])
        if not {"owner", "owned"} <= given.keys():
            raise self.fail("grammar.possession needs owner and owned")
        return Possession(**given)

    def _derive(self, key: str, value: object) -> tuple[Derivation, ...]:
        if not isinstance(value, list):
            raise self.fail(f"grammar.{key} is to be a list of tables", "write [[grammar.derive]]")
        return tuple(self._derivation(f"{key}.{number}", item) for number, item in enumerate(value, start=1))

    def _derivation(self, key: str, value: object) -> Derivation:
        given = self.mapping(key, value)
        if given.keys() != {"upos", "facts", "rules"}:
            raise self.fail(f"grammar.{key} needs upos, facts and rules")
        facts = frozenset(self.text(key, given["facts"]).split())
        return Derivation(self.text(key, given["upos"]), facts, self.pairs(key, given["rules"]))

    def _check_references(self, grammar: Grammar) -> None:
        holders = [grammar.verbs, grammar.copula, *(word.forms for word in grammar.words.values())]
        for rules in holders:
            for _, alternatives in rules.items:
                for text in alternatives:
                    self._check_reference(text, grammar)
        for entries in grammar.adpositions.values():
            for entry in entries:
                self._check_reference(entry.form, grammar)

    def _check_reference(self, text: str, grammar: Grammar) -> None:
        for element in text.split(" + "):
            if (
                element.startswith("@")
                and (name := element[1:].partition("/")[0].partition(";")[0]) not in grammar.paradigms
            ):
                fault = unknown("paradigm", name, grammar.paradigms)
                raise self.fail(fault.message, fault.hint)
