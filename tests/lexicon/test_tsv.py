"""The format `tsv`."""

import pytest

from lexaug.errors import FormatError


def test_rows_become_entries_with_their_source_and_licence(read):
    text = "english\ttarget\tpos\tsource\nhouse\tnyumba\tnoun\twiktionary\ngo\tenda\tverb\tapertium(GPL)\n"
    house, go = read("lexicon.tsv", text, licence="CC-BY-SA-3.0").entries
    assert (house.source, house.target, house.pos, house.weight) == ("house", "nyumba", "NOUN", 1.0)
    assert (house.origin.file, house.origin.line, house.origin.licence) == ("lexicon.tsv", 2, "CC-BY-SA-3.0")
    assert house.origin.label == "wiktionary"
    assert (go.origin.label, go.origin.licence) == ("apertium", "GPL-3.0-or-later")


def test_a_row_that_knows_no_licence_has_that_of_the_file(read):
    text = "english\ttarget\tsource\nhouse\tnyumba\tme(LicenseRef-unknown)\ngo\tenda\tme(LicenseRef-ours)\n"
    licences = [entry.origin.licence for entry in read("lexicon.tsv", text, licence="CC-BY-4.0").entries]
    assert licences == ["CC-BY-4.0", "LicenseRef-ours"]


def test_columns_stand_in_any_order_and_optional_ones_may_miss(read, facts):
    assert facts(read("l.tsv", "target\tenglish\nmaji\twater\n")) == [("water", "maji", "")]


def test_weight_and_sense_are_read(read):
    (entry,) = read("l.tsv", "english\ttarget\tweight\tsense\nbank\tbenki\t2.5\tmoney\n").entries
    assert (entry.weight, entry.sense) == (2.5, "money")


def test_byte_order_mark_and_crlf_are_accepted(read, facts):
    assert facts(read("l.tsv", b"\xef\xbb\xbfenglish\ttarget\r\nwater\tmaji\r\n")) == [("water", "maji", "")]


def test_quotes_are_letters_and_nan_is_a_word(read, facts):
    text = 'english\ttarget\n"oh"\t"lo"\nnan\tnull\nNA\tna\nnone\t"\'wazi\n'
    assert [fact[:2] for fact in facts(read("l.tsv", text))] == [
        ('"oh"', '"lo"'),
        ("nan", "null"),
        ("NA", "na"),
        ("none", "\"'wazi"),
    ]


@pytest.mark.parametrize("weight", ["0", "-1", "nan", "inf", "much"])
def test_a_weight_that_is_none_is_rejected(read, reasons, weight):
    text = f"english\ttarget\tweight\nwater\tmaji\t1\nfire\tmoto\t{weight}\n"
    assert reasons(read("l.tsv", text)) == [(3, f"weight {weight!r} is not a positive number")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "empty"),
        ("english\ttarget\n", None, "empty"),
        ("water\tmaji\n", 1, "no header"),
        ("english\ttarget\tcolour\nwater\tmaji\tblue\n", 1, "unknown column 'colour'"),
        ("english\ttarget\ttarget\nwater\tmaji\tmaji\n", 1, "twice"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_line(read, text, line, words):
    with pytest.raises(FormatError, match=words) as fault:
        read("l.tsv", text, "tsv")
    assert fault.value.line == line
    assert fault.value.file.endswith("l.tsv")
    assert fault.value.hint
