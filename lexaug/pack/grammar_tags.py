"""What a `[grammar]` table names: tags that it wants of words or that its rules ask for, and facts of paradigms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lexaug.described import Place
from lexaug.morphology.grammar import references


class Named(NamedTuple):
    """A tag and the path of the key that names it."""

    place: Place
    tag: str


def wanted_tags(grammar: Mapping[str, Any]) -> Iterator[Named]:
    """List the tags of cases, cells, predicates and possessors."""
    for place, text in _wishes(grammar):
        for tag in text.split(";"):
            if tag and "{" not in tag:
                yield Named(place, tag)


def asked_tags(grammar: Mapping[str, Any]) -> Iterator[Named]:
    """List the tags among the facts of rules and derivations; marks in small letters are none."""
    for place, facts in _facts(grammar):
        yield from (Named(place, fact) for fact in facts.split() if not fact[0].islower())


def stated_facts(grammar: Mapping[str, Any]) -> Iterator[tuple[str, Named]]:
    """List the paradigm and each fact of what is written as `@paradigm;fact;fact`."""
    for place, text in _elements(grammar):
        for name, facts in references(text):
            yield from ((name, Named(place, fact)) for fact in facts)


def _wishes(grammar: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    for key in ("gender", "noun_agreement"):
        yield (key,), grammar.get(key, "")
    for key, names in (("possession", ("owner", "owned")), ("numeral", ("number", "case", "of"))):
        for name in names:
            yield (key, name), ";".join(grammar.get(key, {}).get(name, "").split())
    yield from ((("cases", name), case) for name, case in grammar.get("cases", {}).items())
    yield from ((place, entry.get("case", "")) for place, entry in _adpositions(grammar))
    yield from _forms(("possessors",), grammar.get("possessors", {}))
    for place, text in _elements(grammar):
        yield from _of_elements(place, text, plain=place[0] in ("cells", "verbs", "copula"))


def _adpositions(grammar: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, str]]]:
    for name, entry in grammar.get("adpositions", {}).items():
        for item in entry if isinstance(entry, list) else [entry]:
            yield ("adpositions", name), {"case": item} if isinstance(item, str) else item


def _of_elements(place: Place, text: str, *, plain: bool) -> Iterator[tuple[Place, str]]:
    """Give the cells in a form; `plain` says that what has no mark is a cell and no word."""
    for element in text.split(" + "):
        cell = element.partition("/")[0].partition(">")[0]
        if cell.startswith("="):
            yield place, cell.partition(";")[2]
        elif plain and cell != "lemma" and not cell.startswith(("@", "~")):
            yield place, cell


def _elements(grammar: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """List the forms of words that may have several elements."""
    yield ("question",), grammar.get("question", "")
    for place, entry in _adpositions(grammar):
        yield place, entry.get("form", "")
    for key in ("verbs", "copula"):
        yield from _forms((key,), grammar.get(key, {}))
    for key, groups in (("cells", {"": grammar.get("cells", {})}), ("words", grammar.get("words", {}))):
        for group, names in groups.items():
            for name, rules in names.items():
                yield from _forms((key, *filter(None, (group, name))), rules)


def _forms(place: Place, rules: Any) -> Iterator[tuple[Place, str]]:  # noqa: ANN401
    """List the forms of rules: of one, of a list of alternatives, or of a table from facts to either."""
    for key, form in rules.items() if isinstance(rules, Mapping) else ((None, rules),):
        for text in form if isinstance(form, list) else [form]:
            yield (place if key is None else (*place, key)), text


def _facts(grammar: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    tables: list[tuple[Place, Any]] = [((key,), grammar.get(key, {})) for key in ("verbs", "copula", "possessors")]
    tables += [((key, name), rules) for key in ("cells", "paradigms") for name, rules in grammar.get(key, {}).items()]
    for upos, words in grammar.get("words", {}).items():
        tables += [(("words", upos, lemma), rules) for lemma, rules in words.items()]
    for place, rules in tables:
        for facts in rules if isinstance(rules, Mapping) else ():
            if (place[0], facts) != ("paradigms", "upos"):
                yield (*place, facts), facts
    for number, entry in enumerate(grammar.get("derive", ())):
        yield ("derive", number, "facts"), entry["facts"]
