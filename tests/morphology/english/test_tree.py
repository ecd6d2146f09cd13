"""Trees from scores."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexaug.morphology.english.tree import best_tree


def is_tree(heads) -> bool:
    """One root, and every word reaches it."""
    if sum(head == 0 for head in heads) != 1:
        return False
    for word in range(1, len(heads) + 1):
        steps = 0
        while word and steps <= len(heads):
            word, steps = heads[word - 1], steps + 1
        if word:
            return False
    return True


def exhaustive(scores):
    """The best tree among all."""
    size = len(scores)
    trees = [heads for heads in product(range(size + 1), repeat=size) if is_tree(heads)]
    return max(sum(scores[word, head] for word, head in enumerate(heads)) for heads in trees)


@settings(deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_best_tree_is_the_best_of_all_trees(size, seed):
    scores = np.random.default_rng(seed).normal(size=(size, size + 1))
    heads = best_tree(scores)
    assert is_tree(heads)
    assert sum(scores[word, head] for word, head in enumerate(heads)) == pytest.approx(exhaustive(scores))


@settings(deadline=None, max_examples=30)
@given(st.integers(5, 40), st.integers(0, 10_000))
def test_long_sentences_give_trees(size, seed):
    assert is_tree(best_tree(np.random.default_rng(seed).normal(size=(size, size + 1))))


def test_no_words_no_heads():
    assert best_tree(np.zeros((0, 1))) == ()
