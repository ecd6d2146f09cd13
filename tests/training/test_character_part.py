"""The character-aware part: bags per word, spread over tokens, a file of its own."""

import pytest
import torch

from lexaug.errors import FormatError, MissingError
from lexaug.training.batch import collate
from lexaug.training.character_part import Bags, CharacterPart, CharacterSettings, at_tokens

SENTENCES = [("cat", "sees", "dog"), ("dog",)]


@pytest.fixture
def part():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        made = CharacterPart(CharacterSettings(128, 256, 4, 16, 3, 1))
        torch.nn.init.normal_(made.widen.weight)
        torch.nn.init.normal_(made.head_bag.weight)
    return made


def test_starts_without_any_effect():
    fresh = CharacterPart(CharacterSettings(128, 256, 4, 16, 3, 1))

    assert fresh.input_vectors(fresh.looks(["cat"])).abs().sum() == 0
    assert fresh.label_scores(fresh.surroundings(SENTENCES)).abs().sum() == 0


def test_a_word_has_one_input_vector_wherever_it_stands(part):
    vectors = part.input_vectors(part.looks(["cat", "dog", "cat"]))

    torch.testing.assert_close(vectors[0], vectors[2])
    assert not torch.allclose(vectors[0], vectors[1])


def test_label_scores_hear_the_neighbours(part):
    scores = part.label_scores(part.surroundings(SENTENCES))

    assert scores.shape == (4, 3)
    assert not torch.allclose(scores[2], scores[3])


def test_vectors_reach_every_token_of_their_word_and_no_other(backbone):
    batch = collate(backbone.tokenizer, [("xy", "cat"), ("dog",)])
    added = torch.arange(1.0, 4.0)[:, None].expand(3, 2)

    spread = at_tokens(added, batch)[..., 0]

    assert spread.tolist() == [[0, 1, 1, 2, 0], [0, 3, 0, 0, 0]]
    assert at_tokens(added[:0], collate(backbone.tokenizer, [()])).abs().sum() == 0


def test_bags_of_nothing():
    assert Bags.of([]).ids.tolist() == []


def test_comes_back_from_its_files(part, tmp_path):
    part.save(tmp_path)

    loaded = CharacterPart.load(tmp_path)

    assert loaded.settings == part.settings
    torch.testing.assert_close(loaded.head_bag.weight, part.head_bag.weight, rtol=1e-3, atol=1e-3)
    assert not any(parameter.requires_grad for parameter in loaded.parameters())


def test_missing_and_damaged_files_are_named(part, tmp_path):
    with pytest.raises(MissingError, match="no character part"):
        CharacterPart.load(tmp_path)
    part.save(tmp_path)
    settings = tmp_path / "characters.json"
    settings.write_text(settings.read_text().replace("128", "127"))
    with pytest.raises(FormatError, match="not whole"):
        CharacterPart.load(tmp_path)
