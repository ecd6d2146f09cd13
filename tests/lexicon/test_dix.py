"""The format `dix`."""

import pytest

ENTRIES = """
<e><p><l>look<g><b/>for</g><s n="vblex"/></l><r>іздеу<s n="v"/><s n="tv"/></r></p></e>
<e r="LR"><p><l>in<b/>front<b/>of<s n="pr"/></l><r>алдында<s n="post"/></r></p></e>
<e r="RL"><p><l>and<s n="cnjcoo"/></l><r>да<s n="cnjcoo"/></r></p></e>
<e><i>Shell<s n="np"/><s n="org"/></i></e>
<e i="yes"><p><l>off<s n="adv"/></l><r>өшірулі<s n="adv"/></r></p></e>
<e><re>[0-9]+</re><p><l><s n="num"/></l><r><s n="num"/></r></p></e>
<e><p><l>do<j/>not<s n="vblex"/></l><r>емес<s n="v"/></r></p></e>
<e r="LR"><p><l>at<s n="pr"/></l><r></r></p></e>
<e><p><l>under water<s n="adj"/></l><r>су<b/>асты<s n="n"/></r></p></e>
"""


def dix(entries: str) -> str:
    return (
        '<dictionary><sdefs><sdef n="n"/></sdefs>'
        "<pardefs><pardef n='x'><e><p><l>p</l><r>q</r></p></e></pardef></pardefs>"
        f'<section id="main" type="standard">{entries}</section></dictionary>'
    )


def test_left_is_the_source_where_the_name_says_so(read, facts):
    assert facts(read("apertium-eng-kaz.eng-kaz.dix", dix(ENTRIES), target="kaz")) == [
        ("look for", "іздеу", "VERB"),
        ("in front of", "алдында", "ADP"),
        ("Shell", "Shell", "PROPN"),
        ("under water", "су асты", "ADJ"),
    ]


def test_what_is_no_word_or_the_other_direction_is_rejected_by_line(read, reasons):
    assert reasons(read("apertium-eng-kaz.eng-kaz.dix", dix(ENTRIES), target="kaz")) == [
        (4, 'for the other direction only (r="RL")'),
        (6, 'switched off (i="yes")'),
        (7, "a pattern, no word"),
        (8, "several joined words"),
        (9, "no text on one side"),
    ]


def test_right_is_the_source_where_the_name_says_so(read, facts, reasons):
    entries = """<e><p><l>tu<b/>cefn<s n="pr"/></l><r>behind<s n="pr"/></r></p></e>
<e r="LR"><p><l>eg<s n="adv"/></l><r>example<s n="adv"/></r></p></e>
<e r="RL"><p><l>tŷ<s n="n"/><s n="m"/></l><r>house<s n="n"/></r></p></e>"""
    reading = read("apertium-cym-eng.cym-eng.dix", dix(entries), target="cym")
    assert facts(reading) == [("behind", "tu cefn", "ADP"), ("house", "tŷ", "NOUN")]
    assert reasons(reading) == [(2, 'for the other direction only (r="LR")')]


@pytest.mark.parametrize("words", [[("water", "dŵr"), ("fire", "tân")], [("dŵr", "water"), ("tân", "fire")]])
def test_without_a_telling_name_the_words_tell_the_direction(read, facts, words):
    entries = "".join(f"<e><p><l>{one}<s n='n'/></l><r>{other}<s n='n'/></r></p></e>" for one, other in words)
    found = facts(read("dictionary.dix", dix(entries), target="cym"))
    assert found == [("water", "dŵr", "NOUN"), ("fire", "tân", "NOUN")]
