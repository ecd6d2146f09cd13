"""Languages: codes are ISO 639-3, macrolanguages stay apart, a wrong code names the right one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.errors import ConfigError
from lexaug.files import resource
from lexaug.languages import MAX_RELATIVES, codes, families, find, language, lineage, names


def test_a_language_has_names_script_family_and_order():
    spec = language("sme")
    assert spec.name == "Northern Sami"
    assert spec.autonym == "davvisámegiella"
    assert spec.scripts[0] == "Latn"
    assert spec.family == "Uralic"
    assert spec.glottocode == "nort2671"
    assert spec.word_order == "SVO"
    assert "smj" in spec.relatives


@pytest.mark.parametrize(
    ("code", "order"),
    [("cym", "VSO"), ("kaz", "SOV"), ("lug", "SVO"), ("amh", "SOV"), ("tgl", "VSO"), ("deu", "SVO/SOV")],
)
def test_word_order(code, order):
    assert language(code).word_order == order


def test_macrolanguages_are_not_their_members():
    macro, member = language("swa"), language("swc")
    assert macro.scope == "macrolanguage"
    assert macro.macrolanguage is None
    assert set(macro.relatives[:2]) == {"swc", "swh"}
    assert member.scope == "individual"
    assert member.macrolanguage == "swa"
    assert member.relatives[0] == "swh"
    assert member.name != macro.name


def test_an_isolate_is_a_family_without_relatives():
    assert language("eus").family == "Basque"
    assert language("eus").relatives == ()


def test_sign_languages_are_in_no_family():
    assert language("ase").family is None


@pytest.mark.parametrize(
    ("given_name", "code"),
    [
        ("sw", "swa"),
        ("SME", "sme"),
        ("Luganda", "lug"),
        ("Northern Sámi", "sme"),
        ("maltse", "mlt"),
        ("fri", "fry"),
        ("smee", "sme"),
        ("ssme", "sme"),
        ("zullu", "zul"),
        ("zull", "zul"),
        ("maltesse", "mlt"),
        ("føroyskt", "fao"),
    ],
)
def test_what_is_no_code_is_suggested_not_taken(given_name, code):
    with pytest.raises(ConfigError, match=f"did you mean '{code}'"):
        language(given_name)


@pytest.mark.parametrize("nonsense", ["", "xq", "zzzzz", "../sme"])
def test_nonsense_gets_no_suggestion(nonsense):
    assert find(nonsense) is None
    with pytest.raises(ConfigError, match="ISO 639-3"):
        language(nonsense)


@given(st.sampled_from(codes()))
def test_every_code_gives_a_consistent_language(code):
    spec = language(code)
    assert spec.code == code
    assert spec.name
    assert spec.scope in {"individual", "macrolanguage", "special"}
    assert code not in spec.relatives
    assert len(spec.relatives) <= MAX_RELATIVES
    assert all(relative in codes() for relative in spec.relatives)
    assert all(len(script) == 4 for script in spec.scripts)
    if spec.macrolanguage:
        assert language(spec.macrolanguage).scope == "macrolanguage"


@given(st.text(max_size=8).filter(lambda text: text not in codes()))
def test_any_other_text_is_a_config_error_with_a_hint(text):
    with pytest.raises(ConfigError) as caught:
        language(text)
    assert caught.value.hint


def test_the_table_is_small_and_complete():
    assert resource("languages.tsv").stat().st_size + resource("languages.families.tsv").stat().st_size < 1_500_000
    assert len(codes()) > 7_800
    assert {"sme", "swa", "swc", "swh", "lug", "kmr", "quy"} <= set(codes())


def test_a_language_is_called_by_all_its_names_and_other_codes():
    assert names("amh") == ("Amharic", "አማርኛ", "am")
    assert names("swa")[:2] == ("Swahili (macrolanguage)", "Kiswahili")


def test_a_lineage_leads_from_the_highest_family_down():
    assert [name for _, name in lineage("sme")] == ["Uralic", "Saami", "Western Saami", "Central Western Saami"]
    assert lineage("zxx") == ()


@pytest.mark.parametrize("ask", [names, lineage])
def test_an_unknown_code_has_neither_names_nor_lineage(ask):
    with pytest.raises(ConfigError, match="qqq"):
        ask("qqq")


@given(st.sampled_from(codes()))
def test_the_highest_of_a_lineage_is_the_family(code):
    assert [name for _, name in lineage(code)[:1]] == [language(code).family][: len(lineage(code))]


def test_families_are_named_by_glottocode():
    assert families()["ural1272"] == "Uralic"
    assert dict(lineage("swh")).items() <= families().items()
