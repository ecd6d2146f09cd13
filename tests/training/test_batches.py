"""Batches: nothing lost, nothing over budget, the same again for the same seed."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from lexaug.training.batch import tokenize_words
from lexaug.training.batches import Batcher, plan
from lexaug.training.samples import Item
from lexaug.training.seeds import generator

lengths = st.lists(st.integers(1, 60), max_size=80)


@given(lengths, st.integers(1, 200), st.integers(0, 9))
def test_every_item_is_in_one_batch_within_the_budget(sizes, budget, seed):
    groups = plan(sizes, budget, generator(seed, "order"))

    assert sorted(item for group in groups for item in group) == list(range(len(sizes)))
    assert all(len(group) == 1 or len(group) * max(sizes[i] for i in group) <= budget for group in groups)


@given(lengths, st.integers(0, 9))
def test_the_seed_decides_the_order(sizes, seed):
    assert plan(sizes, 100, generator(seed, "order", 1)) == plan(sizes, 100, generator(seed, "order", 1))


def test_little_is_padded():
    sizes = np.random.default_rng(0).integers(5, 60, 2000).tolist()

    groups = plan(sizes, 700, generator(0, "order"))

    padded = sum(len(group) * max(sizes[i] for i in group) for group in groups)
    assert padded < 1.03 * sum(sizes)


def _batch(backbone, items, **options):
    batcher = Batcher(backbone.tokenizer, np.array([0, 3, 5]), None, 0.0, "", options.pop("max_length", 32))
    tokenized = tokenize_words(backbone.tokenizer, [item.words for item in items])
    return batcher.make(items, tokenized, **options)


def test_aligned_words_are_numbered_through_the_batch(backbone):
    items = [Item(("cat", "eats"), (7, 15)), Item(("dog", "sees", "cat"), (7, 15, 7), 1, ((0, 2), (1, 0)))]

    batch = _batch(backbone, items)

    assert batch.labels.tolist() == [7, 15, 7, 15, 7]
    assert batch.student_words.tolist() == [4, 2]
    assert batch.teacher_words.tolist() == [3, 4]
    assert (batch.source_rows.tolist(), batch.sources.tolist()) == ([1], [1])
    assert batch.mask is not None


def test_words_that_do_not_fit_are_left_out_everywhere(backbone):
    batch = _batch(backbone, [Item(("cat", "eats", "dog"), (7, 15, 7), 0, ((0, 0), (2, 2)))], max_length=4)

    assert batch.labels.tolist() == [7, 15]
    assert batch.student_words.tolist() == [0]
    assert batch.mask is None


def test_gaps_hide_words_of_the_sentences_that_ask(backbone):
    items = [Item(("cat",) * 20, (0,) * 20, gaps=True), Item(("dog",) * 20, (0,) * 20)]

    batch = _batch(backbone, items, random=generator(0, "gaps"))

    mask = backbone.tokenizer.mask_token_id
    hidden = (batch.tokens.input_ids == mask).nonzero()
    assert 0 < len(hidden) < 12
    assert hidden[:, 0].unique().tolist() == [0]
    assert batch.hidden.targets.unique().tolist() == backbone.tokenizer.convert_tokens_to_ids(["cat"])
    assert torch.equal(batch.hidden.places, hidden[:, 1])
