"""Checking what a pack's `[grammar]` table says: tags and facts that nothing has, relations that no sentence has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lexaug.described import Description, read_description
from lexaug.morphology.grammar_parser import key_path
from lexaug.morphology.relations import RELATIONS
from lexaug.morphology.schema import schema
from lexaug.morphology.tags import atoms
from lexaug.pack.description import FILE_NAME
from lexaug.pack.grammar_tags import Named, asked_tags, stated_facts, wanted_tags
from lexaug.pack.pack import LanguagePack
from lexaug.pack.report import Finding, Severity
from lexaug.registry import suggest

ROLES = RELATIONS | {"predicate", "default"}
"""What `[grammar.cases]` may give a case."""

PREDICATES = frozenset(("PTCP", "GER"))
"""Facts of predicates in capitals that are no tags of the schema."""


def grammar_findings(pack: LanguagePack) -> Iterator[Finding]:
    """Find tags and facts that neither the schema nor a table nor the grammar has, and unknown relations."""
    text = read_description(pack.path / FILE_NAME)
    severity: Severity = "error" if pack.strict else "warning"
    for role in pack.grammar.cases:
        if role not in ROLES:
            near = suggest(role, sorted(ROLES))
            hint = f"did you mean {near!r}?" if near else "give a relation of Universal Dependencies"
            message = f"grammar.cases.{role}: no relation {role!r} in analysed English"
            yield _finding(text, severity, Named(("cases", role), role), message, hint)
    seen: set[str] = set()
    for named in _unknown_tags(pack):
        if named.tag not in seen:
            seen.add(named.tag)
            message = f"{key_path(named.place)}: the tag {named.tag!r} is neither in the schema nor in the tables"
            yield _finding(text, severity, named, message, _meant(named.tag))
    for paradigm, named in dict.fromkeys(stated_facts(pack.description.grammar)):
        forms = pack.description.grammar["paradigms"][paradigm].keys() - {"upos"}
        known = sorted({fact for facts in forms for fact in facts.split()})
        if named.tag not in known and not schema().knows(named.tag):
            message = f"{key_path(named.place)}: no form of grammar.paradigms.{paradigm} has {named.tag!r}"
            yield _finding(text, severity, named, message, _stated(named.tag, known))


def _unknown_tags(pack: LanguagePack) -> Iterator[Named]:
    described = pack.description.grammar
    wanted, asked = list(wanted_tags(described)), list(asked_tags(described))
    known = {tag for read in pack.read_tables for tag in read.reading.unknown_tags}
    yield from _outside(wanted, known | _atoms(asked))
    yield from _outside(asked, known | _atoms(wanted) | pack.grammar.genders.keys() | PREDICATES)


def _outside(tags: Iterable[Named], known: set[str]) -> Iterator[Named]:
    for named in tags:
        if not all(schema().knows(atom) or atom in known for atom in atoms(named.tag)):
            yield named


def _atoms(tags: Iterable[Named]) -> set[str]:
    return {atom for named in tags for atom in atoms(named.tag)}


def _stated(fact: str, known: Sequence[str]) -> str:
    if " " in fact:
        return f"facts stand apart by ';' and nothing else: {';'.join(fact.split())}"
    near = suggest(fact, known)
    return f"did you mean {near!r}?" if near else f"known: {', '.join(known)}"


def _meant(tag: str) -> str:
    near = " + ".join(schema().aliases.get(tag, ())) or suggest(tag, schema().tags)
    return f"did you mean {near!r}?" if near else "no word has it; see docs/grammar.md"


def _finding(text: Description, severity: Severity, named: Named, message: str, hint: str) -> Finding:
    return Finding(severity, message, FILE_NAME, text.line(("grammar", *named.place)), hint)
