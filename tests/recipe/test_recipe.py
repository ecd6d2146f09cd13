"""Recipes: written and read they stay the same, their hash names what they say, mistakes are told with their line."""

import os
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from lexaug.errors import ConfigError, MissingError, StateError
from lexaug.morphology.english.choice import AnalyserChoice
from lexaug.recipe import PRESETS, Recipe, SynthesisSettings, TrainingSettings

words = st.text("abcdefgh.-äš", min_size=1, max_size=8).map(lambda word: "x" + word)
paths = st.lists(words, min_size=1, max_size=4).map("/".join)
recipes = st.builds(
    lambda name, pack, synthesis, preset, passes, rate, layers, backbone, dev, seed: Recipe(
        name=name,
        pack=pack,
        backbone={"name": backbone},
        synthesis=synthesis,
        training={"preset": preset, "passes": passes, "learning_rate": rate, "layers": layers},
        evaluation={"dev": dev},
        seed=seed,
    ),
    name=st.text(max_size=10),
    pack=paths,
    synthesis=st.fixed_dictionaries(
        {
            "sources": st.lists(paths, max_size=3, unique=True),
            "mode": st.sampled_from(["lexicon", "morph", "random-inflection"]),
            "inflector": st.sampled_from(["rules", "none", "./inflectors/x", "../y"]),
            "sentences": st.none() | st.integers(1, 10**7),
            "samples": st.integers(1, 9),
        }
    ),
    preset=st.sampled_from(sorted(PRESETS)),
    passes=st.integers(1, 50),
    rate=st.floats(1e-9, 1.0),
    layers=st.none() | st.lists(st.integers(1, 12), min_size=1, max_size=4),
    backbone=st.sampled_from(["offline", "xlm-roberta-base", "owner/model", "./models/x", "../y"]),
    dev=st.none() | paths,
    seed=st.integers(0, 2**63 - 1),
)


def write(folder, text):
    path = folder / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


@settings(deadline=None)  # writes files: a busy disk is no fault
@given(recipes)
def test_load_of_dump_is_identity(tmp_path_factory, recipe):
    path = tmp_path_factory.mktemp("recipes") / "deep" / "recipe.toml"
    recipe.dump(path)
    assert Recipe.load(path) == recipe
    assert Recipe.load(path).hash == recipe.hash


@pytest.mark.parametrize("name", ["ka\u0301lla", "\uf900"])
def test_names_of_files_stay_as_they_are(tmp_path, name):
    recipe = Recipe(name=name, pack=str(tmp_path / name), synthesis={"sources": [str(tmp_path / f"{name}.conllu")]})
    recipe.dump(tmp_path / "recipe.toml")
    assert Recipe.load(tmp_path / "recipe.toml") == recipe


@settings(deadline=None)
@given(recipes, st.randoms())
def test_the_hash_does_not_depend_on_the_order_of_keys(tmp_path_factory, recipe, random):
    folder = tmp_path_factory.mktemp("recipes")
    recipe.dump(folder / "recipe.toml")
    data = recipe._data(lambda name: os.path.relpath(name, folder))
    keys = list(data)
    random.shuffle(keys)
    (folder / "shuffled.toml").write_text(tomli_w.dumps({key: data[key] for key in keys}), encoding="utf-8")
    assert Recipe.load(folder / "shuffled.toml").hash == recipe.hash


def test_the_hash_changes_with_a_setting_and_not_with_the_folder(tmp_path):
    one = Recipe(pack=str(tmp_path / "a" / "sme"), synthesis={"sources": [str(tmp_path / "a" / "ewt.conllu")]})
    moved = Recipe(pack=str(tmp_path / "b" / "sme"), synthesis={"sources": [str(tmp_path / "b" / "ewt.conllu")]})
    assert one.hash == moved.hash
    assert one.hash != one.model_copy(update={"seed": 1}).hash
    assert one.hash != Recipe(pack=one.pack, synthesis={"sources": [one.synthesis.sources[0]], "mode": "lexicon"}).hash


