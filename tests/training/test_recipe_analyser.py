"""Plain text is analysed by what the recipe names, in training and again in evaluation."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from lexaug.errors import ConfigError
from lexaug.evaluation.pseudo_text import source_sentences
from lexaug.recipe import Recipe
from lexaug.training.material import gather


@pytest.mark.parametrize("name", ["shipped", "stanza:ewt@1.10.1"])
def test_the_analyser_of_the_recipe_is_used(tmp_path: Path, monkeypatch, name: str) -> None:
    asked = []

    def load(name, *, backbone=None):
        asked.append(name)
        return lambda lines: iter(())

    monkeypatch.setattr("lexaug.training.english.english_analyser", load)
    (tmp_path / "news.txt").write_text("Dogs bark\n")
    recipe = Recipe(pack="pack", synthesis={"sources": [str(tmp_path / "news.txt")], "analyser": name})
    with pytest.raises(ConfigError, match="no sentence"):
        gather(recipe, None, None, hold_out=False)
    assert source_sentences(SimpleNamespace(recipe=recipe, folder=tmp_path)) == []
    assert asked == [name, name]
