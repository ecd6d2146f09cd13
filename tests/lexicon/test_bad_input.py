"""What every format does with bad rows and bad files."""

import pytest

from lexaug.errors import ConfigError, FormatError, MissingError
from lexaug.files import MAX_LINE_BYTES
from lexaug.lexicon import read_lexicon
from lexaug.lexicon.glosses import english_equivalents

ROWS = "water\tmaji\nfire\tmoto\nsun\tjua\n"


def test_duplicate_rows_are_counted_with_the_first_one(read, reasons):
    assert reasons(read("l.tsv", ROWS + "fire\tmoto\n", "pairs")) == [(4, "duplicate of line 2")]


def test_a_fact_from_two_named_sources_is_no_duplicate(read):
    text = "english\ttarget\tsource\nfire\tmoto\tone\nfire\tmoto\ttwo(GPL)\nfire\tmoto\tone\n"
    reading = read("l.tsv", text)
    assert [entry.origin.label for entry in reading.entries] == ["one", "two"]
    assert len(reading.rejected) == 1


def test_a_row_with_wrong_columns_is_rejected(read, reasons):
    reading = read("l.tsv", ROWS + "sea\tbahari\tnoun\n", "pairs")
    assert reasons(reading) == [(4, "wrong number of columns: 2 expected, 3 found")]
    assert reading.rows == 4 == len(reading.entries) + len(reading.rejected)


def test_a_file_of_mostly_wrong_rows_is_refused(read):
    with pytest.raises(FormatError, match=r"wrong number of columns.*2 of 3 rows") as fault:
        read("l.tsv", "water\tmaji\na\tb\tc\nd\te\tf\n", "pairs")
    assert fault.value.line == 2


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
@pytest.mark.parametrize("name", ["tsv", "pairs", "wiktionary-tsv", "kaikki", None])
def test_an_empty_file_is_refused(read, text, name):
    with pytest.raises(FormatError, match="empty"):
        read("l.tsv", text, name)


def test_a_file_without_any_usable_row_is_refused(read):
    with pytest.raises(FormatError, match=r"empty target \(2 of 2 rows"):
        read("l.tsv", "water\t\nfire\t \n", "pairs")


def test_an_invalid_byte_is_named_with_line_and_column(read):
    with pytest.raises(FormatError, match="0xff") as fault:
        read("l.tsv", b"water\tmaji\nfire\tmo\xffto\n", "pairs")
    assert (fault.value.line, fault.value.column) == (2, 8)


def test_a_line_of_megabytes_is_refused(read):
    with pytest.raises(FormatError, match="longer than") as fault:
        read("l.tsv", "water\tmaji\nfire\t" + "m" * (MAX_LINE_BYTES + 1) + "\n", "pairs")
    assert fault.value.line == 2


def test_a_long_text_is_no_word(read, reasons):
    assert reasons(read("l.tsv", ROWS + "sea\t" + "b" * 300 + "\n", "pairs")) == [
        (4, "target is longer than 200 characters")
    ]


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("pairs", "maji\twater\nmoto\tfire\njua\tsun\n", "pairs-reverse"),
        ("pairs-reverse", ROWS, "name the format pairs"),
        ("tsv", "english\ttarget\nmaji\twater\nmoto\tfire\njua\tsun\n", "swap"),
    ],
)
def test_the_wrong_direction_is_said(read, name, text, hint):
    with pytest.raises(FormatError, match="English stands on the target side") as fault:
        read("l.tsv", text, name)
    assert hint in fault.value.hint


def test_the_wrong_direction_of_another_source_language_is_not_guessed(read):
    assert read("l.tsv", "maji\twater\nmoto\tfire\n", "pairs", target="eng", source_lang="swa").rows == 2


def test_html_is_taken_out_and_said(read, facts):
    reading = read("l.tsv", ROWS + "salt &amp; pepper\t<b>chumvi</b>\n", "pairs")
    assert facts(reading)[-1][:2] == ("salt & pepper", "chumvi")
    assert {(finding.line, finding.note) for finding in reading.findings} == {(4, "HTML taken out")}


@pytest.mark.parametrize(
    "markup", ["<script>alert(1)</script>", "<STYLE type='a'>b {c: d}</style >", "<script>if (a<b) c", "<script>\u2028"]
)
def test_scripts_and_styles_are_no_words(read, facts, reasons, markup):
    reading = read("l.tsv", f"{ROWS}salt\tchumvi {markup}\nsea\t{markup}\n", "pairs")
    assert facts(reading)[-1][:2] == ("salt", "chumvi")
    assert reasons(reading) == [(5, "empty target")]


def test_scripts_in_glosses_are_no_words():
    assert english_equivalents("to save <script>alert(1)</script>; to store<style>p</style>").words == (
        "to save",
        "to store",
    )


def test_mixed_scripts_are_mended_or_kept_and_said(read, facts):
    reading = read("l.tsv", "horse\taт\nwater\tсу\nrow\tprinзardo\n", "pairs", target="kaz")
    assert facts(reading)[0][1] == "\u0430т"
    assert [(finding.line, finding.note.split(": ")[1]) for finding in reading.findings] == [
        (1, "look-alike letters replaced"),
        (3, "kept"),
    ]


def test_text_is_brought_to_nfc(read, facts):
    assert facts(read("l.tsv", "house\ta\u0301ti\n", "pairs"))[0][1] == "áti"


def test_a_missing_file_and_a_misspelt_format_are_named(read, tmp_path):
    with pytest.raises(MissingError):
        read_lexicon(tmp_path / "none.tsv", "pairs", target_lang="swa")
    with pytest.raises(ConfigError, match="'parirs'") as fault:
        read("l.tsv", ROWS, "parirs")
    assert "pairs" in fault.value.hint
