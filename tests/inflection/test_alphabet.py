"""Lemmas, forms and feature bundles as numbers and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.inflection.alphabet import END, NO_VALUE, OTHER_VALUE, UNKNOWN, Alphabet, bundle_parts
from lexaug.inflection.examples import InflectionExample
from lexaug.morphology.features import FeatureBundle

EXAMPLES = [InflectionExample("walk", "V;PST", "walked"), InflectionExample("dok", "V;PRS;NOM(1,SG)", "dokem")]
ALPHABET = Alphabet.of(EXAMPLES)


@pytest.mark.parametrize(
    ("bundle", "found"),
    [
        ("N;PL", [("N", ""), ("PL", "")]),
        ("V;PRS;NOM(1,SG)", [("V", ""), ("PRS", ""), ("NOM", ""), ("1", "NOM"), ("SG", "NOM")]),
        ("N;AT+ABL(PSS(1,SG))", [("N", ""), ("AT+ABL", ""), ("PSS", "AT+ABL"), ("1", "PSS"), ("SG", "PSS")]),
    ],
)
def test_a_bundle_is_split_into_values_that_know_their_nesting(bundle, found):
    assert sorted(bundle_parts(FeatureBundle.parse(bundle))) == sorted(found)


@given(st.text("walkedokmxyz<>[]{}ß", min_size=1), st.text("walkedokm", max_size=9))
def test_a_form_of_known_or_copied_characters_comes_back(lemma, rest):
    form = rest + lemma[:3]
    reading = ALPHABET.read(lemma, FeatureBundle.parse("V;PST"), form)
    assert reading.form[-1] == END
    assert ALPHABET.write(reading.form, reading.strange) == form
    assert ALPHABET.write(reading.copies, reading.strange) == lemma


def test_unknown_characters_are_numbered_apart_and_read_alike():
    reading = ALPHABET.read("xay", FeatureBundle.parse("V;PST"), "xayz")
    assert reading.lemma == (UNKNOWN, ALPHABET.read("a", FeatureBundle.parse("V")).lemma[0], UNKNOWN)
    assert (reading.copies[0], reading.copies[2]) == (ALPHABET.size, ALPHABET.size + 1)
    assert reading.form[3] == UNKNOWN  # z stands neither in the alphabet nor in the lemma
    assert reading.strange == ("x", "y")


def test_unknown_values_are_read_by_their_nesting():
    reading = ALPHABET.read("a", FeatureBundle.parse("V;NOM(2,SG)"))
    known = ALPHABET.read("a", FeatureBundle.parse("V;NOM(1,SG)"))
    assert reading.nests == known.nests
    assert sorted(set(reading.values) - set(known.values)) == [OTHER_VALUE]
    assert reading.nests[0] == NO_VALUE
