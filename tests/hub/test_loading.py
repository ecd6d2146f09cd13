"""`lexaug.load`: by folder, by a language's code, and never what is not to be trusted."""

from pathlib import Path

import pytest
from hostile import HOSTILE
from hub_world import BASE
from variants import rehash

import lexaug
from lexaug.errors import ConfigError, MissingError, UnsafeError
from lexaug.hub.index.build import build_index
from lexaug.hub.index.write import write_index


def test_a_folder_is_loaded(trained: Path) -> None:
    model, tokenizer = lexaug.load(trained)

    assert model.get_base_model().config.hidden_size == 16
    assert tokenizer.is_fast


def test_a_code_is_looked_up_in_the_index(trained: Path, tmp_path: Path) -> None:
    write_index(build_index([str(trained)], tmp_path / "index"), tmp_path / "index")

    adapted = lexaug.load("sme", base=BASE, index=tmp_path / "index")

    assert adapted.manifest["language"] == "sme"
    with pytest.raises(MissingError, match="no adapter for fao"):
        lexaug.load("fao", index=tmp_path / "index")
    with pytest.raises(MissingError, match="on intfloat/multilingual-e5-small"):
        lexaug.load("sme", base="offline", index=tmp_path / "index")


def test_the_name_of_a_repository_says_how_to_fetch_it() -> None:
    with pytest.raises(MissingError) as caught:
        lexaug.load("maria/tiny-sme")
    assert "lexaug pull maria/tiny-sme" in str(caught.value.hint)


def test_without_an_index_a_code_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEXAUG_INDEX", raising=False)

    with pytest.raises(ConfigError) as caught:
        lexaug.load("sme")
    assert caught.value.hint


@pytest.mark.parametrize("name", ["no/such", "./sme", "swahili"])
def test_what_is_neither_folder_nor_code_is_told(name: str) -> None:
    with pytest.raises(MissingError, match="no adapter folder"):
        lexaug.load(name)


@pytest.mark.parametrize("name", ["NaN weights", "auto_map", "huge character part", "endless pattern", "symlink out"])
def test_what_is_hostile_is_not_loaded(adapter: Path, name: str) -> None:
    HOSTILE[name][0](adapter)
    rehash(adapter)

    with pytest.raises(UnsafeError):
        lexaug.load(adapter)
