"""The paradigm table: exact cells, analyses, and the nearest cell for a wish."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable

parse = FeatureBundle.parse


def table(*rows: str) -> ParadigmTable:
    """Make a table of rows `lemma form bundle`."""
    return ParadigmTable(
        "xxx", [ParadigmRow(lemma, form, parse(bundle)) for lemma, form, bundle in map(str.split, rows)]
    )


NOUNS = table(
    "kala kala N;NOM;SG", "kala kalat N;NOM;PL", "kala kalan N;GEN;SG", "kala kalojen N;GEN;PL", "kala kalain N;GEN;PL"
)

MALTESE = table(
    "kiteb kiteb V;FIN;PST;PRF;3;SG;MASC",
    "kiteb kitbet V;FIN;PST;PRF;3;SG;FEM",
    "kiteb kitbu V;FIN;PST;PRF;3;PL",
    "kiteb jikteb V;FIN;PST;IPFV;3;SG;MASC",
    "kiteb jiktbu V;FIN;PST;IPFV;3;PL",
    "kiteb ikteb V;FIN;IMP;2;SG",
)
FAROESE = table(
    "kasta kastar V;IND;PRS;3;SG",
    "kasta kasta V;IND;PRS;3",
    "kasta kastaði V;IND;PST;3;SG",
    "kasta kastaðu V;IND;PST;3",
)
SWAHILI = table(
    "soma anasoma V;IND;PRS;NOM(3,SG,BANTU1);POS",
    "soma wanasoma V;IND;PRS;NOM(3,PL,BANTU2);POS",
    "soma zinasoma V;IND;PRS;NOM(3,PL,BANTU10);POS",
    "soma anamsoma V;IND;PRS;NOM(3,SG,BANTU1);PRIM(3,SG,BANTU1);POS",
    "soma alisoma V;IND;PST;NOM(3,SG,BANTU1);POS",
    "soma amesoma V;IND;PST;PRF;NOM(3,SG,BANTU1);POS",
)
TAGALOG = table("basa bumasa V;PFV;AGFOC", "basa bumabasa V;IPFV;AGFOC", "basa binasa V;PFV;PFOC", "basa basa V;NFIN")


def test_forms_analyses_paradigm() -> None:
    assert NOUNS.forms("kala", parse("N;PL;GEN")) == ("kalojen", "kalain")
    assert NOUNS.forms("kala", parse("N;DAT;PL")) == ()
    assert NOUNS.forms("talo", parse("N;NOM;PL")) == ()
    assert NOUNS.analyses("kalat") == (("kala", parse("N;NOM;PL")),)
    assert NOUNS.analyses("kalla") == ()
    assert NOUNS.paradigm("kala")[parse("N;NOM;SG")] == ("kala",)
    assert len(NOUNS.paradigm("kala", "PROPN")) == 4
    assert NOUNS.paradigm("kala", "V") == {}
    assert NOUNS.has("kala")
    assert NOUNS.has("kala", "N")
    assert not NOUNS.has("kala", "V")
    assert set(NOUNS.lemmas) == {"kala"}
    assert [str(bundle) for bundle in NOUNS.bundles("N")] == ["N;GEN;PL", "N;GEN;SG", "N;NOM;PL", "N;NOM;SG"]
    assert len(NOUNS) == 5


@pytest.mark.parametrize(
    ("cells", "lemma", "wish", "form", "exact"),
    [
        (NOUNS, "kala", "N;PL", "kalat", True),
        (NOUNS, "kala", "PROPN;SG", "kala", True),
        (NOUNS, "kala", "N;GEN;PL", "kalojen", True),
        (NOUNS, "kala", "N;DEF;NOM;PL", "kalat", True),  # no noun marks definiteness
        (NOUNS, "kala", "N;DAT;PL", "kalat", False),  # case contrasts, this one is missing
        (MALTESE, "kiteb", "V;PST;3;SG", "kiteb", True),
        (MALTESE, "kiteb", "V;FIN;IND;PST;3;PL", "kitbu", True),
        (MALTESE, "kiteb", "V;PRS;3;SG", "jikteb", True),  # aspect does the work of tense
        (MALTESE, "kiteb", "V;PRS;3;SG;FEM", "jikteb", False),
        (MALTESE, "kiteb", "V;IMP", "ikteb", True),
        (MALTESE, "kiteb", "V;FUT;3;SG", None, False),
        (FAROESE, "kasta", "V;PRS;3;PL", "kasta", True),  # the cell beside the singular is the plural
        (FAROESE, "kasta", "V;PST;3;SG", "kastaði", True),
        (FAROESE, "kasta", "V;PST;1;PL", "kastaðu", False),
        (SWAHILI, "soma", "V;PRS;3;SG", "anasoma", True),
        (SWAHILI, "soma", "V;PRS;3;PL", "wanasoma", True),
        (SWAHILI, "soma", "V;PST;3;SG", "alisoma", True),
        (TAGALOG, "basa", "V;PST;1;PL", "bumasa", True),  # no verb agrees
        (TAGALOG, "basa", "V;PRS;3;SG", "bumabasa", True),
        (TAGALOG, "basa", "V;PST;PASS;3;SG", "binasa", False),
        (TAGALOG, "basa", "V;NFIN", "basa", True),
        (table("walk walked V;PST"), "walk", "V;PRS", "walked", False),
        (table("walk walked V;PST"), "walk", "V;PST;3;SG", "walked", True),
        (table("go gone V.PTCP.PST", "go went V;PST"), "go", "V.PTCP;PST", "gone", True),
        (table("vara var V;3;PST+RCT", "vara varu V;PL;3;PST+RCT"), "vara", "V;PST;3;SG", "var", True),
        (table("dum dumam V;1+EXCL;PL;PRS"), "dum", "V;PRS;1;PL", "dumam", True),
        (table("det det ADJ;NOM/ACC;NEUT;SG", "det dets ADJ;GEN;NEUT;SG"), "det", "ADJ;ACC;NEUT", "det", True),
        (table("big big ADJ"), "big", "ADJ;CMPR", "big", False),
    ],
)
def test_nearest(cells: ParadigmTable, lemma: str, wish: str, form: str | None, exact: bool) -> None:
    found = cells.nearest(lemma, parse(wish))
    assert found is not None
    assert found.exact is exact
    assert form is None or found.form == form
    assert found.form in cells.forms(lemma, found.bundle)
    assert cells.nearest(lemma, parse(wish)) is found


def test_nearest_of_what_is_not_there() -> None:
    assert NOUNS.nearest("talo", parse("N;PL")) is None
    assert NOUNS.nearest("kala", parse("V;PST")) is None


def test_a_perfect_is_no_plain_past_where_plain_pasts_exist() -> None:
    rows = [
        *(row for row in SWAHILI if row.form != "alisoma"),
        ParadigmRow("piga", "alipiga", parse("V;IND;PST;NOM(3,SG)")),
    ]
    found = ParadigmTable("swa", rows).nearest("soma", parse("V;PST;3;SG"))
    assert found is not None
    assert (found.form, found.exact) == ("amesoma", False)


def test_the_lemma_stands_for_a_missing_citation_cell() -> None:
    rows = [f"w{number} w{number} N;NOM;SG" for number in range(20)]
    cells = table(*rows, "gap gapan N;GEN;SG")
    found = cells.nearest("gap", parse("N;SG"))
    assert cells.citation("N") == parse("N;NOM;SG")
    assert found is not None
    assert (found.form, found.exact) == ("gap", False)
    assert table(*rows[:5], "gap gapan N;GEN;SG").citation("N") is None


bundle_texts = st.sampled_from(
    ["N;SG", "N;PL", "N;NOM;PL", "N;GEN;SG", "V;PST", "V;PRS;3;SG", "V;NOM(1,SG);PRS", "ADJ"]
)
words = st.sampled_from(["a", "b", "ba", "Ab"])
row_lists = st.lists(st.builds(ParadigmRow, words, words, bundle_texts.map(parse)), max_size=20)


@given(row_lists, st.randoms(), words, bundle_texts)
def test_order_of_rows_changes_neither_fingerprint_nor_nearest_cell(rows, random, lemma: str, wish: str) -> None:
    shuffled = rows[:]
    random.shuffle(shuffled)
    one, other = ParadigmTable("xxx", rows), ParadigmTable("xxx", shuffled)
    found, again = one.nearest(lemma, parse(wish)), other.nearest(lemma, parse(wish))
    assert one.fingerprint == other.fingerprint
    assert (found and found.bundle) == (again and again.bundle)


@given(row_lists)
def test_every_row_is_found_both_ways(rows) -> None:
    cells = ParadigmTable("xxx", rows)
    assert set(cells) == set(rows)
    for row in rows:
        assert row.form in cells.forms(row.lemma, row.bundle)
        assert (row.lemma, row.bundle) in cells.analyses(row.form)
        found = cells.nearest(row.lemma, row.bundle)
        assert found is not None
        assert (found.bundle, found.exact, found.distance) == (row.bundle, True, 0.0)


@given(row_lists, row_lists)
def test_merging_keeps_all_rows(first, second) -> None:
    merged = ParadigmTable("xxx", first).merge(ParadigmTable("xxx", second))
    assert set(merged) == {*first, *second}


def test_a_table_goes_to_another_process() -> None:
    NOUNS.nearest("kala", parse("N;PL"))
    copy = pickle.loads(pickle.dumps(NOUNS))
    assert copy.nearest("kala", parse("N;PL")) == NOUNS.nearest("kala", parse("N;PL"))
    assert copy.fingerprint == NOUNS.fingerprint
