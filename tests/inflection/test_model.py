"""The inflector: what it may write, that its cache changes nothing, and that it survives being saved."""

import numpy as np
import pytest
import torch

from lexaug.inflection.alphabet import BEGIN, PAD, UNKNOWN, Alphabet
from lexaug.inflection.batches import like_lengths, make_batch
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.model import InflectorConfig, InflectorModel
from lexaug.morphology.features import FeatureBundle

EXAMPLES = [
    InflectionExample("walk", "V;PST", "walked"),
    InflectionExample("dok", "V;PRS;NOM(1,SG)", "dokem"),
    InflectionExample("a", "N;PL", "as"),
]
ALPHABET = Alphabet.of(EXAMPLES)


def readings(*lemmas, form=None):
    return [ALPHABET.read(lemma, FeatureBundle.parse("V;PST"), form) for lemma in lemmas]


@pytest.fixture
def model():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        config = InflectorConfig(
            ALPHABET.characters, ALPHABET.values, ALPHABET.nests, hidden_size=16, num_layers=2, num_heads=2, dropout=0.3
        )
        return InflectorModel(config).eval()


def test_scores_are_probabilities_of_characters_and_copies(model):
    batch = make_batch([ALPHABET.read("wxyk", FeatureBundle.parse("V;PST"), "wxyked")], ALPHABET)
    scores = model(batch)
    assert scores.shape == (1, 7, ALPHABET.size + 2)
    torch.testing.assert_close(scores.exp().sum(-1), torch.ones(1, 7), atol=1e-5, rtol=0)
    assert float(scores[..., [PAD, BEGIN]].exp().max()) < 1e-6
    assert float(scores[..., ALPHABET.size :].exp().min()) > 1e-4  # x and y can be copied
    assert float(scores[..., UNKNOWN].exp().max()) < 1e-6


def test_neighbours_in_a_batch_do_not_matter(model):
    alone = model(make_batch(readings("dok", form="doked"), ALPHABET))
    company = model(make_batch(readings("dok", "walkdokwalk", form="doked"), ALPHABET))
    torch.testing.assert_close(alone[0], company[0, : alone.shape[1]], atol=1e-5, rtol=1e-4)


def test_the_cache_changes_nothing(model):
    found, sure = model.inflect(make_batch(readings("walk", "dok"), ALPHABET), longest=8)
    for lemma, row, share in zip(("walk", "dok"), found, sure, strict=True):
        form = ALPHABET.write(row.tolist(), ())
        made = make_batch(readings(lemma, form=form), ALPHABET)
        scores = model(made)[0]
        best = scores.argmax(-1)[: len(form)]
        assert ALPHABET.write(best.tolist(), ()) == form
        if len(form) < 8:
            wanted = scores.gather(1, made.form[0][:, None]).sum().exp()
            torch.testing.assert_close(share, wanted, atol=1e-6, rtol=1e-4)


def test_positions_tell_apart_what_characters_do_not(model):
    one, other = (model(make_batch(readings(lemma, form="d"), ALPHABET)) for lemma in ("dok", "kod"))
    assert not torch.allclose(one, other)


def test_saved_and_loaded_it_says_the_same(model, tmp_path):
    model.save_pretrained(tmp_path)
    again = InflectorModel.from_pretrained(tmp_path).eval()
    batch = make_batch(readings("walk", form="walked"), ALPHABET)
    assert torch.equal(model(batch), again(batch))
    assert again.config.alphabet == ALPHABET
    assert {path.name for path in tmp_path.iterdir()} == {"config.json", "model.safetensors"}


def test_it_learns_to_copy_and_to_add(model):
    """A few steps on one rule; unknown characters are copied though never seen."""
    random = np.random.default_rng(0)
    words = ["".join(random.choice(list("walkedo"), 4)) for _ in range(120)]
    rows = [ALPHABET.read(word, FeatureBundle.parse("V;PST"), f"{word}ed") for word in words]
    optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3)
    for number in range(12):
        for group in like_lengths(rows, 24, np.random.default_rng(number)):
            batch = make_batch([rows[place] for place in group], ALPHABET)
            loss = torch.nn.functional.nll_loss(model(batch).flatten(0, 1), batch.form.flatten(), ignore_index=PAD)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    (strange,) = readings("waßk")
    found, sure = model.inflect(make_batch([strange], ALPHABET))
    assert ALPHABET.write(found[0].tolist(), strange.strange) == "waßked"
    assert 0 < float(sure[0]) <= 1
