"""Inflection tables of every layout, and what is wrong with bad ones."""

from pathlib import Path

import pytest

from lexaug.errors import ConfigError, FormatError, MissingError
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.readers import read_table, split_of

WALK = [("walk", "walks", "V;PRS;3;SG"), ("walk", "walked", "V;PST"), ("dog", "dogs", "N;PL")]


def write(folder: Path, *lines: str) -> Path:
    path = folder / "table"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        ("lemma-form-features", [f"{lemma}\t{form}\t{bundle}" for lemma, form, bundle in WALK]),
        ("lemma-features-form", [f"{lemma}\t{bundle}\t{form}" for lemma, form, bundle in WALK]),
        ("lemma-form-features-segmentation", [f"{lemma}\t{form}\t{bundle}\tx|y" for lemma, form, bundle in WALK]),
        ("lemma-form-segmentation-features", [f"{lemma}\t{form}\tx|y\t{bundle}" for lemma, form, bundle in WALK]),
        ("lemma-features-form-segmentation", [f"{lemma}\t{bundle}\t{form}\t-" for lemma, form, bundle in WALK]),
    ],
)
def test_column_order_is_detected_and_said(tmp_path: Path, order: str, rows: list[str]) -> None:
    reading = read_table(write(tmp_path, *rows), lang="eng")
    assert reading.column_order == order
    assert [(row.lemma, row.form, str(row.bundle)) for row in reading.rows] == WALK
    assert [row.line for row in reading.rows] == [1, 2, 3]
    assert reading.read == 3
    assert reading.rejected == ()
    assert reading.rows[0].segmentation == ("x|y" if "segmentation" in order and "|" in rows[0] else "")


def test_features_of_2016(tmp_path: Path) -> None:
    path = write(
        tmp_path, "hablar\tpos=V,mood=IND,tense=PST,per=3,num=SG,aspect=PFV\thabló", "casa\tpos=N,num=PL\tcasas"
    )
    reading = read_table(path, lang="spa")
    assert reading.column_order == "lemma-features-form"
    assert [str(row.bundle) for row in reading.rows] == ["V;IND;PST;PFV;3;SG", "N;PL"]


def test_words_that_look_like_missing_values_are_words(tmp_path: Path) -> None:
    path = write(tmp_path, "nan\tnans\tN;PL", "null\tNA\tN;SG", "NA\tnull\tN;SG", 'say "no"\t"no"\tV;PST')
    assert [(row.lemma, row.form) for row in read_table(path, lang="eng").rows] == [
        ("nan", "nans"),
        ("null", "NA"),
        ("NA", "null"),
        ('say "no"', '"no"'),
    ]


def test_every_unusable_row_is_accounted_for(tmp_path: Path) -> None:
    good = [f"walk{number}\twalked{number}\tV;PST" for number in range(9)]
    bad = ["", "walk\twalked", "walk\t\tV;PST", "walk\t-\tV;PST", "\twalked\tV;PST", "walk\twalked\tV;PST(", "a\tb\t"]
    reading = read_table(write(tmp_path, *good, *bad), lang="eng")
    assert reading.read == len(good) + len(bad) - 1
    assert len(reading.rows) == len(good)
    assert [(fault.line, fault.reason) for fault in reading.rejected] == [
        (11, "3 columns wanted, 2 found"),
        (12, "empty form"),
        (13, "placeholder form '-'"),
        (14, "empty lemma"),
        (15, "'V;PST(' is not a feature tag"),
        (16, "empty features"),
    ]


def test_duplicate_rows_are_counted_and_left_out(tmp_path: Path) -> None:
    reading = read_table(write(tmp_path, "a\tb\tN;PL", "a\tb\tPL;N", "a\tc\tN;PL", "a\tb\tN;PL"), lang="eng")
    assert (reading.read, len(reading.rows), reading.duplicates) == (4, 2, 2)


def test_unknown_tags_are_counted_or_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a\tb\tV;PST", "a\tc\tV;PRES;3;SG", "a\td\tV;PRES;2;SG")
    assert read_table(path, lang="eng").unknown_tags == {"PRES": 2}
    with pytest.raises(FormatError) as caught:
        read_table(path, lang="eng", strict=True)
    assert (caught.value.file, caught.value.line) == (str(path), 2)
    assert "PRES" in caught.value.message
    assert "PRS" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([""], "empty"),
        (["a\tN;PL", "b\tN;SG"], "covered"),
        (["a\t-\tN;PL", "b\t-\tN;SG"], "covered"),
        (["a\tN;PL\t", "b\tN;SG\t"], "covered"),
        (["just words", "and more"], "columns"),
        (["a\tb\tc\td\te"], "this row 5"),
        (["a\tb\tc", "d\te\tf"], "no column"),
    ],
)
def test_files_that_are_no_tables_are_refused(tmp_path: Path, lines: list[str], message: str) -> None:
    path = write(tmp_path, *lines)
    with pytest.raises(FormatError, match=message) as caught:
        read_table(path, lang="eng")
    assert caught.value.file == str(path)
    assert caught.value.hint


def test_a_file_that_breaks_after_the_sample_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, *[f"w{n}\tv{n}\tN;PL" for n in range(1000)], *["rubbish"] * 1500)
    with pytest.raises(FormatError, match="3 columns wanted, 1 found") as caught:
        read_table(path, lang="eng")
    assert caught.value.line == 1001


def test_encoding_fault_names_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes("á\tb\tN;PL\n".encode() + "á\tb".encode("latin1") + b"\tN;SG\n")
    with pytest.raises(FormatError) as caught:
        read_table(path, lang="eng")
    assert (caught.value.line, caught.value.column) == (2, 1)


def test_other_faults_of_the_caller(tmp_path: Path) -> None:
    path = write(tmp_path, "a\tb\tN;PL\tb|s")
    with pytest.raises(MissingError):
        read_table(tmp_path / "absent", lang="eng")
    with pytest.raises(ConfigError, match="unimroph"):
        read_table(path, "unimroph", lang="eng")
    with pytest.raises(FormatError, match="4 columns"):
        read_table(path, "sigmorphon", lang="eng")


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("sme.trn", "train"),
        ("kaz_large.train", "train"),
        ("welsh-train-high", "train"),
        ("spanish-task1-train", "train"),
        ("sme.dev", "dev"),
        ("welsh-dev", "dev"),
        ("sme.tst", "test"),
        ("kmr.test", "test"),
        ("kaz.gold", "test"),
        ("welsh-test", "test"),
        ("welsh-uncovered-test", "test"),
        ("sme", None),
    ],
)
def test_split_by_file_name(name: str, split: str | None) -> None:
    assert split_of(Path(name)) == split


def test_text_comes_in_as_nfc(tmp_path: Path) -> None:
    row = read_table(write(tmp_path, "a\u0301\ta\u0301s\tN;PL"), lang="eng").rows[0]
    assert (row.lemma, row.form, row.bundle) == ("á", "ás", FeatureBundle.parse("N;PL"))
