"""The examples in the documentation are what the code takes."""

import re
from pathlib import Path

from lexaug.licences import combine
from lexaug.pack import load_pack
from lexaug.recipe import Recipe

DOCS = Path(__file__).parents[2] / "docs"


def example(name):
    return re.search(r"```toml\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL).group(1)


def test_the_example_of_a_pack_loads(tmp_path):
    for name in ("lexicons/en_lg.tsv", "paradigms/lug.trn", "texts/cv.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x\n", encoding="utf-8")
    (tmp_path / "pack.toml").write_text(example("pack.md"), encoding="utf-8")
    pack = load_pack(tmp_path)
    assert pack.language.code == "lug"
    assert "soma" in pack.citation.candidates("okusoma", "VERB")


def test_the_example_of_a_recipe_loads(tmp_path):
    (tmp_path / "recipe.toml").write_text(example("recipe.md"), encoding="utf-8")
    assert Recipe.load(tmp_path / "recipe.toml").synthesis.sentences == 6000


def test_the_table_of_licences_holds():
    text = (DOCS / "pack.md").read_text(encoding="utf-8")
    rows = re.search(r"\| sources \| whole \|\n.*?\n(.*?)\n\n", text, re.DOTALL).group(1).splitlines()
    assert len(rows) == 9
    for row in rows:
        sources, expected = (cell.strip() for cell in row.strip("|").split("|"))
        whole = combine(dict(enumerate(sources.split(", "))))
        assert whole.conflict is not None if "conflict" in expected else whole.licence == expected
