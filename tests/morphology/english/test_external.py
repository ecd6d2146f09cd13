"""spaCy and Stanza at the edge: modules of the same shape stand in for them."""

import sys
from types import MappingProxyType, ModuleType, SimpleNamespace

import pytest

from lexaug.errors import ConfigError, MissingError
from lexaug.morphology.english.external import load_external

ROWS = [("Dogs", "dog", "NOUN", "Number=Plur", 1, "nsubj"), ("bark", "bark", "VERB", "", 1, "ROOT")]


class FakeMorph:
    def __init__(self, feats):
        self._feats = feats

    def to_dict(self):
        return dict(pair.split("=") for pair in self._feats.split("|") if pair)


class FakeDoc(list):
    def __init__(self, vocab, words):
        super().__init__()
        self.text = " ".join(words)
        for place, _ in enumerate(words):
            text, lemma, pos, feats, head, dep = ROWS[place % 2]
            token = SimpleNamespace(i=place, text=text, lemma_=lemma, pos_=pos, dep_=dep, is_space=False)
            token.morph, token.head = FakeMorph(feats), SimpleNamespace(i=head + place // 2 * 2)
            self.append(token)


class FakePipeline:
    vocab = None
    lang = "en"
    pipe_labels = MappingProxyType({"tagger": ["NN"], "parser": ["ROOT", "case", "nsubj", "obj", "obl"]})

    def pipe(self, texts):
        return (text if isinstance(text, FakeDoc) else FakeDoc(None, text.split()) for text in texts)


@pytest.fixture
def spacy(monkeypatch):
    module = ModuleType("spacy")
    module.tokens = SimpleNamespace(Doc=FakeDoc)

    def load(model):
        if model != "en_core_web_sm":
            raise OSError(f"[E050] Can't find model '{model}'")
        return FakePipeline()

    module.load = load
    monkeypatch.setitem(sys.modules, "spacy", module)


def test_spacy_gives_analyses(spacy):
    analyser = load_external("spacy")
    (plain,) = analyser(["Dogs bark", " "])
    assert (plain.tokens, plain.lemmas, plain.upos) == (("Dogs", "bark"), ("dog", "bark"), ("NOUN", "VERB"))
    assert plain.feats == ({"Number": "Plur"}, {})
    assert (plain.heads, plain.deprels) == ((2, 0), ("nsubj", "root"))
    assert list(analyser.analyse_words([["Dogs", "bark"]])) == [plain]


def test_second_root_hangs_on_the_first(spacy):
    (analysis,) = load_external("spacy:en_core_web_sm")(["Dogs bark Dogs bark"])
    assert analysis.heads == (2, 0, 4, 2)
    assert analysis.deprels == ("nsubj", "root", "nsubj", "parataxis")


def test_absent_spacy_model_names_its_download(spacy):
    with pytest.raises(MissingError, match="spacy download en_core_web_trf"):
        load_external("spacy:en_core_web_trf")


@pytest.mark.parametrize(
    ("lang", "relations", "why"),
    [("de", ["nsubj", "obj", "obl", "case"], "is not English"), ("en", ["SBJ", "OBJ", "PMOD"], "neither of ClearNLP")],
)
def test_a_model_of_other_relations_is_refused(spacy, monkeypatch, lang, relations, why):
    monkeypatch.setattr(FakePipeline, "lang", lang)
    monkeypatch.setattr(FakePipeline, "pipe_labels", {"parser": relations})
    with pytest.raises(ConfigError, match=why) as caught:
        load_external("spacy:en_core_web_sm")
    assert "Universal Dependencies" in caught.value.hint


def test_the_relations_of_spacy_become_those_of_universal_dependencies(spacy, monkeypatch):
    monkeypatch.setattr(FakePipeline, "pipe_labels", {"parser": ["ROOT", "nsubj", "dobj", "prep", "pobj"]})
    rows = [("See", "see", "VERB", "", 0, "ROOT"), ("dogs", "dog", "NOUN", "", 0, "dobj")]
    monkeypatch.setattr(sys.modules[__name__], "ROWS", rows)
    (analysis,) = load_external("spacy")(["See dogs"])
    assert (analysis.heads, analysis.deprels) == ((0, 1), ("root", "obj"))


def test_another_version_than_the_one_written_down_is_refused(spacy, monkeypatch, installed):
    installed("en_core_web_sm", "3.8.0")
    assert load_external("spacy:en_core_web_sm@3.8.0")
    with pytest.raises(ConfigError, match=r"3\.7\.1 is asked for, but 3\.8\.0 is installed"):
        load_external("spacy:en_core_web_sm@3.7.1")


@pytest.fixture
def stanza(monkeypatch):
    module = ModuleType("stanza")
    words = [
        SimpleNamespace(text="Dogs", lemma="dog", upos="NOUN", feats="Number=Plur", head=2, deprel="nsubj"),
        SimpleNamespace(text="bark", lemma=None, upos="VERB", feats=None, head=0, deprel="root"),
    ]

    class Pipeline:
        def __init__(self, language, *, package, tokenize_pretokenized, **_):
            if package == "absent":
                raise FileNotFoundError("no such package")
            self.pretokenized = tokenize_pretokenized

        def __call__(self, document):
            assert isinstance(document, list) == self.pretokenized
            return SimpleNamespace(sentences=[SimpleNamespace(words=words)])

    module.Pipeline = Pipeline
    monkeypatch.setitem(sys.modules, "stanza", module)


def test_stanza_gives_analyses(stanza):
    analyser = load_external("stanza")
    (plain,) = analyser(["Dogs bark"])
    assert (plain.lemmas, plain.feats) == (("dog", "bark"), ({"Number": "Plur"}, {}))
    assert (plain.heads, plain.deprels) == ((2, 0), ("nsubj", "root"))
    assert list(analyser.analyse_words([["Dogs", "bark"]])) == [plain]


def test_absent_stanza_model_names_its_download(stanza):
    with pytest.raises(MissingError, match=r"stanza\.download\('en', package='absent'\)"):
        load_external("stanza:absent")


@pytest.mark.parametrize("tool", ["spacy", "stanza"])
def test_absent_package_names_its_installation(monkeypatch, tool):
    monkeypatch.setitem(sys.modules, tool, None)
    with pytest.raises(MissingError, match=f"pip install {tool}"):
        load_external(tool)


def test_misspelt_analyser_is_corrected():
    with pytest.raises(ConfigError, match="did you mean 'spacy'"):
        load_external("spcy:en_core_web_sm")
