"""The formats `pairs`, `pairs-reverse` and `gatitos`."""

import pytest

from lexaug.errors import FormatError
from lexaug.lexicon import read_lexicon


def test_pairs_are_separated_by_tab_or_by_white_space(read, facts):
    text = "water\tmaji\nice cream\taiskrimu\nfire moto\nsun  jua\n"
    assert [fact[:2] for fact in facts(read("l.txt", text, "pairs"))] == [
        ("water", "maji"),
        ("ice cream", "aiskrimu"),
        ("fire", "moto"),
        ("sun", "jua"),
    ]


def test_reversed_pairs_have_the_target_first(read, facts):
    assert facts(read("l.txt", "maji\twater\n", "pairs-reverse")) == [("water", "maji", "")]


def test_an_infinitive_becomes_a_verb_and_an_article_goes(read, facts):
    text = "to go\tenda\nto the left\tkushoto\na lake\tziwa\na lot\tsana\nthe next day\tkesho yake\n"
    assert facts(read("l.txt", text, "pairs")) == [
        ("go", "enda", "VERB"),
        ("to the left", "kushoto", ""),
        ("lake", "ziwa", ""),
        ("a lot", "sana", ""),
        ("the next day", "kesho yake", ""),
    ]


@pytest.mark.parametrize(("name", "text"), [("en_sw.tsv", "water\tmaji\n"), ("sw_en.tsv", "maji\twater\n")])
def test_gatitos_takes_its_direction_from_the_file_name(read, facts, name, text):
    reading = read(name, text)
    assert reading.format == "gatitos"
    assert facts(reading) == [("water", "maji", "")]


def test_gatitos_annotations_become_part_of_speech_or_sense(read):
    pike, worse = read("en_sw.tsv", "pike (verb)\tchoma\nworse\tmbaya zaidi (repeated)\n").entries
    assert (pike.source, pike.pos, pike.sense) == ("pike", "VERB", "")
    assert (worse.target, worse.pos, worse.sense) == ("mbaya zaidi", "", "repeated")


def test_gatitos_needs_a_telling_name(read):
    with pytest.raises(FormatError, match="on which side eng stands") as fault:
        read("words.tsv", "water\tmaji\n", "gatitos")
    assert "en_XX.tsv" in fault.value.hint


def test_gatitos_of_another_language_is_refused(read):
    with pytest.raises(FormatError, match="tells of 'zu', not of swa") as fault:
        read("en_zu.tsv", "water\tamanzi\n")
    assert fault.value.hint.endswith("name the format pairs")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("en_chm.tsv", "mhr"),
        ("en_ar-MA.tsv", "ary"),
        ("en_fa-AF.tsv", "prs"),
        ("en_tl.tsv", "fil"),
        ("en_pa-Arab.tsv", "pnb"),
        ("en_ber.tsv", "tzm"),
        ("en_zu.tsv", "und"),
    ],
)
def test_gatitos_of_a_macrolanguage_or_an_unknown_tag_is_taken(tmp_path, name, code):
    (tmp_path / name).write_text("water\tamanzi\n", encoding="utf-8")
    assert read_lexicon(tmp_path / name, target_lang=code).rows == 1


def test_gatitos_is_not_split_at_blanks(read, reasons):
    assert reasons(read("en_sw.tsv", "water\tmaji\nfire\tmoto\nold water\n")) == [
        (3, "wrong number of columns: 2 expected, 1 found")
    ]
