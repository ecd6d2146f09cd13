"""An inflector is trained, kept where it is best, written, loaded and asked; made-up examples follow real patterns."""

import itertools

import pytest
import torch

from lexaug.errors import ConfigError, FormatError, MissingError
from lexaug.inflection.change import change_of
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.hallucinate import hallucinate
from lexaug.inflection.output import write_inflector
from lexaug.inflection.predict import inflect_all, load_inflector
from lexaug.inflection.train import InflectorSettings, train_inflector

SMALL = InflectorSettings(
    hidden_size=32, num_layers=1, num_heads=2, intermediate_size=32, dropout=0.0, batch=16, learning_rate=8e-3, steps=90
)
STEMS = ["".join(letters) for letters in itertools.product("klm", "aou", "prt", "ei")]
ROWS = [
    InflectionExample(f"{stem}an", features, f"{stem}{ending}")
    for stem in STEMS
    for features, ending in (("V;PST", "te"), ("V;PRS;NOM(3,SG)", "s"))
]
TRAIN, DEV = ROWS[::3] + ROWS[1::3], ROWS[2::3]


@pytest.fixture(scope="module")
def run():
    return train_inflector(TRAIN, DEV, SMALL)


def right(model):
    return sum(found.form == row.form for found, row in zip(inflect_all(model, DEV), DEV, strict=True)) / len(DEV)


def test_it_learns_endings_that_depend_on_features(run):
    assert run.steps == SMALL.steps
    assert run.best == max(score for _, score in run.history)
    assert 100 * right(run.model) == pytest.approx(run.best)
    assert run.best > 80


def test_the_seed_decides_everything():
    settings = InflectorSettings(**{name: getattr(SMALL, name) for name in SMALL.__slots__} | {"steps": 5})
    first, second = (train_inflector(TRAIN, DEV, settings).model for _ in range(2))
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(one, other)


def test_a_budget_in_minutes_ends_the_run():
    settings = InflectorSettings(
        **{name: getattr(SMALL, name) for name in SMALL.__slots__} | {"steps": None, "minutes": 1e-3}
    )
    assert 30 <= train_inflector(TRAIN, (), settings).steps <= 60


def test_written_and_loaded_it_gives_the_same_forms(run, tmp_path):
    train, dev = tmp_path / "x.trn", tmp_path / "x.dev"
    train.write_text("a"), dev.write_text("b")
    metrics = write_inflector(tmp_path / "out", run, SMALL, train, dev)
    again = load_inflector(tmp_path / "out")
    assert inflect_all(again, DEV) == inflect_all(run.model, DEV)
    assert metrics["dev_accuracy"] == run.best
    assert set(metrics["sources"]) == {"train", "dev"}


def test_a_folder_without_or_with_a_damaged_inflector_is_told(run, tmp_path):
    with pytest.raises(MissingError, match="no inflector"):
        load_inflector(tmp_path)
    run.model.save_pretrained(tmp_path)
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:200])
    with pytest.raises(FormatError, match="not whole"):
        load_inflector(tmp_path)


def test_nothing_to_learn_from_is_told():
    with pytest.raises(ConfigError, match="no example"):
        train_inflector([InflectionExample("a", "N;PL", None)], (), SMALL)


def test_hallucinated_stems_keep_the_change():
    made = hallucinate([InflectionExample("kalapan", "V;PST", "ge-kalapte")], 20, seed=1)
    assert len(made) == 20
    assert {change_of(example.lemma, example.form or "") for example in made} == {change_of("kalapan", "ge-kalapte")}
    assert len({example.lemma for example in made}) > 10
    assert all(example.features == "V;PST" for example in made)
    assert made == hallucinate([InflectionExample("kalapan", "V;PST", "ge-kalapte")], 20, seed=1)


def test_without_a_shared_run_nothing_is_made_up():
    assert hallucinate([InflectionExample("go", "V;PST", "went")], 5) == []
