"""The format `tei`, and XML that means harm."""

import pytest

from lexaug.errors import FormatError, UnsafeError

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def tei(*entries: str, head: str = HEAD) -> str:
    """Wrap entries, one a line, so that the first stands on line 3."""
    body = "\n".join(entries)
    return f'{head}<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>\n{body}\n</body></text></TEI>'


def entry(headword: str, pos: str, *senses: str) -> str:
    grammar = f"<gramGrp><pos>{pos}</pos></gramGrp>" if pos else ""
    return f"<entry><form><orth>{headword}</orth></form>{grammar}{''.join(senses)}</entry>"


def definition(text: str) -> str:
    return f"<sense><def>{text}</def></sense>"


def test_english_headwords_have_the_target_in_their_definitions(read, facts):
    text = tei(entry("all", "adj", definition("ote, pia")), entry("go", "v", definition("enda (zake)")))
    assert facts(read("eng-swh.tei", text)) == [("all", "ote", "ADJ"), ("all", "pia", "ADJ"), ("go", "enda", "VERB")]


def test_target_headwords_have_english_glosses(read, facts):
    quote = '<sense><cit type="trans"><quote>to echo</quote></cit><cit type="example"><quote>no</quote></cit></sense>'
    text = tei(entry("ada", "n", definition("fee, payment")), entry("alan dan", "", quote))
    assert facts(read("swh-eng.tei", text)) == [
        ("fee", "ada", "NOUN"),
        ("payment", "ada", "NOUN"),
        ("echo", "alan dan", "VERB"),
    ]


@pytest.mark.parametrize("left", [True, False])
def test_without_a_telling_name_the_words_tell_the_direction(read, facts, left):
    words = [("water", "maji"), ("fire", "moto"), ("sun", "jua")]
    text = tei(*(entry(one, "", definition(other)) for one, other in (pair if left else pair[::-1] for pair in words)))
    assert [fact[:2] for fact in facts(read("dictionary.tei", text))] == words


def test_prefixed_names_and_p4_translations_are_read(read, facts):
    text = (
        '<t:TEI xmlns:t="x"><t:body><t:entry><t:form><t:orth>ada</t:orth></t:form>'
        "<t:trans><t:tr>fee</t:tr></t:trans></t:entry></t:body></t:TEI>"
    )
    assert facts(read("swh-eng.tei", text)) == [("fee", "ada", "")]


def test_entries_without_translation_or_headword_are_rejected_by_line(read, reasons):
    text = tei(entry("ada", "n", definition("fee")), entry("maada", "n"), entry("", "", definition("x")))
    assert reasons(read("swh-eng.tei", text)) == [(4, "no translation"), (5, "no headword")]


def test_a_named_document_type_is_not_fetched_and_html_entities_are_known(read, facts):
    head = HEAD + '<!DOCTYPE TEI SYSTEM "file:///etc/passwd">'
    assert facts(read("swh-eng.tei", tei(entry("caf&eacute;", "n", definition("coffee")), head=head))) == [
        ("coffee", "café", "NOUN")
    ]


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://localhost/x.dtd"> %a;',
    ],
)
def test_declared_entities_are_refused(read, declared):
    text = tei(entry("ada", "n", definition("fee &a;")), head=f"{HEAD}<!DOCTYPE TEI [\n{declared}]>\n")
    with pytest.raises(UnsafeError, match="declares the entity 'a'") as fault:
        read("swh-eng.tei", text)
    assert fault.value.line == 3


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (tei(entry("ada", "n", definition("fee")))[:-20], 4, "not well-formed"),
        (HEAD + "<TEI>&nothing;</TEI>", 2, "not well-formed"),
        (HEAD + "<dictionary/>", 2, "root element is <dictionary>"),
        (HEAD + "<TEI>" + "<a>" * 300, 2, "nested deeper"),
        ("", 1, "not well-formed"),
        (tei(), None, "empty"),
    ],
)
def test_broken_xml_is_refused_with_its_line(read, text, line, words):
    with pytest.raises(FormatError, match=words) as fault:
        read("swh-eng.tei", text)
    assert fault.value.line == line


def test_an_entry_without_end_cannot_fill_the_memory(read):
    with pytest.raises(FormatError, match="more than"):
        read("swh-eng.tei", tei(entry("ada", "n", definition("fee " * (1 << 19)))))
