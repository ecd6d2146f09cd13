"""The format `kaikki`."""

import json

import pytest

from lexaug.errors import FormatError


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_target_words_give_their_glosses(read, facts, reasons):
    text = lines(
        {
            "word": "čáhci",
            "lang_code": "se",
            "pos": "noun",
            "senses": [
                {"glosses": ["water"], "translations": []},
                {"glosses": ["body of water", "lake (small)"]},
                {"glosses": ["plural of x"], "form_of": [{"word": "x"}]},
                {"tags": ["no-gloss"]},
            ],
        },
        {"word": "mannat", "lang_code": "se", "pos": "verb", "senses": [{"glosses": ["to go, to walk"]}]},
    )
    reading = read("se.jsonl", text, target="sme")
    assert facts(reading) == [
        ("water", "čáhci", "NOUN"),
        ("lake", "čáhci", "NOUN"),
        ("go", "mannat", "VERB"),
        ("walk", "mannat", "VERB"),
    ]
    assert reasons(reading) == [(1, "a form of another word")]


def test_a_zero_character_behind_an_escape_is_rejected(read, reasons):
    record = {"word": "če\0hci", "lang_code": "se", "pos": "noun", "senses": [{"glosses": ["water"]}]}
    good = {**record, "word": "čáhci"}
    assert reasons(read("se.jsonl", lines(record, good), target="sme")) == [(1, "zero character in the target")]


def test_source_words_give_their_translations(read, reasons):
    text = lines(
        {
            "word": "water",
            "lang_code": "en",
            "pos": "noun",
            "translations": [
                {"code": "se", "word": "čáhci", "sense": "liquid"},
                {"code": "fi", "word": "vesi"},
                {"lang_code": "se", "word": ""},
            ],
            "senses": [{"glosses": ["liquid"], "translations": [{"lang_code": "se", "word": "mearra"}]}],
        },
        {"word": "of", "lang_code": "en", "pos": "prep", "senses": []},
        {"word": "vesi", "lang_code": "fi", "pos": "noun", "senses": [{"glosses": ["water"]}]},
    )
    reading = read("en.jsonl", text, target="sme")
    assert [(e.source, e.target, e.pos, e.sense) for e in reading.entries] == [
        ("water", "čáhci", "NOUN", "liquid"),
        ("water", "mearra", "NOUN", ""),
    ]
    assert reasons(reading) == [
        (1, "empty target"),
        (2, "no translation into sme"),
        (3, "a word of language 'fi', not sme"),
    ]


def test_records_without_word_or_gloss_are_rejected(read, reasons):
    text = lines(
        {"word": "čáhci", "pos": "noun", "senses": [{"glosses": ["water"]}]},
        {"pos": "noun", "senses": [{"glosses": ["water"]}]},
        {"word": "a", "pos": "noun"},
        {"word": "-i", "pos": "suffix", "senses": [{"glosses": ["x"]}]},
    )
    assert reasons(read("se.jsonl", text, target="sme")) == [
        (2, "no word"),
        (3, "no gloss"),
        (4, "a suffix, no free word"),
    ]


@pytest.mark.parametrize("line", ["{", "[]", "3", '{"word": "a"', "[" * 100_000])
def test_a_line_that_is_no_object_is_refused(read, line):
    with pytest.raises(FormatError, match="not a JSON object") as fault:
        read("se.jsonl", lines({"word": "a"}) + line + "\n")
    assert fault.value.line == 2
