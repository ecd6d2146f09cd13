"""Hashed looks of words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lexaug.training.characters import character_features, window_features

BUCKETS = 1 << 20
GOLDEN = [154, 217, 324, 499, 560, 600, 630, 769, 774, 789, 895]
words = st.text(min_size=1, max_size=30)


@given(words, st.integers(1, 5000))
def test_every_feature_falls_into_a_bucket(word, buckets):
    ids = character_features(word, buckets)

    assert ids.dtype == np.int64
    assert ids.size > 0
    assert ((ids >= 0) & (ids < buckets)).all()


def test_hashes_never_change():
    """A published adapter's rows are addressed by these numbers."""
    assert sorted(character_features("a", 1000).tolist()) == GOLDEN


def test_words_with_a_common_ending_share_features():
    shared = set(character_features("girjjiiguin", BUCKETS)) & set(character_features("biillaiguin", BUCKETS))
    strangers = set(character_features("girjjiiguin", BUCKETS)) & set(character_features("xyz", BUCKETS))

    assert len(shared) > len(strangers) + 15


def test_case_is_kept_apart_from_the_letters():
    lower, title = (set(character_features(word, BUCKETS)) for word in ("sápmi", "Sápmi"))

    assert 1 <= len(lower - title) <= 2


def test_window_tells_the_neighbour_from_the_word():
    left = set(window_features(["mun", "boađán"], 1, BUCKETS).tolist())
    right = set(window_features(["boađán", "mun"], 0, BUCKETS).tolist())

    assert set(character_features("boađán", BUCKETS).tolist()) <= left & right
    assert left != right


def test_of_a_neighbour_the_beginning_does_not_count():
    one, other = (set(window_features(["mun", word], 0, BUCKETS).tolist()) for word in ("boađán", "loađán"))

    assert len(one - other) == 1, "the whole word alone tells them apart"


@given(st.lists(words, min_size=1, max_size=6), st.data())
def test_window_of_radius_zero_is_the_word_alone(sentence, data):
    place = data.draw(st.integers(0, len(sentence) - 1))

    assert np.array_equal(
        window_features(sentence, place, BUCKETS, radius=0), character_features(sentence[place], BUCKETS)
    )
