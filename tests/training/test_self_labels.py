"""Real text that the student labels itself."""

from types import SimpleNamespace

import torch

from lexaug.training import self_labels
from lexaug.training.head import IGNORED
from lexaug.training.self_labels import SelfLabels, sure_labels

SENTENCES = [("dat", "busku", "borr", "."), ("beanat", "oaidn", "stuoris", "busku", "rukses", "."), ("dat", "dat", ".")]


def _scores(*shares):
    return torch.log(torch.tensor([[share, 1 - share] for share in shares]))


def test_a_label_counts_where_the_experts_together_are_sure():
    reading = SimpleNamespace(encoder_logits=_scores(0.99, 0.99, 0.05), character_logits=_scores(0.95, 0.1, 0.02))

    assert sure_labels(reading).tolist() == [0, IGNORED, 1]


def test_without_characters_the_encoder_decides_alone():
    assert sure_labels(SimpleNamespace(encoder_logits=_scores(0.95, 0.6), character_logits=None)).tolist() == [
        0,
        IGNORED,
    ]


def test_labels_are_those_of_the_sentences_in_their_order_and_stay(tiny, backbone, tmp_path, monkeypatch):
    monkeypatch.setattr(self_labels, "SURE", 0.5)
    loop = tiny.loop(backbone, tmp_path, passes=6)
    loop.run()
    student, batcher = loop._student, loop._reader._batcher
    labels = SelfLabels(tmp_path, batcher)

    labels.write(1, student, SENTENCES)
    found = labels.read(1, SENTENCES)

    assert [len(row) for row in found] == [len(words) for words in SENTENCES]
    for words, row in zip(SENTENCES, found, strict=True):
        alone = SelfLabels(tmp_path / words[0] / str(len(words)), batcher)
        alone.write(1, student, [words])
        assert alone.read(1, [words]) == [row]
    assert any(label != IGNORED for row in found for label in row)

    with torch.no_grad():
        student.head.linear.weight.zero_()
    labels.write(1, student, SENTENCES)
    assert labels.read(1, SENTENCES) == found
