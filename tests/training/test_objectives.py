"""Each objective on a batch whose answer is known."""

import numpy as np
import pytest
import torch

from lexaug.errors import ConfigError
from lexaug.training.batch import tokenize_words
from lexaug.training.batches import Batcher
from lexaug.training.encode import encode_words
from lexaug.training.head import IGNORED
from lexaug.training.objectives import OBJECTIVES, Setting
from lexaug.training.samples import Item
from lexaug.training.seeds import generator
from lexaug.training.teacher import read_teacher

SENTENCES = [("the", "cat", "eats"), ("big", "dog", "sees", "red")]


@pytest.fixture
def teacher(backbone, tmp_path):
    return read_teacher(backbone, SENTENCES, (1, 2), with_sentences=True, folder=tmp_path)


def _read(tiny, backbone, teacher, items):
    pupil = tiny.student(backbone)
    batcher = Batcher(backbone.tokenizer, teacher.starts, pupil.characters, 0.0, "", 32)
    tokenized = tokenize_words(backbone.tokenizer, [item.words for item in items])
    return pupil.read(batcher.make(items, tokenized))


def _loss(name, teacher, reading):
    return OBJECTIVES[name](Setting(teacher, (1, 2))).loss(reading, generator(0, "test"))


def _english(aligned=True):
    pairs = [tuple((n, n) for n in range(len(words))) if aligned else () for words in SENTENCES]
    return [Item(words, (IGNORED,) * len(words), n, pairs[n]) for n, words in enumerate(SENTENCES)]


def test_the_teacher_holds_what_the_frozen_backbone_reads(backbone, teacher):
    wanted = encode_words(backbone.model, backbone.tokenizer, SENTENCES, layers=(1, 2))

    np.testing.assert_allclose(teacher.words[3:].reshape(4, -1), wanted[1], atol=2e-3)
    assert teacher.starts.tolist() == [0, 3]


def test_words_and_sentences_cost_nothing_where_the_student_reads_english_like_the_teacher(tiny, backbone, teacher):
    reading = _read(tiny, backbone, teacher, _english())

    assert _loss("words", teacher, reading).item() < 1e-5
    assert _loss("sentence", teacher, reading).item() < 0.5


def test_words_and_sentences_cost_much_where_the_sources_are_mixed_up(tiny, backbone, teacher):
    first, second = _english()
    items = [Item(first.words, first.labels, 1, first.alignment), Item(second.words, second.labels, 0, ((0, 0),))]
    reading = _read(tiny, backbone, teacher, items)

    assert _loss("words", teacher, reading).item() > 0.01
    assert _loss("sentence", teacher, reading).item() > 1.0


def test_sentences_that_drift_away_together_cost_more_though_each_still_finds_its_own(tiny, backbone, teacher):
    reading = _read(tiny, backbone, teacher, _english())
    near = _loss("sentence", teacher, reading).item()
    aside = torch.linalg.svd(teacher.sentences).Vh[-1]

    reading.sentences = torch.nn.functional.normalize(reading.sentences, dim=-1) + aside

    best = (reading.sentences @ teacher.sentences.T).argmax(1)
    assert best.tolist() == [0, 1]
    assert _loss("sentence", teacher, reading).item() > near + 2


def test_a_batch_without_anything_to_align_has_no_loss(tiny, backbone, teacher):
    reading = _read(tiny, backbone, teacher, [Item(("cat",), (7,))])

    assert _loss("words", teacher, reading) is None
    assert _loss("sentence", teacher, reading) is None
    assert _loss("labels", teacher, reading).item() > 0


def test_unlabelled_words_have_no_label_loss(tiny, backbone, teacher):
    assert _loss("labels", teacher, _read(tiny, backbone, teacher, _english())) is None


def test_a_backbone_without_mask_head_cannot_fill_gaps(tiny, backbone, teacher):
    from lexaug.training.objectives.mlm import vocabulary_scores

    with pytest.raises(ConfigError, match="no mask-LM head"):
        vocabulary_scores(backbone.model, torch.zeros(1, 16))


def test_a_misspelt_objective_is_corrected():
    with pytest.raises(ConfigError, match="did you mean 'words'"):
        OBJECTIVES["word"]
