"""Finding out a format."""

import pytest

from lexaug.errors import ConfigError
from lexaug.lexicon.codes import same_language
from lexaug.lexicon.direction import english_side
from lexaug.lexicon.formats import FORMATS, detect_format


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.tsv", "english\ttarget\tpos\tsource\nwater\tmaji\tnoun\tme\n", "tsv"),
        ("en_se.tsv", "water\tčáhci\n", "gatitos"),
        ("a.tsv", "čáhci|čázi\t<i>noun</i><br><ol><li>water</li></ol>\n", "wiktionary-tsv"),
        ("a.all", "čáhci\twater\ndolla\tfire\n", "pairs-reverse"),
        ("a.txt", "water čáhci\nfire dolla\n", "pairs"),
        ("a.json", '{"word": "čáhci", "pos": "noun"}\n', "kaikki"),
        ("a.jsonl", "", "kaikki"),
        ("a.tei", "", "tei"),
        ("a.xml", '<?xml version="1.0"?>\n<!-- a -->\n<TEI>\n</TEI>\n', "tei"),
        ("a.xml", '<?xml version="1.0"?>\n<dictionary>\n</dictionary>\n', "dix"),
        ("a.dix", "", "dix"),
        ("a-metadata.json", "{}", "cldf"),
    ],
)
def test_name_and_first_lines_tell_the_format(tmp_path, name, text, found):
    (tmp_path / name).write_text(text)
    assert detect_format(tmp_path / name) == found
    assert found in FORMATS


def test_what_cannot_be_told_is_asked(tmp_path):
    (tmp_path / "a.txt").write_text("xyz\tabc\n")
    with pytest.raises(ConfigError, match="cannot be told") as fault:
        detect_format(tmp_path / "a.txt")
    assert "FILE:FORMAT" in fault.value.hint


@pytest.mark.parametrize(
    ("tag", "code", "same"),
    [
        ("se", "sme", True),
        ("swh", "swa", True),
        ("sw", "swc", True),
        ("swh", "swc", False),
        ("ku", "kmr", True),
        ("apd-SD", "apd", True),
        ("fo", "fao", True),
        ("fo", "sme", False),
        ("sma", "sma", True),
    ],
)
def test_language_tags_are_matched_without_collapsing_languages(tag, code, same):
    assert same_language(tag, code) is same


def test_english_is_seen_where_its_words_are_clearly_more():
    assert english_side([("water", "maji"), ("fire", "moto")]) == "left"
    assert english_side([("maji", "Water"), ("kwenda", "to walk")]) == "right"
    assert english_side([("water", "fire"), ("moto", "maji")]) == ""
    assert english_side([("water", "maji")]) == ""
