"""The inflector: what it may write, that its cache changes nothing, and that it survives being saved."""

import numpy as np
import pytest
import torch
from transformers import AutoModel

from lexaug.inflection.alphabet import BEGIN, PAD, UNKNOWN, Alphabet
from lexaug.inflection.attention import rotated, turns
from lexaug.inflection.batches import extended_size, like_lengths, make_batch
from lexaug.inflection.config import InflectorConfig
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.model import InflectorModel
from lexaug.inflection.pointer import PointerLearner
from lexaug.morphology.features import FeatureBundle

EXAMPLES = [
    InflectionExample("walk", "V;PST", "walked"),
    InflectionExample("dok", "V;PRS;NOM(1,SG)", "dokem"),
    InflectionExample("a", "N;PL", "as"),
]
ALPHABET = Alphabet.of(EXAMPLES)


def readings(*lemmas, form=None):
    return [ALPHABET.read(lemma, FeatureBundle.parse("V;PST"), form) for lemma in lemmas]


def scored(model, rows):
    return model(**make_batch(rows), extended=extended_size(rows, ALPHABET.size)).logits


def written(model, rows, longest=60):
    return model.inflect(**make_batch(rows), extended=extended_size(rows, ALPHABET.size), longest=longest)


def new_model(**more):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        config = InflectorConfig(
            ALPHABET.characters, ALPHABET.values, ALPHABET.nests, hidden_size=16, num_heads=2, dropout=0.3, **more
        )
        return InflectorModel(config).eval()


@pytest.fixture
def model():
    return new_model()


def test_scores_are_probabilities_of_characters_and_copies(model):
    scores = scored(model, readings("wxyk", form="wxyked"))
    assert scores.shape == (1, 7, ALPHABET.size + 2)
    torch.testing.assert_close(scores.exp().sum(-1), torch.ones(1, 7), atol=1e-5, rtol=0)
    assert float(scores[..., [PAD, BEGIN]].exp().max()) < 1e-6
    assert float(scores[..., ALPHABET.size :].exp().min()) > 1e-4  # x and y can be copied
    assert float(scores[..., UNKNOWN].exp().max()) < 1e-6


def test_neighbours_in_a_batch_do_not_matter(model):
    alone = scored(model, readings("dok", form="doked"))
    company = scored(model, readings("dok", "walkdokwalk", form="doked"))
    torch.testing.assert_close(alone[0], company[0, : alone.shape[1]], atol=1e-5, rtol=1e-4)


def test_the_cache_changes_nothing(model):
    found, sure = written(model, readings("walk", "dok"), longest=8)
    for lemma, row, share in zip(("walk", "dok"), found, sure, strict=True):
        form = ALPHABET.write(row.tolist(), ())
        made = readings(lemma, form=form)
        scores = scored(model, made)[0]
        best = scores.argmax(-1)[: len(form)]
        assert ALPHABET.write(best.tolist(), ()) == form
        steps = torch.tensor(made[0].form[:8])  # without the end, where none was reached
        wanted = scores[: len(steps)].gather(1, steps[:, None]).sum()
        torch.testing.assert_close(share.log(), wanted, atol=1e-4, rtol=0)


def test_positions_tell_apart_what_characters_do_not(model):
    one, other = (scored(model, readings(lemma, form="d")) for lemma in ("dok", "kod"))
    assert not torch.allclose(one, other)


def test_saved_and_loaded_it_says_the_same(model, tmp_path):
    model.save_pretrained(tmp_path)
    rows = readings("walk", form="walked")
    for loader in (InflectorModel, AutoModel):
        again = loader.from_pretrained(tmp_path).eval()
        assert torch.equal(scored(model, rows), scored(again, rows))
    assert again.config.alphabet == ALPHABET
    assert {path.name for path in tmp_path.iterdir()} == {"config.json", "model.safetensors"}


def test_scaled_embeddings_count_for_as_much_more(tmp_path):
    scaled, plain = new_model(scaled=True), new_model()
    with torch.no_grad():
        for table in (plain.letters, plain.feature_values, plain.nests):
            table.weight.mul_(4)  # the root of 16
        plain.write.weight.div_(4)  # letters are made by the same table
    rows = readings("walk", "dok", form="walked")
    torch.testing.assert_close(scored(scaled, rows), scored(plain, rows))
    asked = readings("walk", "dok")
    torch.testing.assert_close(written(scaled, asked), written(plain, asked))
    scaled.save_pretrained(tmp_path)
    assert InflectorModel.from_pretrained(tmp_path).config.scaled
    assert not InflectorConfig.from_dict({}).scaled  # models from before it was an option


def test_it_learns_to_copy_and_to_add(model):
    """A few steps on one rule; unknown characters are copied though never seen."""
    random = np.random.default_rng(0)
    words = ["".join(random.choice(list("walkedo"), 4)) for _ in range(120)]
    rows = [InflectionExample(word, "V;PST", f"{word}ed") for word in words]
    learner = PointerLearner(model, ALPHABET, hidden=0.2)
    optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3)
    for number in range(12):
        for group in like_lengths(rows, 24, np.random.default_rng(number)):
            loss = learner.loss([rows[place] for place in group], np.random.default_rng(number))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    (found,) = learner.inflect([InflectionExample("waßk", "V;PST", None)])
    assert found.form == "waßked"
    assert 0 < found.share <= 1


def test_the_loss_is_the_mean_of_the_wanted_characters_scores(model):
    rows = readings("walk", "dokxdok", form="walkedx")
    batch = make_batch(rows)
    scores = scored(model, rows)
    wanted = scores.gather(2, batch["form"][..., None])[..., 0]
    torch.testing.assert_close(model(**batch).loss, -wanted[batch["form"] != PAD].mean(), atol=1e-5, rtol=1e-4)


def test_smoothing_takes_part_of_the_loss_from_all_characters_alike(model):
    batch = make_batch(readings("walk", form="walked"))
    losses = [model(**batch, smoothing=share).loss for share in (0.0, 0.2, 1.0)]
    torch.testing.assert_close(losses[1], 0.8 * losses[0] + 0.2 * losses[2])
    other = batch["form"].clone()
    other[0, -1] = other[0, 1]  # nothing is read behind the last one
    torch.testing.assert_close(model(**batch | {"form": other}, smoothing=1.0).loss, losses[2])
    assert not torch.isclose(model(**batch | {"form": other}).loss, losses[0])


def test_turning_by_positions_leaves_only_their_distance():
    one, other = torch.randn(1, 1, 1, 8), torch.randn(1, 1, 1, 8)
    products = [
        float((rotated(one, turns(torch.tensor([a]), 8)) * rotated(other, turns(torch.tensor([b]), 8))).sum())
        for a, b in ((3, 1), (7, 5), (3, 2))
    ]
    assert products[0] == pytest.approx(products[1], abs=1e-4)
    assert products[0] != pytest.approx(products[2], abs=1e-4)
