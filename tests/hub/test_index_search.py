"""Searching an index: the language that was meant, nothing else for it, and what comes nearest."""

from pathlib import Path

import pytest
from index_world import entry, index_of, result

from lexaug.errors import ConfigError, FormatError, MissingError
from lexaug.hub.index.find import find
from lexaug.hub.index.opening import ENVIRONMENT, open_index
from lexaug.hub.index.search import Found, Query, search
from lexaug.hub.index.write import json_text, write_index

BIG = "FacebookAI/xlm-roberta-base"
SMALL = "intfloat/multilingual-e5-small"
WORLD = index_of(
    entry("swa", results=[result(1.5)]),
    entry("swh", results=[result(5.0)]),
    entry("swc", results=[]),
    entry("sme", base_model=BIG, results=[result(-3.0, "harms")]),
    entry("sme", place="org/sme-better", results=[result(2.0), result(9.0, task="retrieval")]),
    entry("sma", results=[result(4.0)]),
    entry("fin", results=[result(8.0)]),
    entry("amh", base_model=BIG),
)


def look(language: str | None = None, family: str | None = None, base: str | None = None) -> Found:
    """Search the world."""
    return search(WORLD, Query(language, family, base))


def codes(entries: tuple) -> list[str]:
    """Give the languages of entries."""
    return [one.code for one in entries]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("swa", ["swa"]),
        ("swh", ["swh"]),
        ("sw", ["swa"]),
        ("Swahili", ["swh", "swa"]),
        ("kiswahili", ["swh", "swa"]),
        ("አማርኛ", ["amh"]),
        ("davvisamegiella", ["sme", "sme"]),
        ("NORTHERN SAMI", ["sme", "sme"]),
    ],
)
def test_a_code_means_one_language_and_a_name_all_that_bear_it(asked: str, wanted: list[str]) -> None:
    assert codes(look(asked).entries) == wanted


def test_members_of_a_macrolanguage_are_named_beside_it_never_for_it() -> None:
    found = look("swa")
    assert codes(found.entries) == ["swa"]
    assert codes(found.related) == ["swh", "swc"]
    assert codes(search(index_of(entry("swh")), Query("swa")).entries) == []
    assert codes(search(index_of(entry("swh")), Query("swa")).related) == ["swh"]


def test_the_greatest_gain_comes_first_and_what_is_not_measured_last() -> None:
    assert [one.place for one in look("sme").entries] == ["org/sme-better", "org/sme"]
    assert codes(look(family="Atlantic-Congo").entries) == ["swh", "swa", "swc"]


def test_where_there_is_nothing_the_nearest_of_the_family_tree_are_named() -> None:
    found = look("smj")
    assert found.entries == found.related == ()
    assert codes(found.nearest) == ["sme", "sma", "fin"]
    assert found.nearest[0].place == "org/sme-better"


def test_an_isolate_has_nothing_near() -> None:
    assert look("eus") == Found((), ("eus",))


def test_on_another_base_the_language_itself_is_nearest() -> None:
    found = look("amh", base=SMALL)
    assert found.entries == ()
    assert codes(found.nearest) == ["amh"]


@pytest.mark.parametrize("family", ["Uralic", "uralic", "ural1272"])
def test_a_family_holds_all_below_it(family: str) -> None:
    assert codes(look(family=family).entries) == ["sme", "fin", "sma", "sme"]
    assert codes(look(family="Saami").entries) == ["sme", "sma", "sme"]


@pytest.mark.parametrize("base", [BIG, "xlm-roberta-base", "XLM-Roberta-Base"])
def test_a_base_is_named_whole_or_without_its_owner(base: str) -> None:
    assert codes(look(base=base).entries) == ["amh", "sme"]


def test_offline_is_the_base_that_it_stands_for() -> None:
    assert look(base="offline") == look(base=SMALL)


