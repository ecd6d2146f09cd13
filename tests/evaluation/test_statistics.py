import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lexaug.evaluation import statistics
from lexaug.evaluation.statistics import Outcome, delta, score, side_by_side


def outcome(correct: list[list[float]], total: list[float]) -> Outcome:
    return Outcome(np.array(correct, dtype=float), np.array(total, dtype=float))


def test_a_score_is_micro_averaged_over_tokens_and_seeds() -> None:
    # seed 1: 3 + 1 of 4 + 6 tokens = 40%, seed 2: 4 + 4 of 10 = 80%; mean 60, sample deviation of (40, 80) = 28.28
    result = score("x", outcome([[3, 1], [4, 4]], [4, 6]))
    assert result.value == pytest.approx(60)
    assert result.spread == pytest.approx(28.2843, abs=1e-4)
    assert (result.n, result.seeds) == (2, 2)


def test_the_interval_of_two_items_is_that_of_their_few_resamples() -> None:
    # resamples of {0 of 1, 1 of 1}: (0,0), (0,1), (1,0), (1,1) -> 0, 50, 50, 100 with weights 1/4, 1/2, 1/4
    result = score("x", outcome([[0, 1]], [1, 1]))
    assert (result.value, result.low, result.high) == (50, 0, 100)


def test_equal_items_leave_no_doubt() -> None:
    result = score("x", outcome([[2, 2, 2]], [4, 4, 4]))
    assert (result.value, result.low, result.high) == (50, 50, 50)


def test_parts_are_resampled_each_by_itself_and_count_the_same() -> None:
    # a language that is always right beside one of two items: 100 and (0, 50, 50, 100) -> 50, 75, 75, 100
    joined = side_by_side([outcome([[3, 3, 3]], [3, 3, 3]), outcome([[0, 1]], [1, 1])])
    result = score("x", joined)
    assert (result.value, result.low, result.high) == (75, 50, 100)


def test_parts_of_one_size_are_drawn_apart() -> None:
    # were the same items drawn in both, their errors would cancel out and the mean be 50 in each resample
    joined = side_by_side([outcome([[0, 1]], [1, 1]), outcome([[1, 0]], [1, 1])])
    result = score("x", joined)
    assert (result.value, result.low, result.high) == (50, 0, 100)


def test_a_delta_is_paired() -> None:
    # the systems differ by exactly one token in each sentence, however hard the sentence is
    base = outcome([[0, 3, 8]], [10, 10, 10])
    better = outcome([[1, 4, 9]], [10, 10, 10])
    found = delta(better, base)
    assert (found.value, found.low, found.high) == (pytest.approx(10), pytest.approx(10), pytest.approx(10))
    assert found.better
    assert not found.worse
    assert delta(base, better).worse


def test_a_delta_on_other_items_is_refused() -> None:
    with pytest.raises(ValueError, match="same items"):
        delta(outcome([[1]], [2]), outcome([[1]], [3]))


def test_nothing_to_score_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to score"):
        outcome([[0, 0]], [0, 0])
    with pytest.raises(ValueError, match="does not fit"):
        outcome([[0, 0]], [1])


@pytest.mark.slow  # about 3 s
def test_about_95_of_100_intervals_hold_the_true_accuracy() -> None:
    rng = np.random.default_rng(5)
    held = 0
    trials = 300
    for _ in range(trials):
        total = rng.integers(3, 25, size=150).astype(float)
        ease = rng.beta(7, 3, size=150)  # mean 0.7, sentences differ in difficulty
        correct = rng.binomial(total.astype(int), ease).astype(float)
        result = score("x", Outcome(correct[None], total))
        held += result.low <= 70 <= result.high
    assert 0.91 <= held / trials <= 0.98


def test_a_delta_of_equal_systems_excludes_zero_in_about_one_of_twenty_draws() -> None:
    rng = np.random.default_rng(6)
    total = np.full(120, 10.0)
    excluded = 0
    for _ in range(200):
        a, b = rng.binomial(10, 0.6, size=(2, 120)).astype(float)
        found = delta(Outcome(a[None], total), Outcome(b[None], total))
        excluded += found.better or found.worse
    assert excluded / 200 <= 0.11


counts = st.integers(1, 30).flatmap(
    lambda n: st.tuples(
        hnp.arrays(np.float64, (2, n), elements=st.integers(0, 5).map(float)),
        hnp.arrays(np.float64, (n,), elements=st.integers(5, 9).map(float)),
    )
)


@settings(max_examples=25, deadline=None)
@given(counts)
def test_a_score_lies_in_its_interval_bounds_and_is_always_the_same(case: tuple[np.ndarray, np.ndarray]) -> None:
    correct, total = case
    first = score("x", Outcome(correct, total))
    assert first == score("x", Outcome(correct, total))
    assert -1e-9 <= first.low <= first.high <= 100 + 1e-9
    per_item = 100 * correct.mean(axis=0) / total
    assert per_item.min() - 1e-9 <= first.value <= per_item.max() + 1e-9
    twin = delta(Outcome(correct, total), Outcome(correct, total))
    assert (twin.value, twin.low, twin.high) == (0, 0, 0)


def test_chunks_do_not_change_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    item = outcome([[1, 4, 2, 0, 3]], [5, 5, 5, 5, 5])
    whole = score("x", item)
    monkeypatch.setattr(statistics, "_CHUNK_CELLS", 35)
    assert score("x", item) == whole
