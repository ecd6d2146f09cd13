"""Analysers by name: `auto` becomes what is installed, and what was used is named with its version."""

from pathlib import Path

import pytest

from lexaug.errors import ConfigError
from lexaug.morphology.english.choice import AnalyserChoice, analyser_of, resolve_analyser

PLAIN, ANALYSED = Path("news.txt"), Path("treebank.conllu")


@pytest.fixture(autouse=True)
def nothing_downloaded(tmp_path, monkeypatch):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path / "stanza"))


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("shipped", "shipped"),
        ("spacy", "spacy:en_core_web_sm"),
        ("spacy:en_core_web_lg@3.7.1", "spacy:en_core_web_lg@3.7.1"),
        ("stanza", "stanza:default"),
        ("stanza:ewt", "stanza:ewt"),
    ],
)
def test_a_name_is_written_in_full(name, full):
    assert str(AnalyserChoice.parse(name)) == full
    assert AnalyserChoice.parse(full) == AnalyserChoice.parse(name)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("spcy", "did you mean 'spacy'"),
        ("shiped", "did you mean 'shipped'"),
        ("auto:x", "takes no model"),
        ("shipped@1", "takes no model"),
        ("spacy:./models/mine", "no name of a model"),
    ],
)
def test_a_wrong_name_is_refused(name, says):
    with pytest.raises(ConfigError) as caught:
        AnalyserChoice.parse(name)
    assert says in str(caught.value)


def test_auto_is_what_is_shipped_where_nothing_else_is_there(installed):
    assert resolve_analyser("auto") == "shipped"
    installed("spacy", "3.8.2")
    assert resolve_analyser("auto") == "shipped", "spaCy without a model"
    installed("stanza", "1.10.1")
    assert resolve_analyser("auto") == "shipped", "Stanza without a model"


def test_auto_takes_the_best_that_is_installed(installed, tmp_path):
    for package, version in [("spacy", "3.8.2"), ("en_core_web_sm", "3.8.0")]:
        installed(package, version)
    assert resolve_analyser("auto") == "spacy:en_core_web_sm@3.8.0"
    installed("en_core_web_md", "3.8.1")
    assert resolve_analyser("auto") == "spacy:en_core_web_md@3.8.1"
    installed("stanza", "1.10.1")
    (tmp_path / "stanza/en/depparse").mkdir(parents=True)
    (tmp_path / "stanza/en/depparse/combined_charlm.pt").touch()
    assert resolve_analyser("auto") == "stanza:default@1.10.1"


def test_the_version_that_is_named_stays(installed):
    installed("en_core_web_sm", "3.8.0")
    assert resolve_analyser("spacy") == "spacy:en_core_web_sm@3.8.0"
    assert resolve_analyser("spacy:en_core_web_sm@3.7.1") == "spacy:en_core_web_sm@3.7.1"


def test_only_plain_text_has_an_analyser():
    assert analyser_of([ANALYSED], "auto") is None
    assert analyser_of([ANALYSED, PLAIN]) == "shipped"
    with pytest.raises(ConfigError):
        analyser_of([ANALYSED], "stanzza")
