"""Lemma scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.morphology.english.lemma_scripts import LemmaScript, script_for

words = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12)


@given(words, words)
def test_script_of_a_form_gives_its_lemma(form, lemma):
    script = script_for(form, lemma)
    assert script.fits(form)
    assert script.apply(form) == lemma
    assert LemmaScript.parse(str(script)) == script


@pytest.mark.parametrize(
    ("form", "lemma", "casing", "cut", "append"),
    [
        ("Dogs", "dog", "lower", "s", ""),
        ("cities", "city", "lower", "ies", "y"),
        ("went", "go", "lower", "went", "go"),
        ("Americans", "American", "keep", "s", ""),
        ("TEXAS", "Texas", "title", "", ""),
        ("the", "the", "lower", "", ""),
    ],
)
def test_scripts_of_english_words(form, lemma, casing, cut, append):
    assert script_for(form, lemma) == LemmaScript(casing, cut, append)


def test_learnt_script_serves_a_new_word():
    script = script_for("cities", "city")
    assert script.apply("Ponies") == "pony"
    assert not script.fits("dogs")
