"""How far a lemma has been followed is read off what is written."""

import pytest
import torch

from lexaug.inflection.alphabet import BEGIN, PAD
from lexaug.inflection.trail import follow, trail


def numbers(text):
    return [ord(letter) for letter in text]


@pytest.mark.parametrize(
    ("lemma", "form", "places"),
    [
        ("walk", "walked", [0, 1, 2, 3, 4, 4, 4]),
        ("machen", "gemacht", [0, 0, 0, 1, 2, 3, 4, 4]),  # the prefix leaves the stem where it was
        ("singen", "sang", [0, 1, 1, 3, 4]),  # a letter of the lemma is passed over
        ("go", "went", [0, 0, 0, 0, 0]),
    ],
)
def test_the_next_letter_to_copy_after_each_letter(lemma, form, places):
    before = torch.tensor([[BEGIN, *numbers(form)]])
    assert trail(before, torch.tensor([numbers(lemma)])).tolist() == [places]


def test_padding_is_never_followed():
    copies = torch.tensor([[*numbers("ab"), PAD, PAD], numbers("abcd")])
    before = torch.tensor([[BEGIN, *numbers("ab"), PAD], [BEGIN, *numbers("abc")]])
    assert trail(before, copies).tolist() == [[0, 1, 2, 2], [0, 1, 2, 3]]
    assert follow(torch.tensor([4]), torch.tensor([98]), copies[1:]).tolist() == [4]