def test_paths_are_relative_to_the_recipe(tmp_path):
    path = write(tmp_path, 'pack = "packs/sme"\n[synthesis]\nsources = ["../ewt.conllu"]\n')
    recipe = Recipe.load(path)
    assert recipe.pack == str(tmp_path / "packs" / "sme")
    assert recipe.synthesis.sources == (str(tmp_path.parent / "ewt.conllu"),)
    recipe.dump(tmp_path / "elsewhere" / "recipe.toml")
    text = (tmp_path / "elsewhere" / "recipe.toml").read_text(encoding="utf-8")
    assert 'pack = "../packs/sme"' in text
    assert str(tmp_path) not in text


def test_what_analyses_plain_text_is_written_in_full(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "lexaug.morphology.english.choice._installed", lambda: AnalyserChoice("stanza", "ewt", "1.10.1")
    )
    path = write(tmp_path, 'pack = "p"\n[synthesis]\nsources = ["news.txt"]\nanalyser = "auto"\n')
    recipe = Recipe.load(path)
    assert recipe.synthesis.analyser == "stanza:ewt@1.10.1"
    recipe.dump(tmp_path / "stored.toml")
    assert 'analyser = "stanza:ewt@1.10.1"' in (tmp_path / "stored.toml").read_text(encoding="utf-8")
    monkeypatch.undo()
    stored = Recipe.load(tmp_path / "stored.toml")
    assert stored == recipe
    assert stored.hash == recipe.hash


def test_a_recipe_that_names_no_analyser_has_the_shipped_one_everywhere(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "lexaug.morphology.english.choice._installed", lambda: AnalyserChoice("stanza", "ewt", "1.10.1")
    )
    recipe = Recipe.load(write(tmp_path, 'pack = "p"\n[synthesis]\nsources = ["news.txt"]\n'))
    assert recipe.synthesis.analyser == "shipped"
    assert recipe.hash != Recipe(pack="p", synthesis={"sources": ["news.txt"], "analyser": "auto"}).hash


def test_analysed_sources_need_no_analyser():
    named = Recipe(pack="p", synthesis={"sources": ["ewt.conllu"], "analyser": "stanza@1.10.1"})
    assert named.synthesis.analyser is None
    assert named.hash == Recipe(pack="p", synthesis={"sources": ["ewt.conllu"]}).hash


def test_a_hub_id_is_no_path(tmp_path):
    assert Recipe.load(
        write(tmp_path, 'pack = "p"\nbackbone.name = "FacebookAI/xlm-roberta-base"\n')
    ).backbone.name == ("FacebookAI/xlm-roberta-base")
    local = Recipe.load(write(tmp_path, 'pack = "p"\nbackbone.name = "./tiny"\n'))
    assert local.backbone.name == str(tmp_path / "tiny")


