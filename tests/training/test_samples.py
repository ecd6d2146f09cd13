"""What a pass reads."""

from dataclasses import replace

import pytest

from lexaug.training.head import IGNORED
from lexaug.training.samples import NO_SOURCE, Samples

TEXTS = (("dat", "borr"), ("busku", "."))


@pytest.fixture
def samples(tiny):
    def numbers(tags):
        return tuple(len(tag) for tag in tags)

    return Samples(tiny.sentences(20), tiny.synthesis, numbers, TEXTS, 0.5, 0.1, False, 1, True, 3)


def _kinds(items):
    pseudo = [item for item in items if item.source != NO_SOURCE]
    real = [item for item in items if item.words in TEXTS]
    return len(pseudo), len(items) - len(pseudo) - len(real), len(real)


def test_pseudo_text_english_and_real_text_stand_in_their_shares(samples):
    assert _kinds(samples.of_pass(0)) == (20, 10, 0)
    assert _kinds(replace(samples, gaps=True).of_pass(0)) == (20, 10, 2)


def test_each_pass_is_fresh_and_can_be_had_again(samples):
    assert samples.of_pass(1) == samples.of_pass(1)
    assert samples.of_pass(1)[:20] != samples.of_pass(0)[:20]
    assert replace(samples, fresh=False).of_pass(1)[:20] == samples.of_pass(0)[:20]


def test_several_versions_of_a_sentence_go_on_where_the_pass_before_ended(samples):
    twice = replace(samples, versions=2, english_share=0.0, text_share=0.0)

    assert twice.of_pass(1) == samples.pseudo(2) + samples.pseudo(3)


class _Ones:
    def read(self, number, sentences):
        return [(number,) * len(words) for words in sentences]


def test_real_text_is_read_once_it_has_labels(samples):
    labelled = replace(samples, labels=_Ones())

    assert _kinds(labelled.of_pass(0)) == (20, 10, 0)
    assert _kinds(labelled.of_pass(1)) == (20, 10, 2)
    assert {item.labels for item in labelled.of_pass(2) if item.words in TEXTS} == {(2, 2)}


def test_real_text_has_no_labels_and_gaps_go_where_real_text_is(samples):
    with_gaps = replace(samples, gaps=True)
    real = [item for item in with_gaps.of_pass(0) if item.words in TEXTS]

    assert real
    assert all(set(item.labels) == {IGNORED} for item in real)
    assert [item.gaps for item in with_gaps.of_pass(0)] == [item.words in TEXTS for item in with_gaps.of_pass(0)]
    assert all(item.gaps for item in replace(with_gaps, texts=()).pseudo(0))


def test_a_sentence_with_too_few_translations_is_left_out(samples):
    def none_of_three(sentence, sample):
        return None if sentence.id.endswith("3") else samples.synthesis(sentence, sample)

    items = replace(samples, synthesis=none_of_three).pseudo(0)
    assert [item.source for item in items] == [n for n in range(20) if n % 10 != 3]
