"""The whole table of a lemma: known cells as they are, the others by rules or by an inflector."""

import pytest

from lexaug.errors import ConfigError
from lexaug.inflection.inflector import Inflector
from lexaug.inflection.paradigm import whole_paradigm
from lexaug.inflection.rules import Candidate
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable

PLURAL, SINGULAR = "N;PL", "N;SG"


def table(*cells):
    return ParadigmTable(
        "eng", [ParadigmRow(lemma, form, FeatureBundle.parse(bundle)) for lemma, form, bundle in cells]
    )


ENGLISH = table(
    ("cat", "cat", SINGULAR), ("cat", "cats", PLURAL), ("dog", "dogs", PLURAL), ("fox", "fox", SINGULAR),
    ("fox", "foxes", PLURAL), ("walk", "walked", "V;PST"), ("ox", "oxen", PLURAL), ("ox", "o", "N;DU"),
)  # fmt: skip


def cells(found):
    return {str(cell.bundle): (cell.forms, cell.known) for cell in found.cells}


def test_known_cells_stay_and_the_others_are_predicted():
    found = whole_paradigm("dog", ENGLISH, least=2)
    assert cells(found) == {PLURAL: (("dogs",), True), SINGULAR: (("dog",), False)}
    (predicted,) = (cell for cell in found.cells if not cell.known)
    assert 0 < predicted.probability <= 1
    assert (found.pos, found.way) == ("N", "rules")


def test_a_rare_cell_counts_where_the_lemma_has_it():
    assert set(cells(whole_paradigm("ox", ENGLISH, least=2))) == {PLURAL, SINGULAR, "N;DU"}
    assert set(cells(whole_paradigm("dog", ENGLISH, least=1))) == {PLURAL, SINGULAR, "N;DU"}


def test_an_inflector_fills_what_the_table_lacks():
    class Upper:
        def inflect(self, rows):
            return [Candidate(row.lemma.upper(), 0.25) for row in rows]

    found = whole_paradigm("hog", ENGLISH, lambda: Inflector(Upper(), "scratch"), pos="N", least=2)
    assert cells(found) == {PLURAL: (("HOG",), False), SINGULAR: (("HOG",), False)}
    assert found.as_json()["cells"][0] == {
        "features": str(found.cells[0].bundle), "forms": ["HOG"], "known": False, "probability": 0.25
    }  # fmt: skip


def test_the_part_of_speech_is_asked_for_where_it_is_open():
    with pytest.raises(ConfigError, match="may be N, V"):
        whole_paradigm("hog", ENGLISH)
    with pytest.raises(ConfigError, match="part of speech"):
        whole_paradigm("hog", ENGLISH, pos="ADJ")


TWO_NOTATIONS = table(
    ("cat", "cats", "N;ACC;PL"), ("dog", "dogs", "N;ACC(PL)"), ("fox", "foxes", "N;ACC(PL)"),
    ("cat", "cat", "N;NOM(SG)"),
    ("ape", "me-them", "V;NOM(1,SG);ACC(3,PL)"), ("ape", "they-me", "V;NOM(3,PL);ACC(1,SG)"),
    ("ape", "flat", "V;NOM;ACC;1;3;SG;PL"),
)  # fmt: skip


@pytest.mark.parametrize(("lemma", "accusative"), [("cat", "N;ACC;PL"), ("dog", "N;ACC(PL)"), ("ant", "N;ACC(PL)")])
def test_a_cell_in_two_notations_is_shown_once(lemma, accusative):
    found = whole_paradigm(lemma, TWO_NOTATIONS, pos="N")
    assert [str(cell.bundle) for cell in found.cells if "PL" in str(cell.bundle)] == [accusative]


def test_bundles_that_differ_in_what_is_nested_stay_apart():
    found = whole_paradigm("ape", TWO_NOTATIONS, pos="V")
    assert {forms for forms, _ in cells(found).values()} == {("me-them",), ("they-me",), ("flat",)}


def test_a_lemma_may_be_written_in_any_normal_form():
    umlaut = table(("k\u00f6k", "k\u00f6ket", SINGULAR))
    assert cells(whole_paradigm(" ko\u0308k ", umlaut)) == {SINGULAR: (("k\u00f6ket",), True)}


def test_bad_questions_are_refused():
    with pytest.raises(ConfigError, match="the lemma is empty"):
        whole_paradigm(" ", ENGLISH, pos="N")
    with pytest.raises(ConfigError, match="no cell of N has 50 lemmas"):
        whole_paradigm("hog", ENGLISH, pos="N", least=50)


@pytest.mark.parametrize(("lemma", "pos", "least"), [(" ", "N", 1), ("hog", "ADJ", 1), ("hog", "N", 50)])
def test_a_bad_question_is_refused_before_an_inflector_is_loaded(lemma, pos, least):
    with pytest.raises(ConfigError):
        whole_paradigm(lemma, ENGLISH, lambda: pytest.fail("loaded"), pos=pos, least=least)


def test_for_a_paradigm_that_is_known_nothing_is_loaded():
    found = whole_paradigm("cat", ENGLISH, lambda: pytest.fail("loaded"), least=2)
    assert (found.way, all(cell.known for cell in found.cells)) == ("table", True)
