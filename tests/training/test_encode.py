"""Batches that know their words, pooling, and encoding in windows."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tiny_backbones import write_backbone

from lexaug.training.backbone import Backbone, load_backbone
from lexaug.training.batch import batches, tokenize_words
from lexaug.training.encode import collate, encode_sentences, encode_words, pool_words


@pytest.fixture(scope="module")
def backbone(tmp_path_factory) -> Backbone:
    return load_backbone(str(write_backbone(tmp_path_factory.mktemp("tiny") / "xlmr", "xlmr")))


def test_batch_knows_the_word_of_each_token(backbone):
    batch = collate(backbone.tokenizer, [["the", "cats", "ran"], ["mat"]], prefix="a: ")
    assert batch.lengths.tolist() == [3, 1]
    assert batch.input_ids.shape == batch.attention_mask.shape == batch.word_ids.shape
    for row, words in ((0, 3), (1, 1)):
        inside = batch.word_ids[row] >= 0
        assert batch.word_ids[row][inside].unique().tolist() == list(range(words))
        assert batch.attention_mask[row][inside].all()
    assert batch.input_ids[0, 0] == backbone.tokenizer.cls_token_id
    ends = batch.attention_mask.sum(1) - 1
    assert (batch.input_ids[torch.arange(2), ends] == backbone.tokenizer.sep_token_id).all()


def test_word_without_tokens_becomes_the_unknown_token(backbone):
    (tokens,) = tokenize_words(backbone.tokenizer, [["cat", "", "dog"]])
    assert sorted(set(tokens.word_ids)) == [0, 1, 2]
    assert tokens.ids[tokens.word_ids.index(1)] == backbone.tokenizer.unk_token_id


def test_words_that_do_not_fit_are_left_out_whole(backbone):
    words = ["cat", "antidisestablishment", "dog"]
    batch = collate(backbone.tokenizer, [words], max_length=6)
    assert batch.lengths.tolist() == [1]
    assert batch.words == (("cat",),)
    assert batch.word_ids.max() == 0


@given(st.lists(st.integers(1, 40), max_size=30), st.integers(1, 100))
def test_batches_hold_every_item_once_within_the_budget(lengths, budget):
    groups = list(batches(lengths, budget))
    assert sorted(item for group in groups for item in group) == list(range(len(lengths)))
    assert all(len(group) == 1 or len(group) * max(lengths[i] for i in group) <= budget for group in groups)


word_rows = st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=5), min_size=1, max_size=4)


@given(word_rows, st.integers(0, 99))
def test_pooling_is_that_of_each_word_alone(rows, seed):
    """Given words of 1-3 tokens after one special token, each pooled vector is made of its own tokens."""
    width = 2 + max(sum(row) for row in rows)
    hidden = torch.randn(len(rows), width, 4, generator=torch.Generator().manual_seed(seed))
    word_ids = torch.full((len(rows), width), -1)
    spans = []
    for number, row in enumerate(rows):
        start = 1
        for word, size in enumerate(row):
            word_ids[number, start : start + size] = word
            spans.append(hidden[number, start : start + size])
            start += size
    lengths = torch.tensor([len(row) for row in rows])
    assert torch.allclose(pool_words(hidden, word_ids, lengths), torch.stack([s.mean(0) for s in spans]), atol=1e-6)
    assert torch.equal(pool_words(hidden, word_ids, lengths, "first"), torch.stack([s[0] for s in spans]))
    assert torch.equal(pool_words(hidden, word_ids, lengths, "last"), torch.stack([s[-1] for s in spans]))


def test_gradients_flow_through_pooling():
    hidden = torch.ones(1, 3, 2, requires_grad=True)
    pool_words(hidden, torch.tensor([[0, 0, -1]]), [1]).sum().backward()
    assert hidden.grad.tolist() == [[[0.5, 0.5], [0.5, 0.5], [0.0, 0.0]]]


def test_order_and_batch_size_do_not_matter(backbone):
    sentences = [["the", "cat"], ["a"], ["the", "dog", "sat", "on", "the", "mat"], [], ["dog", "dog"]]
    together = encode_words(backbone.model, backbone.tokenizer, sentences, layers=(0, -1))
    alone = [encode_words(backbone.model, backbone.tokenizer, [words], layers=(0, -1))[0] for words in sentences]
    assert [vectors.shape for vectors in together] == [(len(words), 32) for words in sentences]
    for ours, theirs in zip(together, alone, strict=True):
        assert np.allclose(ours, theirs, atol=1e-5)
    small = encode_words(backbone.model, backbone.tokenizer, sentences, layers=(0, -1), tokens_per_batch=1)
    assert all(np.allclose(ours, theirs, atol=1e-5) for ours, theirs in zip(together, small, strict=True))


def test_long_sentences_are_encoded_in_windows(backbone):
    words = ["the", "cat", "sat", "on", "a", "mat"] * 30
    (vectors,) = encode_words(backbone.model, backbone.tokenizer, [words])
    assert vectors.shape == (180, 16)
    (first,) = encode_words(backbone.model, backbone.tokenizer, [words[:3]], max_length=64)
    assert np.isfinite(vectors).all()
    assert not np.allclose(vectors[:3], first)  # the window's other words were read too


def test_word_longer_than_the_encoder_reads_has_a_vector(backbone):
    vectors = encode_words(backbone.model, backbone.tokenizer, [["cat", "x" * 300, "dog"]])
    assert vectors[0].shape == (3, 16)


def test_forward_is_given_the_words(backbone):
    seen = []

    def forward(model, batch):
        seen.extend(batch.words)
        return model(**batch.model_inputs(), output_hidden_states=True).hidden_states

    encode_words(backbone.model, backbone.tokenizer, [["the", "cat"], ["dog"]], forward=forward)
    assert sorted(seen) == [("dog",), ("the", "cat")]


def test_sentence_vectors_are_normalised_means(backbone):
    texts = ["the cat sat", "a dog", ""]
    vectors = encode_sentences(backbone.model, backbone.tokenizer, texts, prefix="")
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    batch = backbone.tokenizer(texts[0], return_tensors="pt")
    with torch.inference_mode():
        states = backbone.model(input_ids=batch["input_ids"]).last_hidden_state[0]
    assert np.allclose(vectors[0], torch.nn.functional.normalize(states.mean(0), dim=0).numpy(), atol=1e-5)


def test_blocks_above_the_layers_that_are_read_are_not_run(backbone, monkeypatch):
    sentences = [("cat", "eats"), ("dog",)]
    whole = encode_words(backbone.model, backbone.tokenizer, sentences, layers=(1, 2))
    ran = []
    backbone.model.encoder.layer[1].register_forward_hook(lambda *_: ran.append(1))

    low = encode_words(backbone.model, backbone.tokenizer, sentences, layers=(1,))

    assert len(ran) == 1  # the call that finds the blocks
    assert len(backbone.model.encoder.layer) == 2
    for short, long in zip(low, whole, strict=True):
        np.testing.assert_array_equal(short, long[:, : backbone.hidden_size])
