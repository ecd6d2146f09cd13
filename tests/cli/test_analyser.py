"""Plain English through spaCy: a module of the same shape stands in for it."""

import json
import sys
from pathlib import Path
from types import MappingProxyType, ModuleType, SimpleNamespace

import pytest

from lexaug.cli import run

LEXICON = "english\ttarget\tpos\ndog\tkelbo\tnoun\nsee\tvido\tverb\nhouse\tdomo\tnoun\nbig\tgranda\tadj\n"
TABLE = "kelbo\tkelbos\tN;PL\nkelbo\tkelbo\tN;SG\ndomo\tdomos\tN;PL\n"
WORDS = [
    ("Dogs", "dog", "NOUN", {"Number": "Plur"}, 1, "nsubj"),
    ("see", "see", "VERB", {"Tense": "Pres", "VerbForm": "Fin"}, 1, "ROOT"),
    ("big", "big", "ADJ", {"Degree": "Pos"}, 3, "amod"),
    ("houses", "house", "NOUN", {"Number": "Plur"}, 1, "dobj"),
]


class Pipeline:
    """A spaCy pipeline that knows one sentence."""

    lang = "en"
    pipe_labels = MappingProxyType({"parser": ["ROOT", "amod", "dobj", "nsubj", "pobj", "prep"]})

    def pipe(self, texts):
        return (self._document(text) for text in texts)

    def _document(self, text):
        class Doc(list):
            pass

        doc = Doc()
        doc.text = text
        for place, (word, lemma, pos, feats, head, dep) in enumerate(WORDS):
            morph, above = SimpleNamespace(to_dict=lambda feats=feats: feats), SimpleNamespace(i=head)
            token = SimpleNamespace(i=place, text=word, lemma_=lemma, pos_=pos, dep_=dep, is_space=False)
            token.morph, token.head = morph, above
            doc.append(token)
        return doc


@pytest.fixture
def world(tmp_path: Path, monkeypatch) -> Path:
    """A pack, a line of English, spaCy with a model; the working folder."""
    module = ModuleType("spacy")
    module.tokens, module.load = SimpleNamespace(Doc=None), lambda _: Pipeline()
    monkeypatch.setitem(sys.modules, "spacy", module)
    for package, version in [("spacy", "3.8.2"), ("en_core_web_sm", "3.8.0")]:
        folder = tmp_path / "site" / f"{package}-{version}.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)
    Path("lexicon.tsv").write_text(LEXICON)
    Path("table").write_text(TABLE)
    Path("news.txt").write_text("Dogs see big houses\n")
    init = "pack init epo --lexicon lexicon.tsv --paradigms table:unimorph --license CC0-1.0 -o pack"
    assert run(init.split()) == 0
    return tmp_path


SYNTH = "synth pack --source news.txt -o corpus --json"


@pytest.mark.parametrize("flags", ["", "--analyser auto", "--analyser spacy", "--analyser spacy:en_core_web_sm@3.8.0"])
def test_what_the_user_has_is_used_and_written_down(world, capfd, flags):
    capfd.readouterr()
    assert run([*SYNTH.split(), *flags.split()]) == 0
    said = capfd.readouterr()
    manifest = json.loads(said.out)
    assert manifest["settings"]["analyser"] == "spacy:en_core_web_sm@3.8.0"
    assert manifest == json.loads(Path("corpus/manifest.json").read_text())
    assert manifest["ops"]["inflected:cell"] == 2
    assert "plain text is analysed by spacy:en_core_web_sm@3.8.0" in said.err


@pytest.mark.parametrize(
    ("analyser", "kind", "hint"),
    [
        ("stanza", "missing", "pip install stanza"),
        ("spcy", "config", "did you mean 'spacy'"),
        ("spacy:en_core_web_sm@3.7.0", "config", "install 3.7.0"),
    ],
)
def test_what_is_not_there_is_told_with_its_remedy(world, capfd, monkeypatch, analyser, kind, hint):
    monkeypatch.setitem(sys.modules, "stanza", None)
    capfd.readouterr()
    assert run([*SYNTH.split(), "--analyser", analyser]) == 2
    fault = json.loads(capfd.readouterr().out)["error"]
    assert fault["kind"] == kind
    assert hint in fault["hint"]
    assert not Path("corpus").exists()


def test_analysed_sources_are_as_before(world, capfd):
    rows = [
        f"{number}\t{word}\t{lemma}\t{upos}\t_\t_\t{head + 1 if head + 1 != number else 0}\t{relation.lower()}\t_\t_"
        for number, (word, lemma, upos, _, head, relation) in enumerate(WORDS, 1)
    ]
    Path("en.conllu").write_text("\n".join(rows) + "\n\n")
    capfd.readouterr()
    assert run([*SYNTH.replace("news.txt", "en.conllu").split(), "--analyser", "auto"]) == 0
    said = capfd.readouterr()
    assert "analyser" not in json.loads(said.out)["settings"]
    assert "analysed by" not in said.err


def test_a_recipe_says_itself_what_analyses(world, capfd):
    Path("recipe.toml").write_text('pack = "pack"\n')
    capfd.readouterr()
    assert run(["train", "recipe.toml", "--analyser", "auto", "-o", "out", "--json"]) == 2
    assert "exclude each other" in json.loads(capfd.readouterr().out)["error"]["message"]