def test_conditions_join() -> None:
    assert codes(look("sme", family="Saami", base=BIG).entries) == ["sme"]
    assert look("sme", family="Finnic").entries == ()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (("smee",), "unknown language 'smee'"),
        (("Kiswahilli",), "did you mean 'swa'"),
        (("esp",), "did you mean"),
        (("🤷",), "give an ISO 639-3 code or a name"),
        ((" ",), "unknown language"),
        ((None, "Uralik"), "did you mean 'Uralic'"),
        ((None, "<script>"), "unknown family"),
        ((None, None, None), "nothing to look for"),
        (("", "", ""), "nothing to look for"),
    ],
)
def test_what_does_not_exist_is_a_mistake_with_a_suggestion(query: tuple, says: str) -> None:
    with pytest.raises(ConfigError, match=says.replace("?", r"\?")):
        look(*query)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The world as a folder."""
    write_index(WORLD, tmp_path / "site")
    return tmp_path / "site"


def test_the_best_adapter_is_found_for_a_code(site: Path) -> None:
    located = find("sme", index=site)
    assert (located.repo, located.entry.place) == ("org/sme-better", "org/sme-better")
    assert str(located) == f"org/sme-better@{'a' * 40}"
    assert find("amh", base=BIG, index=site).repo == "org/amh"


def test_what_only_harms_is_not_taken(site: Path) -> None:
    with pytest.raises(MissingError, match="such that harm"):
        find("sme", base=BIG, index=site)


def test_a_macrolanguage_is_not_taken_for_its_member(tmp_path: Path) -> None:
    write_index(index_of(entry("swh")), tmp_path)
    with pytest.raises(MissingError, match="no adapter for swa") as caught:
        find("swa", index=tmp_path)
    assert "swh on intfloat" in str(caught.value.hint)


def test_only_codes_are_taken(site: Path) -> None:
    with pytest.raises(ConfigError, match="unknown language code 'Swahili'"):
        find("Swahili", index=site)


def test_a_folder_is_found_beside_its_index(tmp_path: Path) -> None:
    (tmp_path / "adapters" / "sma").mkdir(parents=True)
    there = entry("sma", kind="folder", place="../adapters/sma", revision=None)
    gone = entry("fin", kind="folder", place="../adapters/fin", revision=None)
    write_index(index_of(there, gone), tmp_path / "site")

    assert find("sma", index=tmp_path / "site").folder.samefile(tmp_path / "adapters" / "sma")
    with pytest.raises(MissingError, match="on this machine or on the Hub"):
        find("fin", index=tmp_path / "site")


def test_the_environment_names_the_index(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    with pytest.raises(ConfigError, match="no index is named"):
        open_index()
    monkeypatch.setenv(ENVIRONMENT, str(site))
    assert open_index().index == WORLD
    assert open_index(site / "index.json").index == WORLD


def test_an_index_that_is_not_there_is_told(tmp_path: Path) -> None:
    for place in (tmp_path / "none", "no such index", tmp_path):
        with pytest.raises(MissingError):
            open_index(place)


HOSTILE = {
    "a figure that is none": ('"value": 50.0', '"value": NaN'),
    "a score above all": ('"value": 50.0', '"value": 5000.0'),
    "an interval the wrong way round": ('"low": 48.0', '"low": 60.0'),
    "a revision that is no commit": (f'"{"a" * 40}"', '"main; rm -rf"'),
    "a code that is none": ('"code": "swa"', '"code": "../swa"'),
    "a verdict of its own": ('"verdict": "helps"', '"verdict": "wonderful"'),
    "a gain out of the air": ('"gain": {"value": 1.5', '"gain": {"value": 50.0'),
    "a name without end": ('"name": "Uralic"', f'"name": "{"x" * 100_000}"'),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_index_is_refused(tmp_path: Path, kind: str) -> None:
    old, new = HOSTILE[kind]
    text = json_text(WORLD)
    assert old in text
    (tmp_path / "index.json").write_text(text.replace(old, new, 1))
    with pytest.raises(FormatError, match="no index of lexaug") as caught:
        open_index(tmp_path)
    assert len(str(caught.value)) < 400


def test_searching_needs_no_torch(site: Path) -> None:
    import subprocess
    import sys

    code = f"""
import sys
from lexaug.cli import run
assert run(["search", "sme", "--index", {str(site)!r}]) == 0
assert not {{"torch", "peft", "transformers"}} & set(sys.modules)
"""
    assert (
        "org/sme-better"
        in subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    )
