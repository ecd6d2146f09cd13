"""Made-up examples follow real patterns: what changes stays as it is, and words stay well written."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from lexaug.inflection.change import change_of
from lexaug.inflection.examples import InflectionExample, read_training
from lexaug.inflection.hallucinate import FINAL, hallucinate
from lexaug.inflection.harmony import is_vowel
from lexaug.inflection.spelling import letters_of

STEMS = ("kalapan", "mutore", "selika", "punari", "geroma")
WHOLE = [InflectionExample(stem, "V;PST", stem + "te") for stem in STEMS]
CHANGED = [InflectionExample(stem + "a", "V;PRS", stem + "e") for stem in ("tolar", "siku", "mopine")]
HARMONIC = [
    InflectionExample(stem, "N;PL", stem + ending)
    for ending, stems in (("ler", ("gözlük", "deniz", "bebek", "çiçek")), ("lar", ("kapak", "sokak", "kitap", "odun")))
    for stem in stems
]


def made(*rows, count=400, features=None):
    return [row for row in hallucinate(rows, count, seed=1) if features in (None, row.features)]


def test_the_change_is_kept_and_the_seed_decides():
    row = InflectionExample("kalapan", "V;PST", "ge-kalapte")
    found = made(row, count=20)
    assert len(found) == 20
    assert {change_of(example.lemma, example.form or "") for example in found} == {change_of("kalapan", "ge-kalapte")}
    assert len({example.lemma for example in found}) > 10
    assert all((example.features, example.raw, example.line) == ("V;PST", example.form, 0) for example in found)
    assert found == made(row, count=20) != hallucinate([row], 20, seed=2)


def test_of_a_stem_that_changes_some_letters_stay_and_all_that_are_next_to_a_change():
    found = made(InflectionExample("kalapanut", "V;PST", "kalapanid"), *CHANGED, features="V;PST")
    assert {(row.lemma[-3:], (row.form or "")[-3:]) for row in found} == {("nut", "nid")}
    for place in range(6):
        letters = [row.lemma[place] for row in found]
        assert len(set(letters)) > 3
        assert letters.count("kalapa"[place]) / len(letters) == pytest.approx(0.5, abs=0.15)


def test_and_so_do_those_behind_a_change():
    found = made(InflectionExample("okalapan", "V;PST", "ikalapan"), *CHANGED, features="V;PST")
    assert {(row.lemma[:2], (row.form or "")[:2]) for row in found} == {("ok", "ik")}
    assert len({row.lemma[2] for row in found}) > 3


def test_of_a_stem_that_stays_whole_all_letters_go():
    found = [row for row in made(*WHOLE, *CHANGED, features="V;PST") if len(row.lemma) == len("kalapan")]
    assert all(row.form == row.lemma + "te" for row in found)
    for place in range(7):
        assert "kalapan"[place] not in {row.lemma[place] for row in found}


@pytest.mark.parametrize(("whole", "all_go"), [(WHOLE[:3], True), (WHOLE[:2], False)])
def test_where_most_stems_stay_whole_the_letters_of_others_go_too(whole, all_go):
    found = made(*whole, InflectionExample("geroma", "V;PRS", "gerome"), features="V;PRS")
    assert {(row.lemma[-1], (row.form or "")[-1]) for row in found} == {("a", "e")}
    assert ("m" not in {row.lemma[-2] for row in found}) == all_go


def test_no_example_is_only_repeated():
    rows = [*WHOLE[:2], *CHANGED]
    assert not {(row.lemma, row.form) for row in rows} & {(row.lemma, row.form) for row in made(*rows)}


def test_a_letter_that_the_change_doubles_stays():
    found = made(InflectionExample("topan", "V;PRS", "topanning"), *WHOLE, features="V;PRS")
    assert {(row.form or "")[-5:] for row in found} == {"nning"}
    assert {(row.form or "")[:-4] for row in found} == {row.lemma for row in found}


def test_a_lemma_that_its_form_repeats_is_left_out():
    twice = InflectionExample("orang", "N;PL", "orang-orang")
    assert made(twice) == []
    assert made(twice, *WHOLE, features="N;PL") == []


def test_capitals_stay_where_words_begin():
    nouns = [InflectionExample(stem, "N;PL", stem + "e") for stem in ("Baumeln", "Hundert", "Garbino", "Kolumne")]
    verbs = [InflectionExample(stem, "V;PST", stem + "te") for stem in ("laufes", "gaheni", "tropel")]
    for row in made(*nouns, *verbs):
        assert row.lemma == (row.lemma.lower() if row.features == "V;PST" else row.lemma.capitalize())


def test_final_letters_stay_where_words_end():
    found = made(*(InflectionExample(stem, "N;SG", "ה" + stem) for stem in ("שולחן", "מקדים", "תוקף", "נגשה")))
    assert len({row.lemma for row in found}) > 100
    assert not {letter for row in found for letter in row.lemma[:-1]} & set("ןםףךץ")


@pytest.mark.parametrize(
    ("ending", "stems", "finals"),
    [("נה", ("שולחר", "מקדיב", "תוקף", "נגשץ"), "ןםףךץ"), ("ν", ("λογος", "βιβλις", "δρομορ", "ψωμιλ"), "ς")],
)
def test_a_final_letter_has_its_other_shape_inside_the_form_and_back(ending, stems, finals):
    inner = dict(zip("ךםןףץς", "כמנפצσ", strict=True))
    longer = [InflectionExample(stem, "N;PL", stem[:-1] + inner.get(stem[-1], stem[-1]) + ending) for stem in stems]
    shorter = [InflectionExample(row.form or "", "N;SG", row.lemma) for row in longer]
    for rows in (longer, shorter):
        found = made(*rows)
        assert len({row.lemma for row in found}) > 100
        words = [word for row in found for word in (row.lemma, row.form or "")]
        assert not {letter for word in words for letter in word[:-1]} & set(finals)
        assert not {word[-1] for word in words} & {inner[final] for final in finals}


def test_marks_go_with_their_letters():
    assert letters_of("m̃aक्षि") == ["m̃", "a", "क्", "षि"]
    rows = [InflectionExample(stem, "N;PL", stem + "u") for stem in ("m̃anos", "tėvune", "kōlam̃i", "ọ̀rẹ́bu")]
    found = made(*rows)
    assert all(unicodedata.is_normalized("NFC", text) for row in found for text in (row.lemma, row.form))
    assert {letter for row in found for letter in letters_of(row.lemma)} <= {
        letter for row in rows for letter in letters_of(row.lemma)
    }


def test_letters_that_meet_are_composed():
    rows = [InflectionExample(stem, "N;PL", stem + "들") for stem in ("나각ᆨ다", "마바사아")]
    found = made(*rows)
    assert all(unicodedata.is_normalized("NFC", text) for row in found for text in (row.lemma, row.form))
    assert len({len(row.lemma) for row in found if row.lemma[-2] != "사"}) > 1


def test_vowels_stay_where_they_are_in_harmony():
    def vowels(row):
        return tuple(letter for letter in row.lemma if is_vowel(letter))

    found = made(*HARMONIC, count=40)
    assert len({row.lemma for row in found}) > 20
    assert set(map(vowels, found)) <= set(map(vowels, HARMONIC))
    assert len(set(map(vowels, made(*WHOLE, count=40)))) > 10


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("go", "went"), ("abc", None), ("abc", ""), ("", "abc"), ("123", "1234"), ("<>[]{}", "<>[]{}s"), ("aaa", "aaab")],
)
def test_what_has_no_letters_to_change_makes_nothing_up(lemma, form):
    assert hallucinate([InflectionExample(lemma, "V;PST", form)], 5) == []


def test_none_are_made_where_none_are_asked_for(monkeypatch):
    assert hallucinate([], 5) == []
    monkeypatch.delattr("lexaug.inflection.hallucinate.harmony")  # nothing is looked at
    assert hallucinate(WHOLE, 0) == []


@pytest.mark.parametrize("code", ["amh", "deu", "heb", "heb_unvoc", "klr", "nav", "san", "swa", "tur"])
def test_made_up_words_of_real_languages_are_well_written(data: Path, code: str):
    rows = read_training(data / "sigmorphon2023" / f"{code}.trn")[::50]
    found = hallucinate(rows, 1_000, seed=0)
    real = {(row.lemma, row.features, row.form) for row in rows}
    assert sum((row.lemma, row.features, row.form) in real for row in found) < 20, "by chance, where stems are short"
    assert len(set(found)) > 500
    for row in found:
        assert unicodedata.is_normalized("NFC", row.lemma + " " + (row.form or ""))
        letters = letters_of(row.lemma)
        assert not any(before.islower() and after.isupper() for before, after in pairwise(letters))
    if not any(_misspelt(row.form or "") for row in rows):
        assert not any(_misspelt(word) for row in found for word in (row.lemma, row.form or ""))


def _misspelt(word: str) -> bool:
    """Tell whether a final letter stands inside a word."""
    letters = [letter[0] for letter in letters_of(word)]
    return any(before in FINAL.values() and after.isalpha() for before, after in pairwise(letters))