def test_an_inflector_is_a_word_or_a_folder_whose_place_does_not_count(tmp_path):
    assert Recipe.load(write(tmp_path, 'pack = "p"\n')).synthesis.inflector == "rules"
    recipe = Recipe.load(write(tmp_path, 'pack = "p"\n[synthesis]\ninflector = "./inflectors/sme"\n'))
    assert recipe.synthesis.inflector == str(tmp_path / "inflectors" / "sme")
    moved = Recipe(pack="p", synthesis={"inflector": "/elsewhere/sme"})
    assert recipe.hash == moved.hash
    assert recipe.hash != Recipe(pack="p", synthesis={"inflector": "none"}).hash
    recipe.dump(tmp_path / "stored.toml")
    assert 'inflector = "./inflectors/sme"' in (tmp_path / "stored.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('pack = "p"\nsede = 3\n', 2, "unknown key 'sede'", "did you mean 'seed'?"),
        (
            'pack = "p"\n\n[synthesis]\nsentence = 3\n',
            4,
            "unknown key 'synthesis.sentence'",
            "did you mean 'sentences'?",
        ),
        ('pack = "p"\n[training]\nlearning-rate = 1e-3\n', 3, "unknown key 'training.learning-rate'", "learning_rate"),
        ('pack = "p"\n[trainning]\nrank = 3\n', 2, "unknown key 'trainning'", "did you mean 'training'?"),
        ('pack = "p"\n[training]\npreset = "taging"\n', 3, "unknown preset 'taging'", "did you mean 'tagging'?"),
        ('pack = "p"\n[training]\npreset = [1]\n', 3, "training.preset: must be text", "one of: tagging"),
        ('pack = "p"\n[training]\nrank = 4\nlayers = []\n', 4, "the list is empty", "name at least one"),
        ('pack = "p"\n[backbone]\nname = "ofline"\n', 3, "unknown backbone 'ofline'", "did you mean 'offline'?"),
        (
            'pack = "p"\n[synthesis]\nsources = ["a.conllu", "a.conllu"]\n',
            3,
            "is given twice",
            "name each file once",
        ),
        (
            'pack = "p"\n[training.objectives]\nlabels = 1.0\nwrods = 0.3\n',
            4,
            "training.objectives.wrods: unknown objective 'wrods'",
            "did you mean 'words'?",
        ),
        (
            'pack = "p"\n[training]\nobjectives.words = "x"\n',
            3,
            "training.objectives.words: must be a valid number",
            "weights by name, such as { words = 0.3 }",
        ),
        ('pack = "p"\n[synthesis]\nmode = "morf"\n', 3, "synthesis.mode", None),
        ('pack = "p"\n[synthesis]\nanalyser = "spcy"\n', 3, "unknown analyser 'spcy'", "did you mean 'spacy'?"),
        (
            'pack = "p"\n[synthesis]\ninflector = "ruls"\n',
            3,
            "unknown inflector 'ruls'",
            "did you mean 'rules'?; a folder is written ./ruls",
        ),
        ('pack = "p"\n[synthesis]\ninflecter = "rules"\n', 3, "unknown key", "did you mean 'inflector'?"),
        ('pack = "p"\n[training]\nrank = 0\n', 3, "training.rank", None),
        ('pack = "p"\nseed = "x"\n', 2, "seed", None),
        ('pack = "p"\nseed = \n', 2, "is not valid TOML", "mend the line"),
        ("seed = 1\n", None, "the key 'pack' is missing", None),
    ],
)
def test_a_mistake_is_told_with_line_and_remedy(tmp_path, text, line, message, hint):
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        Recipe.load(path)
    assert caught.value.file == str(path)
    assert caught.value.line == line
    assert message in caught.value.message
    assert "did you mean" not in caught.value.message
    assert hint is None or hint in (caught.value.hint or "")


def test_a_recipe_that_is_not_there(tmp_path):
    with pytest.raises(MissingError):
        Recipe.load(tmp_path / "none.toml")


def test_every_objective_can_stand_in_a_recipe(tmp_path):
    path = write(tmp_path, 'pack = "p"\n[training.objectives]\nmlm = 1.0\nwords = 0.5\n')
    assert Recipe.load(path).training.active == {"mlm": 1.0, "words": 0.5}


def test_flags_are_checked_like_files():
    with pytest.raises(ConfigError, match=r"did you mean 'sentences'"):
        SynthesisSettings.make(sentense=5)
    with pytest.raises(ConfigError, match="preset"):
        TrainingSettings.make(preset="fast")
    assert SynthesisSettings.make(sentences=5).sentences == 5


def test_a_setting_goes_before_its_preset():
    plain = TrainingSettings(preset="retrieval")
    assert plain.objectives == PRESETS["retrieval"]["objectives"]
    own = TrainingSettings(preset="retrieval", objectives={"words": 2.0})
    assert own.objectives == {"words": 2.0}


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(StateError, match="No space left"):
        Recipe(pack="p").dump(tmp_path / "recipe.toml")
    assert list(tmp_path.iterdir()) == []


def test_every_training_setting_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "training.md").read_text(encoding="utf-8")
    table = text.partition("## Settings")[2].partition("\n## ")[0]
    assert [name for name in TrainingSettings.model_fields if f"`{name}`" not in table] == []
