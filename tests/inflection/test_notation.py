"""An inflector is asked for cells as its training rows write them, however the asker does."""

import json

import pytest

from lexaug.errors import ConfigError, FormatError
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.folder import check_inflector, load_inflector, write_inflector
from lexaug.inflection.inflector import Inflector, accuracy
from lexaug.inflection.notation import Notation
from lexaug.inflection.paradigm import learnt_paradigm, whole_paradigm
from lexaug.inflection.rules import Candidate
from lexaug.inflection.run import train_inflector
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable


def notation(*learnt):
    return Notation(frozenset(map(FeatureBundle.parse, learnt)))


@pytest.mark.parametrize(
    ("learnt", "asked", "wanted"),
    [
        ("N;ACC(PL)", "N;ACC;PL", "N;ACC(PL)"),
        ("N;ACC;PL", "N;ACC(PL)", "N;ACC;PL"),
        ("V;COND;NOM(1,DU)", "V;COND;1;DU", "V;COND;NOM(1,DU)"),
        ("N;PSS(1,SG);SG", "N;PSS1S;SG", "N;PSS(1,SG);SG"),
        ("N;ACC(PL)", "N;ACC;SG", "N;ACC;SG"),
        ("V;NOM(1,SG);ACC(3,PL)", "V;NOM(3,PL);ACC(1,SG)", "V;NOM(3,PL);ACC(1,SG)"),
        ("V;NOM(1,SG);ACC(3,PL)", "V;NOM;ACC;1;3;SG;PL", "V;NOM;ACC;1;3;SG;PL"),
        ("V;IND;PRF;NOM(2,PL)", "V;IND;PRF+PRF;NOM(2,PL)", "V;IND;PRF+PRF;NOM(2,PL)"),
    ],
)
def test_a_bundle_is_asked_for_as_the_one_learnt_bundle_that_says_the_same(learnt, asked, wanted):
    assert notation(learnt).of(FeatureBundle.parse(asked)) == FeatureBundle.parse(wanted)


def test_where_both_or_several_are_learnt_a_bundle_stays():
    flat, nested = FeatureBundle.parse("V;PST;1;PL"), FeatureBundle.parse("V;PST;NOM(1,PL)")
    assert notation(str(flat), str(nested)).of(flat) == flat
    assert notation(str(nested), "V;PST;NOM(1);PL").of(flat) == flat


def test_the_features_are_asked_in_the_notation_learnt_and_others_as_they_stand():
    class Echo:
        def inflect(self, rows):
            return [Candidate(row.features, 1.0) for row in rows]

    asked = [InflectionExample("cat", features, None) for features in ("N;ACC;PL", "PL;N")]
    found = Inflector(Echo(), "scratch", notation=notation("N;ACC(PL)", "N;PL")).inflect(asked)
    assert [candidate.form for candidate in found] == ["N;ACC(PL)", "PL;N"]


@pytest.fixture
def folder(tmp_path):
    rows = [
        InflectionExample(lemma, cell, lemma + end)
        for lemma in ("cat", "dog", "hen", "ant")
        for cell, end in (("N;ACC(PL)", "im"), ("N;DAT(PL)", "oth"))
    ]
    write_inflector(tmp_path / "rules", train_inflector("rules", rows), {})
    return tmp_path / "rules"


def test_a_flat_table_is_filled_by_an_inflector_that_has_learnt_nested_bundles(folder):
    assert json.loads((folder / "bundles.json").read_text()) == ["N;ACC(PL)", "N;DAT(PL)"]
    table = ParadigmTable(
        "xxx", [ParadigmRow("ox", "?", FeatureBundle.parse(cell)) for cell in ("N;ACC;PL", "N;DAT;PL")]
    )
    found = whole_paradigm("fox", table, lambda: load_inflector(folder), pos="N")
    assert {str(cell.bundle): cell.forms for cell in found.cells} == {"N;ACC;PL": ("foxim",), "N;DAT;PL": ("foxoth",)}


def test_all_cells_that_an_inflector_has_learnt_are_filled_without_a_table(folder):
    found = learnt_paradigm("fox", load_inflector(folder))
    assert {str(cell.bundle): cell.forms for cell in found.cells} == {"N;ACC(PL)": ("foxim",), "N;DAT(PL)": ("foxoth",)}
    assert not any(cell.known for cell in found.cells)
    with pytest.raises(ConfigError, match="unknown part of speech 'V'"):
        learnt_paradigm("fox", load_inflector(folder), pos="V")
    with pytest.raises(ConfigError, match="does not tell"):
        learnt_paradigm("fox", Inflector(load_inflector(folder).asked, "rules"))


def test_a_cell_that_is_learnt_in_two_notations_is_filled_once():
    rows = [InflectionExample("cat", cell, "catim") for cell in ("N;ACC(PL)", "N;ACC;PL", "N;DAT;PL")]
    found = learnt_paradigm("fox", train_inflector("rules", rows))
    assert len({"N;ACC(PL)", "N;ACC;PL"} & {str(cell.bundle) for cell in found.cells}) == 1
    assert len(found.cells) == 2


def test_dev_is_asked_for_in_the_notation_of_training():
    train = [InflectionExample(lemma, "N;ACC(PL)", f"{lemma}im") for lemma in ("cat", "dog", "hen")]
    train += [InflectionExample(lemma, "N;ACC(SG)", f"{lemma}um") for lemma in ("cat", "dog", "hen")]
    dev = [InflectionExample("fox", "N;ACC;PL", "foxim"), InflectionExample("fox", "N;ACC;SG", "foxum")]
    inflector = train_inflector("rules", train, dev)
    assert inflector.metrics["dev_accuracy"] == accuracy(inflector, dev) == 100


@pytest.mark.parametrize("content", ["null", "[1]", '["N;ACC(PL"]', "["])
def test_damaged_bundles_are_told(folder, content):
    (folder / "bundles.json").write_text(content)
    for read in (check_inflector, load_inflector):
        with pytest.raises(FormatError, match="not whole") as caught:
            read(folder)
        assert caught.value.hint == "train it again"
