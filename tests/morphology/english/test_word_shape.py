"""What a word's letters say."""

from hypothesis import given
from hypothesis import strategies as st

from lexaug.morphology.english.word_shape import shape, shape_features


def test_shapes():
    assert [shape(word) for word in ("McDonald's", "USA", "10am", "...")] == ["XxXx'x", "X", "dx", "..."]


@given(st.text(min_size=1, max_size=15))
def test_features_lie_in_the_buckets(word):
    assert all(0 <= number < 97 for number in shape_features(word, 97))


def test_endings_are_shared_and_numbers_never_change():
    """The shipped weights are indexed by these numbers."""
    assert len(set(shape_features("walking", 12288)) & set(shape_features("talking", 12288))) >= 6
    assert shape_features("a", 12288) == (7168, 2654, 10951, 6404)
