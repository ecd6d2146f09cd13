import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lexaug.errors import FormatError
from lexaug.evaluation import ngram_tagger
from lexaug.evaluation.ngram_features import BUCKETS, windows, word_features
from lexaug.evaluation.ngram_tagger import NgramSettings, train_ngram_tagger
from lexaug.synthesis.tagged import UPOS, TaggedSentence

words = st.lists(st.text("abcdkt", min_size=1, max_size=5), min_size=1, max_size=6)


def tagged(*pairs: str) -> TaggedSentence:
    tokens, tags = zip(*(pair.split("/") for pair in pairs), strict=True)
    return TaggedSentence(tokens, tags, "x")


def best(tagger: ngram_tagger.NgramTagger, *sentence: str) -> list[str]:
    return [UPOS[i] for i in tagger.log_probabilities([sentence])[0].argmax(axis=1)]


def test_an_unseen_word_is_tagged_by_its_ending_and_its_neighbour() -> None:
    stems = ["mur", "pel", "kas", "dob", "ren", "til"]
    examples = [tagged("la/DET", f"{stem}a/NOUN") for stem in stems] + [tagged(f"{stem}it/VERB") for stem in stems]
    examples += [tagged("la/DET", f"{stem}o/NOUN") for stem in stems] + [
        tagged("ni/PRON", f"{stem}o/VERB") for stem in stems
    ]
    tagger = train_ngram_tagger(examples)
    assert best(tagger, "vonit") == ["VERB"]
    assert best(tagger, "la", "vona") == ["DET", "NOUN"]
    assert best(tagger, "la", "vono") == ["DET", "NOUN"]
    assert best(tagger, "ni", "vono") == ["PRON", "VERB"]


def test_log_probabilities_are_normalised_and_cut_by_sentence() -> None:
    tagger = train_ngram_tagger([tagged("a/DET", "b/NOUN")])
    found = tagger.log_probabilities([["b"], ["a", "b", "unseen"]])
    assert [array.shape for array in found] == [(1, len(UPOS)), (3, len(UPOS))]
    assert np.allclose(np.exp(found[1]).sum(axis=1), 1, atol=1e-5)


def test_the_same_text_gives_the_same_tagger() -> None:
    examples = [tagged("a/DET", "b/NOUN"), tagged("c/VERB")]
    first, second = (train_ngram_tagger(examples).log_probabilities([["a", "c"]])[0] for _ in range(2))
    assert np.array_equal(first, second)


def test_words_without_a_known_tag_are_not_learned_from() -> None:
    tagger = train_ngram_tagger([tagged("a/DET", "b/NOUN", "weird/_")])
    assert best(tagger, "a", "b") == ["DET", "NOUN"]
    with pytest.raises(FormatError, match="known tag"):
        train_ngram_tagger([tagged("a/_")])


def test_the_gradient_is_that_of_the_loss() -> None:
    seen = windows([["ab", "c"], ["c", "ab", "d"]], 1)
    buckets, columns = np.unique(seen.ids, return_inverse=True)
    loss = ngram_tagger._Loss(seen, columns, len(buckets), np.array([0, 1, 1, 2, -1]), 3, 0.01)
    generator = torch.Generator().manual_seed(0)
    weights = torch.randn(len(buckets), 3, generator=generator)
    direction = torch.randn(len(buckets), 3, generator=generator)
    slope = float((loss(weights)[1] * direction).sum())
    small = 1e-2
    assert (loss(weights + small * direction)[0] - loss(weights - small * direction)[0]) / (2 * small) == pytest.approx(
        slope, rel=2e-2, abs=1e-3
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(words, min_size=1, max_size=4), st.integers(0, 2))
def test_each_word_has_one_row_per_distance(sentences: list[list[str]], radius: int) -> None:
    seen = windows(sentences, radius)
    flat = [word for sentence in sentences for word in sentence]
    assert seen.places.shape == (len(flat), 2 * radius + 1)
    assert seen.ids.max() < BUCKETS
    for word, row in zip(flat, seen.places[:, radius], strict=True):
        assert np.array_equal(seen.ids[seen.starts[row] : seen.starts[row + 1]], word_features(word, 0))


def test_a_neighbour_is_told_from_the_word_and_left_from_right() -> None:
    one, left, right = (set(word_features("gálgat", offset)) for offset in (0, -1, 1))
    assert not one & left
    assert not left & right


def test_radius_zero_sees_no_neighbour() -> None:
    examples = [tagged("la/DET", "x/NOUN"), tagged("ni/PRON", "x/VERB")]
    tagger = train_ngram_tagger(examples, settings=NgramSettings(radius=0))
    one, two = tagger.log_probabilities([["la", "x"], ["ni", "x"]])
    assert np.allclose(one[1], two[1])
