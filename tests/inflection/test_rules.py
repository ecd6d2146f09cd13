"""Rules learnt from examples inflect what looks like them; changes undo into what they were seen at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.inflection.change import change_of
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.rules import RuleInflector, RuleWeights, fit_rules
from lexaug.morphology.features import FeatureBundle

PLURAL = FeatureBundle.parse("N;PL")
ENGLISH = [("cat", "cats"), ("dog", "dogs"), ("city", "cities"), ("pony", "ponies"), ("fox", "foxes"), ("box", "boxes")]


def examples(pairs, features="N;PL"):
    return [InflectionExample(lemma, features, form) for lemma, form in pairs]


@given(st.text("abcd", min_size=1, max_size=8), st.text("abcd", min_size=1, max_size=8))
def test_a_change_makes_the_form_that_it_was_seen_at(lemma, form):
    assert change_of(lemma, form).apply(lemma) == form


@pytest.mark.parametrize(
    ("seen", "lemma", "form"),
    [
        (("machen", "gemacht"), "lachen", "gelacht"),
        (("kitab", "kutub"), "kitab", "kutub"),
        (("anfangen", "angefangen"), "anhangen", "angehangen"),
        (("walk", "walked"), "bark", "barked"),
        (("city", "cities"), "cat", None),
        (("go", "went"), "do", None),
        (("ab", "b"), "a", None),
        (("gɛna", "gɛ\u0300na"), "gena", "gèna"),  # letter and mark are one where they can be
    ],
)
def test_a_change_is_done_to_another_lemma_where_it_fits(seen, lemma, form):
    assert change_of(*seen).apply(lemma) == form


def test_the_lemmas_that_look_most_alike_decide():
    rules = RuleInflector(examples(ENGLISH))
    assert [rules.form(lemma, PLURAL) for lemma in ("lady", "tax", "hog")] == ["ladies", "taxes", "hogs"]


def test_candidates_share_the_votes():
    found = RuleInflector(examples([("cat", "cats"), ("ox", "oxen"), ("fox", "foxes")])).candidates("outfox", PLURAL)
    assert found[0].form == "outfoxes"
    assert sum(candidate.share for candidate in found) == pytest.approx(1)
    assert [c.share for c in found] == sorted((c.share for c in found), reverse=True)


def test_a_cell_without_examples_is_filled_like_the_nearest_of_its_part_of_speech():
    rules = RuleInflector(examples(ENGLISH) + examples([("walk", "walked")], "V;PST"))
    assert rules.form("hog", FeatureBundle.parse("N;PL;NOM")) == "hogs"
    assert rules.form("red", FeatureBundle.parse("ADJ;CMPR")) == "red"
    assert rules.candidates("red", FeatureBundle.parse("ADJ;CMPR"))[0].share == 0


def test_weights_are_chosen_on_lemmas_left_out():
    letters = "bcdfghjklm"
    prefixing = [(f"{start}a{x}{y}", f"{start}u{start}a{x}{y}") for start in "pt" for x in letters for y in letters]
    rules = fit_rules(examples([(lemma, form if lemma[0] == "p" else f"na{lemma}") for lemma, form in prefixing]))
    assert rules.weights.start > RuleWeights().start
    assert rules.form("pazz", PLURAL) == "pupazz"
    assert rules.form("tazz", PLURAL) == "natazz"


def test_one_example_and_none_are_enough():
    assert fit_rules(examples([("cat", "cats")])).form("dog", PLURAL) == "dogs"
    assert fit_rules([]).form("dog", PLURAL) == "dog"


def test_long_words_stay_in_the_range_of_numbers():
    long = "ab" * 300
    rules = fit_rules([InflectionExample(long, "N;PL", long + "s"), InflectionExample("y" + long, "N;PL", "y" + long)])
    shares = [found.share for found in rules.candidates("x" + long, FeatureBundle.parse("N;PL"))]
    assert sum(shares) == pytest.approx(1)
