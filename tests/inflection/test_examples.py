"""Shared-task files of all years are read in either order and written back as they were."""

from pathlib import Path

import pytest

from lexaug.errors import ConfigError, FormatError
from lexaug.inflection.examples import InflectionExample, order_of, read_examples, read_training, write_examples


def put(folder: Path, text: str, name: str = "sme.tst") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("addit\tV;NOM(1,SG)\tattán\nbeana\tN;ACC(PL)\tbeatnagiid\n", "lemma-features-form"),
        ("run\tran\tV;PST\ndog\tdogs\tN;PL\n", "lemma-form-features"),
        ("run\tpos=V,tense=PST\tran\ndog\tpos=N,num=PL\tdogs\n", "lemma-features-form"),
    ],
)
def test_the_order_is_found_and_a_written_file_is_the_one_that_was_read(tmp_path: Path, text: str, order: str) -> None:
    found = read_examples(put(tmp_path, text))
    assert (found.name, found.order, len(found.rows), found.rows[1].line) == ("sme", order, 2, 2)
    write_examples(tmp_path / "again", found.rows, found.order)
    assert (tmp_path / "again").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["run\tV;PST\ndog\tN;PL\n", "run\t-\tV;PST\ndog\t-\tN;PL\n", "run\tV;PST\t\n"])
def test_covered_files_are_read_where_that_is_asked_for(tmp_path: Path, text: str) -> None:
    path = put(tmp_path, text)
    found = read_examples(path, covered=True)
    assert found.covered
    assert found.rows[0] == InflectionExample("run", "V;PST", None, 1, found.rows[0].raw, "run")
    with pytest.raises(FormatError, match="no form"):
        read_examples(path)


def test_text_is_compared_in_nfc_and_kept_as_it_stood(tmp_path: Path) -> None:
    (row,) = read_examples(put(tmp_path, "ka\u0302t\tka\u0302ts\tN;PL\n")).rows
    assert (row.lemma, row.form, row.raw, row.raw_lemma) == ("kât", "kâts", "ka\u0302ts", "ka\u0302t")


def test_predictions_are_spelt_as_the_file_that_asks_spells_its_lemmas(tmp_path: Path) -> None:
    asked = read_examples(put(tmp_path, "ka\u0302t\tN;PL\nne\u0301\tN;PL\ntol\tN;PL\n"), covered=True)
    write_examples(tmp_path / "out", [row.answered(row.lemma + "âü") for row in asked.rows], asked.order)
    assert (tmp_path / "out").read_text(encoding="utf-8").splitlines() == [
        "ka\u0302t\tN;PL\tka\u0302ta\u0302ü",
        "ne\u0301\tN;PL\tne\u0301a\u0302ü",
        "tol\tN;PL\ttola\u0302ü",
    ]


def test_marks_are_put_in_the_order_that_a_file_has_them_in(tmp_path: Path) -> None:
    shadda_first, composed = "\u0628\u0651\u064e", "\u0628\u064e\u0651"
    asked = read_examples(put(tmp_path, f"{shadda_first}\tV;PST\n"), covered=True)
    assert asked.rows[0].lemma == composed
    write_examples(tmp_path / "out", [asked.rows[0].answered("\u0627" + composed)], asked.order)
    assert (tmp_path / "out").read_text(encoding="utf-8") == f"{shadda_first}\tV;PST\t\u0627{shadda_first}\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a\tb\tN;PL\na\tN;PL\n", 2, "2 columns"),
        ("a\tb\tN;PL\n\tb\tN;PL\n", 2, "lemma is empty"),
        ("a\tb\tN;PL\nb\tb\tN;SG\nc\td\tN;(PL\n", 3, "feature tag"),
        ("", None, "empty"),
    ],
)
def test_a_faulty_row_is_named(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    path = put(tmp_path, text)
    with pytest.raises(FormatError, match=says) as caught:
        read_examples(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)


def test_each_year_has_its_order() -> None:
    assert [year for year in range(2016, 2024) if order_of(year) == "lemma-features-form"] == [2016, 2023]
    with pytest.raises(ConfigError, match="1999"):
        order_of(1999)


def test_the_same_bundle_written_otherwise_asks_for_the_same_cell() -> None:
    assert InflectionExample("a", "N;PL;ACC", "b").cell == InflectionExample("a", "N;ACC;PL", "c").cell


def test_training_rows_without_a_form_are_left_aside(tmp_path: Path) -> None:
    assert [row.form for row in read_training(put(tmp_path, "a\tas\tN;PL\nb\t-\tN;PL\nc\tcs\tN;PL\n"))] == ["as", "cs"]
    with pytest.raises(FormatError, match="no row has a form"):
        read_training(put(tmp_path, "b\t-\tN;PL\n"))
