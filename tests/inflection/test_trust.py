"""From which confidence on an inflector is believed, and what of a table it is tried on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.inflection.believed import COMMON, believe, believe_or_rules, believe_rules
from lexaug.inflection.inflector import Inflector, lemma_mark
from lexaug.inflection.rules import Candidate
from lexaug.inflection.run import train_inflector
from lexaug.inflection.table_rows import rows_of
from lexaug.inflection.trust import ENOUGH_RIGHT, LEAST, Answer, choose_trust
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable

PLURAL, DUAL = FeatureBundle.parse("N;PL"), FeatureBundle.parse("N;DU")
LEMMAS = [first + vowel + last for first in "bkmt" for vowel in "aou" for last in ("ro", "li", "re", "lo")]


def table(ending=lambda lemma: "i", lemmas=LEMMAS):
    rows = [ParadigmRow(lemma, lemma + ending(lemma), PLURAL) for lemma in lemmas]
    return ParadigmTable("xxx", [*rows, *(ParadigmRow(lemma, lemma + "k", DUAL) for lemma in lemmas[: COMMON - 1])])


def answers_of(lemma, *groups):
    """Answers for forms of a lemma, from groups of (confidence, how many right, how many wrong)."""
    return [
        Answer(lemma, confidence, place < right)
        for confidence, right, wrong in groups
        for place in range(right + wrong)
    ]


@given(st.lists(st.builds(Answer, st.sampled_from("abcd"), st.integers(0, 10).map(lambda n: n / 10), st.booleans())))
def test_the_threshold_is_the_lowest_from_which_on_enough_are_right(answers):
    trust = choose_trust(answers)

    def enough(threshold):
        believed = [answer.right for answer in answers if answer.confidence >= threshold]
        return threshold > 0 and len(believed) >= LEAST and sum(believed) >= ENOUGH_RIGHT * len(believed)

    usable = [answer.confidence for answer in answers if enough(answer.confidence)]
    assert trust.threshold == min(usable, default=None)
    assert trust.tested == len(answers)
    assert trust.n <= trust.tested
    assert not any(
        trust.believes(answer.confidence) for answer in answers if answer.confidence < min(usable, default=2)
    )


def test_what_is_expected_is_measured_on_lemmas_that_did_not_choose():
    generous = answers_of("a", (0.9, 20, 0), (0.5, 10, 0))
    strict = answers_of("b", (0.9, 20, 0), (0.5, 3, 7))
    trust = choose_trust([*generous, *strict])
    assert trust.threshold == 0.5, "53 of 60 are right"
    assert (trust.accuracy, trust.n) == (43 / 50, 50), "b under a's 0.5: 23 of 30; a under b's 0.9: 20 of 20"


def test_lemmas_for_which_the_others_choose_no_threshold_measure_nothing():
    good, few = answers_of("a", (0.9, 20, 0)), answers_of("b", (0.9, LEAST - 2, 1))
    trust = choose_trust([*good, *few])
    assert (trust.accuracy, trust.n) == ((LEAST - 2) / (LEAST - 1), LEAST - 1)
    alone = choose_trust(good)
    assert (alone.threshold, alone.accuracy, alone.n) == (0.9, None, 0)
    assert alone.as_json()["accuracy"] is None


def test_where_it_is_not_used_the_figures_are_those_of_all_forms():
    trust = choose_trust(answers_of("a", (0.9, 1, 3)))
    assert (trust.threshold, trust.accuracy, trust.n) == (None, 0.25, 4)
    assert choose_trust([]).accuracy is None


def test_regular_forms_are_believed_and_a_form_too_few_lemmas_show_is_not_asked_for():
    believed = believe_rules(table(), "N")
    assert believed.form("sularo", PLURAL) == "sularoi"
    assert believed.form("xyz", PLURAL) == "", "no lemma of the table ends like that"
    assert set(believed.cells) == {PLURAL}
    assert believed.trust.accuracy == 1.0
    assert believed.trust.n == believed.trust.tested == len(LEMMAS) // 2


def test_what_lemmas_keep_to_themselves_is_not_believed():
    endings = {lemma: chr(ord("a") + place) for place, lemma in enumerate(LEMMAS)}
    believed = believe_rules(table(endings.get), "N")
    assert believed.trust.threshold is None
    assert believed.form("sularo", PLURAL) == ""
    assert believed.trust.as_json()["threshold"] is None


def test_a_held_out_lemma_does_not_help_itself():
    doubled = table(lemmas=[f"{place:04}" for place in range(20)], ending=lambda lemma: lemma[::-1] + "x")
    assert believe_rules(doubled, "N").trust.accuracy < ENOUGH_RIGHT


class Model:
    """Knows the forms of some lemmas, and counts what it is asked."""

    def __init__(self, known):
        self.known, self.asked = known, []

    def inflect(self, rows):
        self.asked += [row.lemma for row in rows]
        return [Candidate(row.lemma + "i" if row.lemma in self.known else "?", 0.9) for row in rows]


def test_a_model_is_tried_on_lemmas_that_it_was_not_trained_on():
    trained, model = LEMMAS[:10], Model(LEMMAS)
    marks = frozenset(map(lemma_mark, trained))
    believed = believe(Inflector(model, "lora", lemmas=marks), table(), "N")
    assert sorted(model.asked) == sorted(LEMMAS[10:])
    assert believed.form(LEMMAS[0], PLURAL) == f"{LEMMAS[0]}i"


def test_a_model_that_is_mostly_wrong_is_not_asked_again():
    model = Model(LEMMAS[::2])
    believed = believe(Inflector(model, "lora", lemmas=frozenset()), table(), "N")
    asked = len(model.asked)
    assert believed.trust.threshold is None
    assert believed.form(LEMMAS[0], PLURAL) == ""
    assert len(model.asked) == asked


@pytest.mark.parametrize("marks", [None, frozenset(map(lemma_mark, LEMMAS)), frozenset(map(lemma_mark, LEMMAS[2:]))])
def test_a_model_is_not_believed_for_what_it_may_have_learnt_by_heart(marks, caplog):
    inflector = Inflector(Model(LEMMAS), "lora", lemmas=marks)
    believed = believe(inflector, table(), "N")
    assert believed.trust.threshold is None
    assert believed.form(LEMMAS[0], PLURAL) == ""
    assert "train it on a part of the table's lemmas" in caplog.text
    assert believe_or_rules(inflector, table(), "N").trust.as_json()["inflector"] == "rules of the table"


def test_rules_of_the_very_table_do_not_vote_for_themselves():
    endings = {lemma: chr(ord("a") + place) for place, lemma in enumerate(LEMMAS)}
    rows = rows_of(table(endings.get), "N")
    believed = believe_or_rules(train_inflector("rules", rows), table(endings.get), "N")
    assert believed.trust.threshold is None


def test_ways_without_forms_have_no_figures():
    alone = ParadigmTable("xxx", [ParadigmRow(lemma, f"{lemma}i", PLURAL) for lemma in LEMMAS])
    assert believe_rules(alone, "N").trust.as_json()["instead"]["nearest"] == {"accuracy": None, "n": 0}


def test_the_other_ways_are_measured_on_the_same_forms():
    cells = {"N;NOM;SG": "", "N;NOM;PL": "t", "N;ACC;PL": "t", "N;ACC;SG": "n"}
    rows = [
        ParadigmRow(lemma, lemma + ending, FeatureBundle.parse(cell))
        for lemma in LEMMAS
        for cell, ending in cells.items()
    ]
    figures = believe_rules(ParadigmTable("xxx", rows), "N").trust.as_json()["instead"]
    assert figures["lemma"] == {"accuracy": 0.25, "n": 4 * len(LEMMAS) // 2}
    assert figures["nearest"] == {"accuracy": 0.75, "n": 4 * len(LEMMAS) // 2}, "plurals are alike, the lemma is NOM;SG"
