import numpy as np
import pytest

from lexaug.evaluation.fusion import fuse
from lexaug.evaluation.gold import as_gold
from lexaug.evaluation.heads import ENGLISH, PSEUDO, Heads, Texts
from lexaug.evaluation.predictions import Kept, Prediction
from lexaug.evaluation.views import Vectors, View, all_views, default_view, layer_choices
from lexaug.synthesis.tagged import UPOS, TaggedSentence
from lexaug.training.probe import train_probe

N, V = UPOS.index("NOUN"), UPOS.index("VERB")


class Encoder:
    """Knows a word's tag in layer 3 of four when it stands without a prefix; its other layers know nothing."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, str, str]] = []

    def encode_words(self, sentences, *, layers, pooling, prefix):
        self.calls.append((len(sentences), prefix, pooling))
        return [np.stack([self._vector(word, layers, prefix) for word in words]) for words in sentences]

    def _vector(self, word: str, layers, prefix: str) -> np.ndarray:
        noise = np.random.default_rng(sum(word.encode()))
        known = 3.0 if word.startswith("n") else -3.0
        return np.concatenate(
            [[known if layer == 3 and not prefix else noise.normal(), noise.normal()] for layer in layers]
        ).astype(np.float32)


def sentences(*texts: str) -> tuple[TaggedSentence, ...]:
    return tuple(
        TaggedSentence(tuple(t.split()), tuple("NOUN" if w[0] == "n" else "VERB" for w in t.split()), "x")
        for t in texts
    )


def texts(dev: bool) -> Texts:
    gold = as_gold(sentences("nx vy", "vz nw nq", "vr ns"), "gold")
    return Texts(sentences("na vb", "vc nd", "ne vf"), sentences("ng vh"), gold if dev else None, gold)


def test_a_probe_learns_what_is_linear_whatever_its_scale() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(400, 5)).astype(np.float32) * [1, 100, 0.01, 1, 1] + [0, 50, 0, 0, 0]
    tags = (features[:, 1] > 50).astype(np.int64) * 2
    tags[:20] = -1
    probe = train_probe(features.astype(np.float32), tags, 3, l2=1e-4)
    scores = probe.log_probabilities(features.astype(np.float32))
    assert (scores.argmax(axis=1) == (features[:, 1] > 50) * 2).mean() > 0.98
    assert np.allclose(np.exp(scores).sum(axis=1), 1, atol=1e-4)


def test_a_probe_hardly_depends_on_its_seed() -> None:
    rng = np.random.default_rng(0)
    features, tags = rng.normal(size=(200, 4)).astype(np.float32), rng.integers(3, size=200)
    one, two = (train_probe(features, tags, 3, l2=1e-2, seed=seed).log_probabilities(features) for seed in (1, 2))
    assert np.abs(one - two).max() < 0.05


def test_the_view_is_chosen_on_dev_and_used_again() -> None:
    encoder = Encoder()
    heads = Heads(Vectors(encoder, 4), texts(dev=True), seed=0)
    found = heads.predict([ENGLISH, PSEUDO])
    assert (found.chosen["prefix"], found.chosen["layers"]) == ("", [3])
    assert found.dev is not None
    assert (found.test.argmax(axis=1) == [N, V, V, N, N, V, N]).all()
    calls = len(encoder.calls)
    again = heads.predict([ENGLISH, PSEUDO], found.chosen)
    assert np.array_equal(again.test, found.test)
    assert len(encoder.calls) == calls


def test_without_dev_the_default_view_is_used() -> None:
    found = Heads(Vectors(Encoder(), 4), texts(dev=False), seed=0).predict([ENGLISH])
    view = default_view(4)
    assert found.dev is None
    assert (found.chosen["prefix"], found.chosen["layers"]) == (view.prefix, list(view.layers))


def test_each_set_is_encoded_once_per_prefix_and_pooling() -> None:
    encoder = Encoder()
    vectors = Vectors(encoder, 4)
    vectors.add("a", [["nx", "vy"]])
    shapes = {view.layers: vectors.look("a", view).shape for view in all_views(4)}
    assert shapes == {(4,): (2, 2), (3,): (2, 2), (2, 3, 4): (2, 6)}
    assert len(encoder.calls) == 4
    vectors.add("a", [["nx", "vy"]])
    vectors.look("a", View("", "mean", (4,)))
    assert len(encoder.calls) == 4
    vectors.add("a", [["vy"]])
    assert vectors.look("a", View("", "mean", (4,))).shape == (1, 2)


@pytest.mark.parametrize(
    ("depth", "wanted"), [(12, ((12,), (9,), (6, 9, 12))), (2, ((2,), (1,), (1, 2))), (1, ((1,),))]
)
def test_layers_are_chosen_by_depth(depth: int, wanted: tuple[tuple[int, ...], ...]) -> None:
    assert layer_choices(depth) == wanted


def prediction(*rows: tuple[float, float]) -> Prediction:
    scores = np.full((len(rows), len(UPOS)), 1e-6)
    for row, (noun, verb) in zip(scores, rows, strict=True):
        row[N], row[V] = noun, verb
    logs = np.log(scores).astype(np.float32)
    return Prediction(logs, logs, {})


def test_fusion_sums_log_probabilities_with_a_weight_from_dev() -> None:
    dev = as_gold((TaggedSentence(("a", "b"), ("NOUN", "VERB"), "x"),), "gold")
    # the second system is right on both words, the first is surer of the wrong tag than the second of the right one
    first, second = prediction((0.1, 0.9), (0.4, 0.6)), prediction((0.8, 0.2), (0.2, 0.8))
    plain = fuse(first, second, None)
    assert plain.chosen == {"weight": 1.0}
    assert plain.test.argmax(axis=1).tolist() == [V, V]
    tuned = fuse(first, second, dev)
    assert tuned.chosen == {"weight": 2.0}
    assert tuned.test.argmax(axis=1).tolist() == [N, V]
    assert fuse(first, second, dev, {"weight": 0.25}).chosen == {"weight": 0.25}
    assert np.allclose(np.exp(tuned.test).sum(axis=1), 1, atol=1e-4)


def test_kept_predictions_come_back_as_they_were(tmp_path) -> None:
    made = Prediction(np.ones((2, 3), dtype=np.float32), None, {"layers": [1, 2], "prefix": "ä"})
    kept = Kept(tmp_path)
    kept.get({"a": 1}, lambda: made)
    again = kept.get({"a": 1}, lambda: pytest.fail("is kept"))
    assert again.dev is None
    assert again.chosen == made.chosen
    assert np.array_equal(again.test, made.test)
    assert kept.get({"a": 2}, lambda: prediction((0.5, 0.5))).test.shape == (1, len(UPOS))
