"""Look-up, phrases, merging, coverage, fingerprint."""

import pickle
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.errors import ConfigError
from lexaug.lexicon import Lexicon, LexiconEntry, Origin


def lexicon(*rows: tuple) -> Lexicon:
    return Lexicon("eng", "swa", [LexiconEntry(*row) for row in rows])


def targets(entries) -> list[str]:
    return [entry.target for entry in entries]


HOUSE = lexicon(
    ("house", "weka", "VERB"),
    ("house", "jengo", "", 0.5),
    ("house", "nyumba", "NOUN", 2.0),
    ("house", "kaya", "NOUN", 3.0),
    ("House", "Bunge", "PROPN"),
)


@pytest.mark.parametrize(
    ("source", "pos", "found"),
    [
        ("house", "NOUN", ["kaya", "nyumba", "jengo"]),
        ("house", "VERB", ["weka", "jengo"]),
        ("house", "ADJ", ["jengo"]),
        ("house", "", ["kaya", "nyumba", "weka", "jengo"]),
        ("House", "PROPN", ["Bunge"]),
        ("House", "NOUN", ["Bunge"]),
        ("HOUSE", "NOUN", ["kaya", "nyumba", "jengo"]),
        ("horse", "NOUN", []),
    ],
)
def test_the_part_of_speech_comes_first_then_what_has_none(source, pos, found):
    assert targets(HOUSE.lookup(source, pos)) == found
    assert targets(HOUSE.lookup(source, pos)) == found, "the remembered answer is the same"


def test_other_parts_of_speech_come_only_where_there_is_nothing_else():
    assert targets(lexicon(("run", "mbio", "NOUN")).lookup("run", "VERB")) == ["mbio"]


def test_an_auxiliary_may_stand_as_a_verb():
    be = lexicon(("be", "x", ""), ("be", "kuwa", "VERB"), ("be", "y", "NOUN"))
    assert targets(be.lookup("be", "AUX")) == ["kuwa", "x"]


def test_case_is_ignored_where_the_spelling_is_not_there():
    words = lexicon(("Monday", "Jumatatu"), ("STRASSE", "njia"))
    assert targets(words.lookup("monday")) == ["Jumatatu"]
    assert targets(words.lookup("straße")) == ["njia"]


PHRASES = lexicon(
    ("look", "tazama"),
    ("look for", "tafuta"),
    ("look forward to", "tarajia"),
    ("United States", "Marekani"),
    ("united states", "muungano", "", 2.0),
)


@pytest.mark.parametrize(
    ("words", "start", "length", "found"),
    [
        ("look for it", 0, 2, ["tafuta"]),
        ("we look forward to it", 1, 3, ["tarajia"]),
        ("look forward", 0, 0, []),
        ("Look FOR", 0, 2, ["tafuta"]),
        ("look at", 0, 0, []),
        ("the United States of", 1, 2, ["muungano", "Marekani"]),
        ("states", 0, 0, []),
    ],
)
def test_the_longest_phrase_wins(words, start, length, found):
    covered, entries = PHRASES.longest_match(words.split(), start)
    assert (covered, targets(entries)) == (length, found)


@given(
    st.lists(st.lists(st.sampled_from("abA"), min_size=1, max_size=4), max_size=10),
    st.lists(st.sampled_from("abA"), min_size=1, max_size=8),
    st.data(),
)
def test_a_match_stays_in_bounds_and_no_longer_one_exists(sources, lemmas, data):
    words = lexicon(*((" ".join(source), "x") for source in sources))
    start = data.draw(st.integers(0, len(lemmas) - 1))
    length, entries = words.longest_match(lemmas, start)
    assert length == 0 or 2 <= length <= len(lemmas) - start
    assert all(
        entry.source.casefold().split() == [w.casefold() for w in lemmas[start : start + length]] for entry in entries
    )
    lowered = [w.casefold() for w in lemmas[start:]]
    lengths = [len(s) for s in sources if len(s) > 1 and lowered[: len(s)] == [w.casefold() for w in s]]
    assert length == max(lengths, default=0)
    assert bool(entries) == bool(length)


def test_merging_adds_weights_and_keeps_the_heaviest_origin():
    one = Lexicon("eng", "swa", [LexiconEntry("fire", "moto", "NOUN", 1.0, "", Origin("a", 1))])
    two = Lexicon("eng", "swa", [LexiconEntry("fire", "moto", "NOUN", 2.0, "flame", Origin("b", 7))])
    three = lexicon(("fire", "moto", "VERB"), ("water", "maji", "NOUN"))
    merged = list(one.merge(two, three))
    assert merged[0] == LexiconEntry("fire", "moto", "NOUN", 3.0, "flame", Origin("b", 7))
    assert [(entry.source, entry.pos, entry.weight) for entry in merged[1:]] == [
        ("fire", "VERB", 1.0),
        ("water", "NOUN", 1.0),
    ]
    assert merged[0] in one.merge(two).lookup("fire", "NOUN")


small = st.lists(
    st.builds(
        LexiconEntry,
        st.sampled_from(["a", "b"]),
        st.sampled_from(["x", "y"]),
        st.sampled_from(["", "NOUN"]),
        st.integers(1, 9).map(float),
    ),
    max_size=5,
).map(lambda entries: Lexicon("eng", "swa", entries))


def weights(merged: Lexicon) -> dict:
    return {(entry.source, entry.target, entry.pos): entry.weight for entry in merged}


@given(small, small, small)
def test_merging_is_associative_and_commutative_in_its_weights(one, two, three):
    found = [weights(a.merge(b, c)) for a, b, c in permutations((one, two, three))]
    found += [weights(one.merge(two).merge(three)), weights(one.merge(two.merge(three)))]
    assert all(each == found[0] for each in found)
    assert sum(found[0].values()) == sum(entry.weight for part in (one, two, three) for entry in part)


def test_lexicons_of_other_languages_do_not_join():
    with pytest.raises(ConfigError, match="eng-sme"):
        HOUSE.merge(Lexicon("eng", "sme", []))


def test_coverage_counts_running_words():
    assert HOUSE.coverage(["house", "HOUSE", "horse", "house"]) == 0.75
    assert HOUSE.coverage([]) == 0.0


def test_the_fingerprint_is_of_the_facts_alone():
    entries = list(HOUSE)
    assert Lexicon("eng", "swa", reversed(entries)).fingerprint == HOUSE.fingerprint
    moved = [LexiconEntry(e.source, e.target, e.pos, e.weight, origin=Origin("f", 9, "")) for e in entries]
    assert Lexicon("eng", "swa", moved).fingerprint == HOUSE.fingerprint
    assert Lexicon("eng", "swa", entries[1:]).fingerprint != HOUSE.fingerprint
    assert Lexicon("eng", "swc", entries).fingerprint != HOUSE.fingerprint


def test_a_lexicon_crosses_processes_and_keeps_its_order():
    again = pickle.loads(pickle.dumps(HOUSE))
    assert list(again) == list(HOUSE)
    assert len(again) == 5
    assert again.fingerprint == HOUSE.fingerprint
