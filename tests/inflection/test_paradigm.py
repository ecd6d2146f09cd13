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

    found = whole_paradigm("hog", ENGLISH, Inflector(Upper(), "scratch"), pos="N", least=2)
    assert cells(found) == {PLURAL: (("HOG",), False), SINGULAR: (("HOG",), False)}
    assert found.as_json()["cells"][0] == {
        "features": str(found.cells[0].bundle), "forms": ["HOG"], "known": False, "probability": 0.25
    }  # fmt: skip


def test_the_part_of_speech_is_asked_for_where_it_is_open():
    with pytest.raises(ConfigError, match="may be N, V"):
        whole_paradigm("hog", ENGLISH)
    with pytest.raises(ConfigError, match="part of speech"):
        whole_paradigm("hog", ENGLISH, pos="ADJ")
