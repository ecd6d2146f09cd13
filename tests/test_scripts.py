"""Scripts of letters, mixed words, look-alike letters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.scripts import LOOK_ALIKES, mixed_script, script_of, scripts, unify_look_alikes

LATIN_A, CYRILLIC_A = "a", "\u0430"


@pytest.mark.parametrize(
    ("letter", "script"),
    [("a", "LATIN"), ("ж", "CYRILLIC"), ("ቤ", "ETHIOPIC"), ("क", "DEVANAGARI"), ("漢", "JAPANESE"), ("か", "JAPANESE")],
)
def test_letters_have_a_script(letter, script):
    assert script_of(letter) == script


@pytest.mark.parametrize("character", ["1", "-", " ", "\u0301", "ʼ", "µ", "\u0000"])
def test_digits_marks_and_modifiers_have_none(character):
    assert script_of(character) == ""


@pytest.mark.parametrize("word", [f"{LATIN_A}т{CYRILLIC_A}", f"м{LATIN_A}л", "кiтап", "αlpha"])
def test_strayed_letters_are_seen(word):
    assert mixed_script(word)


@pytest.mark.parametrize("word", ["USB-кабель", "Б2B ж", "漢字かな", "naïve", "O’zbek сўз", "क्ष", "", "42"])
def test_scripts_side_by_side_are_no_mixture(word):
    assert not mixed_script(word)


@pytest.mark.parametrize(
    ("mixed", "clean"),
    [
        (f"{LATIN_A}т{CYRILLIC_A}", f"{CYRILLIC_A}т{CYRILLIC_A}"),
        ("кiтап", "кітап"),
        ("æмæ", "ӕмӕ"),
        ("nesεi", "nesɛi"),
        (f"house м{LATIN_A}л", "house мал"),
    ],
)
def test_look_alikes_go_over_to_the_words_own_script(mixed, clean):
    assert unify_look_alikes(mixed) == clean
    assert not mixed_script(clean)


@pytest.mark.parametrize("word", ["prinзardo", "ⵢⴻǧǧⵓ", "кÿрен"])
def test_a_word_without_look_alikes_stays_as_it_is(word):
    assert unify_look_alikes(word) == word
    assert mixed_script(word)


def test_every_look_alike_belongs_to_its_two_scripts():
    for (strayed, own), table in LOOK_ALIKES.items():
        assert {script_of(letter) for letter in table} == {strayed}
        assert {script_of(letter) for letter in table.values()} == {own}
        assert all(one.isupper() == other.isupper() for one, other in table.items())


@given(st.text(alphabet=st.sampled_from("abcxyзжаоеіλνο -1"), max_size=12))
def test_unifying_keeps_length_and_is_done_once(text):
    once = unify_look_alikes(text)
    assert len(once) == len(text)
    assert unify_look_alikes(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(max_size=20))
def test_counts_cover_the_letters_of_a_script(text):
    assert sum(scripts(text).values()) == sum(bool(script_of(character)) for character in text)
