"""The format `wiktionary-tsv`, and glosses cut into equivalents."""

import pytest

from lexaug.lexicon.glosses import DEFINITION, GRAMMAR, NOTHING_LEFT, english_equivalents, target_equivalents


def row(headwords: str, *parts: tuple[str, list[str]]) -> str:
    articles = "<br>".join(
        f"<i>{pos}</i><br><ol>{''.join(f'<li>{g}</li>' for g in senses)}</ol>" for pos, senses in parts
    )
    return f"{headwords}\t{articles}\n"


def test_the_first_headword_takes_all_glosses_of_all_parts_of_speech(read, facts):
    text = row("pynta|pyntar|pyntaði", ("verb", ["to adorn, to decorate"])) + row(
        "lura", ("adv", ["backwards", "back"]), ("adj", ["backward (of a place)"])
    )
    assert facts(read("Faroese.tsv", text, target="fao")) == [
        ("adorn", "pynta", "VERB"),
        ("decorate", "pynta", "VERB"),
        ("backwards", "lura", "ADV"),
        ("back", "lura", "ADV"),
        ("backward", "lura", "ADJ"),
    ]


def test_the_gloss_is_kept_as_the_sense_where_it_says_more(read):
    entries = read("X.tsv", row("a", ("noun", ["(computing) hardware", "lake"]))).entries
    assert [entry.sense for entry in entries] == ["(computing) hardware", ""]


def test_what_is_no_free_word_or_translation_is_rejected(read, reasons):
    text = (
        row("bát", ("noun", ["boat"]))
        + row("A", ("character", ["The first letter of the alphabet"]))
        + row("-ur", ("noun", ["ending"]))
        + row("bátar", ("noun", ["nominative plural of bát"]))
        + "bar\t\n"
        + row("Samar", ("name", ["A province of the Philippines"]))
    )
    assert reasons(read("X.tsv", text)) == [
        (2, "a character, no free word"),
        (3, "a noun, no free word"),
        (4, GRAMMAR),
        (5, "no part of speech and gloss"),
        (6, DEFINITION),
    ]


@pytest.mark.parametrize(
    ("gloss", "words"),
    [
        ("lake", ["lake"]),
        ("father, daddy; pop", ["father", "daddy", "pop"]),
        ("(poetic) on, upon (a place (far))", ["on", "upon"]),
        ("to save, to store (a file, a text)", ["to save", "to store"]),
        ("second (2nd)", ["second"]),
        ("salt &amp; <b>pepper</b>", ["salt & pepper"]),
        ("Inari.", ["Inari"]),
        ("“house”", ["house"]),
        ("useless, vain, unsuccessful MBh. Kāv. &c.", ["useless", "vain", "unsuccessful"]),
        ("tool, e.g. a hammer, a saw", ["tool"]),
        ("which", ["which"]),
        ("so that", ["so that"]),
        ("stones, or rocks", ["stones", "rocks"]),
        ("broom [from 16th c.] (tool", ["broom"]),
        ("Bylgja, one of the nine daughters of Ægir", ["Bylgja"]),
        ("you, second-person singular of vera", ["you"]),
    ],
)
def test_glosses_are_cut_into_equivalents(gloss, words):
    assert list(english_equivalents(gloss).words) == words


@pytest.mark.parametrize(
    ("gloss", "reason"),
    [
        ("plural of bát", GRAMMAR),
        ("Contraction of ei (“his, her”).", GRAMMAR),
        ("first/second/third-person singular/plural conditional II of be", GRAMMAR),
        ("inflection of ganga:", GRAMMAR),
        ("Romanization of अहन्", GRAMMAR),
        ("complete aspect of masuka", GRAMMAR),
        ("A municipality of Cebu, Philippines.", DEFINITION),
        ("act of lying down", DEFINITION),
        ("one who kills", DEFINITION),
        ("to pull or grab someone by the hair", DEFINITION),
        ("(obsolete)", NOTHING_LEFT),
        ("", NOTHING_LEFT),
    ],
)
def test_what_explains_or_speaks_of_grammar_gives_no_equivalent(gloss, reason):
    found = english_equivalents(gloss)
    assert found.words == ()
    assert found.refused == (reason,)


def test_glosses_in_the_target_language_are_only_cut():
    assert target_equivalents("enda (zake), kwenda;  tembea").words == ("enda", "kwenda", "tembea")
