"""The study of what an inflector adds: what is held out of its table stays out of what its model learns from."""

from experiments.inflection_synthesis.held_out import lemmas_of
from experiments.inflection_synthesis.models import ROWS, rows_to_learn
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable

PLURAL, PAST = FeatureBundle.parse("N;PL"), FeatureBundle.parse("V;PST")


def test_a_model_learns_from_three_of_five_lemmas_of_each_part_of_speech():
    nouns, verbs = ([f"{start}{place:02}" for place in range(10)] for start in ("n", "v"))
    rows = [ParadigmRow(lemma, lemma + "k", PLURAL) for lemma in nouns]
    table = ParadigmTable("xxx", [*rows, *(ParadigmRow(lemma, lemma + "t", PAST) for lemma in verbs)])
    assert lemmas_of(table, "N") == nouns
    learnt = {row.lemma for row in rows_to_learn(table)}
    assert learnt == {f"{start}{place:02}" for start in "nv" for place in (1, 2, 3, 6, 7, 8)}
    assert {row.form for row in rows_to_learn(table) if row.lemma == "v01"} == {"v01t"}


def test_of_a_large_table_no_more_rows_are_learnt_than_are_wanted():
    table = ParadigmTable("xxx", [ParadigmRow(f"n{place:05}", "k", PLURAL) for place in range(2 * ROWS)])
    assert len(rows_to_learn(table)) == ROWS
