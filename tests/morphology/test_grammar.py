"""Grammars as data."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.errors import ConfigError
from lexaug.files import resource
from lexaug.lexicon import CitationRules
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.grammar import Adposition, Grammar, Rules

CODES = ["sme", "lug", "fao", "mlt", "cym", "swa", "amh", "kaz", "tgl", "san", "kmr", "quy"]
OWN = {"OBL", "CAUSV", "AGT"}
"""Tags outside the UniMorph schema: a case that only words of the grammar use, two tags of the Quechua table."""


def test_the_rule_with_most_facts_wins():
    rules = Grammar.parse({"verbs": {"": "a", "PST": "b", "PST neg": ["c", "d"]}}).verbs
    assert rules.pick({"PRS"}) == ("a",)
    assert rules.pick({"PST", "3"}) == ("b",)
    assert rules.pick({"neg", "PST"}) == ("c", "d")
    assert Rules().pick({"PST"}) == ()


@given(st.sets(st.sampled_from("abcd")))
def test_a_rule_needs_all_its_facts(facts):
    rules = Grammar.parse({"verbs": {"a b": "ab", "c": "c"}}).verbs
    assert (rules.pick(facts) == ("ab",)) == ({"a", "b"} <= facts)


def test_adpositions_are_cases_words_or_both():
    found = Grammar.parse(
        {"adpositions": {"in": "LOC", "on": ["LOC", {"case": "GEN", "form": "alde", "place": "after"}]}}
    )
    assert found.adpositions["in"] == (Adposition(case="LOC"),)
    assert found.adpositions["on"][1] == Adposition("GEN", "alde", "after")


def test_words_carry_the_tag_of_their_group():
    words = Grammar.parse({"words": {"same": {"the/DET": ""}, "CCONJ": {"and": "ja"}}}).words
    assert words["and"].upos == "CCONJ"
    assert words["the/DET"].forms.pick(set()) == ("",)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"adposition": {}}, "unknown key 'grammar.adposition'"),
        ({"verbs": 3}, "grammar.verbs is to be text"),
        ({"prodrop": 2}, "number from 0 to 1"),
        ({"words": {"NOUNS": {}}}, "no UPOS tag"),
        ({"order": {"verb": "last"}}, "'last' is no place"),
        ({"order": {"verbs": "first"}}, "unknown key"),
        ({"verbs": "@leat;PRS"}, "unknown paradigm 'leat'"),
        ({"question": "@ba"}, "unknown paradigm 'ba'"),
        ({"possession": {"owner": "LOC"}}, "owner and owned"),
        ({"derive": [{"upos": "VERB"}]}, "needs upos, facts and rules"),
        ({"sandhi": {"y": ["x"]}}, "list of [pattern, replacement]"),
        ({"derive": [{"upos": "VERB", "facts": "", "rules": [["(", ""]]}]}, "no regular expression"),
    ],
)
def test_faults_name_the_file_and_the_key(table, words):
    with pytest.raises(ConfigError) as caught:
        Grammar.parse(table, file="pack.toml")
    assert caught.value.file == "pack.toml"
    assert words in caught.value.message


@pytest.mark.parametrize("code", CODES)
def test_shipped_grammars_parse_and_ask_for_known_tags(code):
    described = tomllib.loads(resource(f"grammars/{code}.toml").read_text(encoding="utf-8"))
    grammar = Grammar.parse(described["grammar"], file=code)
    CitationRules.parse(described.get("citation", {}), file=code)
    assert described.keys() <= {"grammar", "citation"}
    cases = {*grammar.cases.values(), *(entry.case for found in grammar.adpositions.values() for entry in found)}
    assert not FeatureBundle.of(*cases - OWN).unknown()
    for rules in (grammar.verbs, *grammar.cells.values()):
        for _, alternatives in rules.items:
            for element in alternatives[0].split(" + "):
                cell = element.partition(">")[0]
                if cell[:1] in "VNA":
                    filled = ";".join(part for part in cell.split(";") if not part.startswith("{"))
                    assert FeatureBundle.parse(filled).unknown() <= OWN, cell
