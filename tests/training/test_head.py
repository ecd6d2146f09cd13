"""The head starts where a probe on frozen features ends."""

import pytest
import torch

from lexaug.errors import FormatError
from lexaug.training.head import IGNORED, Head, start_from_probe


def test_the_probe_separates_what_a_line_separates():
    random = torch.Generator().manual_seed(0)
    labels = torch.randint(0, 3, (600,), generator=random)
    features = torch.randn(600, 8, generator=random) * torch.tensor([100.0, *[1.0] * 7]) + 5
    features[:, 1:4] += 6 * torch.eye(3)[labels]
    head = Head(8, (1,), ("A", "B", "C"))

    start_from_probe(head, features.numpy(), labels.numpy())

    assert float((head(features).argmax(-1) == labels).float().mean()) > 0.99


def test_words_without_a_label_do_not_count():
    features, labels = torch.tensor([[0.0], [1.0], [50.0]]), torch.tensor([0, 1, IGNORED])
    head = Head(1, (1,), ("A", "B"))

    start_from_probe(head, features.numpy(), labels.numpy())

    assert head(features[:2]).argmax(-1).tolist() == [0, 1]
    assert head.numbers(["B", "?", "A"]) == (1, IGNORED, 0)


def test_saved_and_loaded_it_is_the_same(tmp_path):
    head = Head(4, (1, 2), ("A", "B"))
    head.save(tmp_path)

    loaded = Head.load(tmp_path)

    assert (loaded.layers, loaded.labels) == ((1, 2), ("A", "B"))
    assert torch.equal(loaded.linear.weight, head.linear.weight)
    assert Head.load(tmp_path / "elsewhere") is None


def test_a_damaged_head_is_named(tmp_path):
    Head(4, (1,), ("A", "B")).save(tmp_path)
    (tmp_path / "head.json").write_text("{}")

    with pytest.raises(FormatError, match="label head is not whole"):
        Head.load(tmp_path)
