"""Citation-form rules."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.errors import ConfigError
from lexaug.lexicon import CitationRules


def test_a_verb_loses_its_infinitive_prefix():
    luganda = CitationRules(by_pos={"VERB": CitationRules(strip_prefixes=("oku", "okw"))})
    assert luganda.candidates("okulya", "VERB") == ("okulya", "lya")
    assert luganda.candidates("okulya", "NOUN") == ("okulya",)


def test_rules_are_tried_alone_and_together():
    rules = CitationRules(strip_prefixes=("a-",), strip_suffixes=("y",), replace=(("á", "a"), ("k$", "g"), ("^m", "n")))
    assert rules.candidates("a-máky") == (
        "a-máky",
        "máky",
        "a-mák",
        "mák",
        "a-maky",
        "maky",
        "a-mak",
        "mak",
        "a-mág",
        "mág",
        "a-mag",
        "mag",
        "náky",
        "nák",
        "naky",
        "nak",
        "nág",
        "nag",
    )


def test_special_rules_come_before_the_general_ones():
    rules = CitationRules(strip_suffixes=("a",), by_pos={"VERB": CitationRules(strip_suffixes=("ta",))})
    assert rules.candidates("menta", "VERB") == ("menta", "men", "ment")


def test_a_form_is_never_used_up():
    assert CitationRules(strip_prefixes=("oku",)).candidates("oku") == ("oku",)


@given(st.text(max_size=6), st.lists(st.text(max_size=2), max_size=3), st.lists(st.text(max_size=2), max_size=3))
def test_the_form_comes_first_and_none_comes_twice(form, prefixes, suffixes):
    rules = CitationRules(strip_prefixes=tuple(prefixes), strip_suffixes=tuple(suffixes))
    found = rules.candidates(form)
    assert found[0] == form
    assert len(set(found)) == len(found)
    assert rules.candidates(form) == found


def test_rules_are_read_from_a_pack_and_compare_by_content():
    table = {"strip_prefixes": ["oku"], "replace": [["á", "a"]], "by_pos": {"NOUN": {"strip_suffixes": ["y"]}}}
    rules = CitationRules.parse(table)
    assert rules == CitationRules(
        strip_prefixes=("oku",), replace=(("á", "a"),), by_pos={"NOUN": CitationRules(strip_suffixes=("y",))}
    )
    rules.candidates("okulya")
    assert pickle.loads(pickle.dumps(rules)) == rules == CitationRules.parse(table)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"strip_prefix": ["oku"]}, "strip_prefix"),
        ({"strip_prefixes": "oku"}, "list of texts"),
        ({"strip_suffixes": [1]}, "list of texts"),
        ({"replace": "ab"}, "must be a list of pairs"),
        ({"replace": [["a"]]}, "pairs"),
        ({"replace": [["", "x"]]}, "pairs"),
        ({"by_pos": {"NOUN": {"x": []}}}, "'x'"),
        ({"by_pos": {"NOUN": {"by_pos": {}}}}, "'by_pos'"),
        ({"by_pos": ["NOUN"]}, "by_pos"),
        ({"by_pos": {"noun": {}}}, "noun"),
    ],
)
def test_misspelt_rules_are_said_with_the_file(table, words):
    with pytest.raises(ConfigError, match=words) as fault:
        CitationRules.parse(table, file="pack.toml")
    assert fault.value.file == "pack.toml"
