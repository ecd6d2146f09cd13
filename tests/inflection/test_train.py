"""An inflector is trained, kept where it is best, written, loaded and asked; made-up examples follow real patterns."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from small_inflector import SMALL

from lexaug.errors import ConfigError, FormatError, MissingError
from lexaug.inflection.change import change_of
from lexaug.inflection.examples import InflectionExample, read_training
from lexaug.inflection.folder import load_inflector, write_inflector
from lexaug.inflection.hallucinate import hallucinate
from lexaug.inflection.harmony import harmony, is_vowel
from lexaug.inflection.inflector import accuracy
from lexaug.inflection.run import train_inflector
from lexaug.inflection.scratch import new_learner
from lexaug.inflection.train import fit, spread


@pytest.fixture(scope="module")
def run(language):
    return train_inflector("scratch", *language, SMALL)


def test_it_learns_endings_that_depend_on_features(run, language):
    assert run.metrics["steps"] == SMALL.steps
    assert run.metrics["dev_accuracy"] == max(score for _, score in run.metrics["history"])
    assert accuracy(run, language[1]) == run.metrics["dev_accuracy"] > 95


def test_the_seed_decides_everything(language):
    learners = [new_learner(language[0], SMALL) for _ in range(2)]
    for learner in learners:
        fit(learner, *language, replace(SMALL, steps=5))
    for one, other in zip(*(learner.module.parameters() for learner in learners), strict=True):
        assert torch.equal(one, other)


def test_a_budget_in_minutes_ends_the_run(language):
    learner = new_learner(language[0], SMALL)
    course = fit(learner, language[0], (), replace(SMALL, steps=None, minutes=0.005, clock="cpu"))
    assert course.steps > 1
    assert 0.3 <= course.seconds <= 1


def test_rows_of_dev_are_taken_evenly():
    assert spread(list(range(10)), 5) == [0, 2, 4, 6, 8]
    assert spread(list(range(3)), 5) == [0, 1, 2]


@pytest.mark.parametrize("method", ["scratch", "rules"])
def test_written_and_loaded_it_gives_the_same_forms(method, run, language, tmp_path):
    train, dev = tmp_path / "x.trn", tmp_path / "x.dev"
    train.write_text("a"), dev.write_text("b")
    inflector = run if method == "scratch" else train_inflector("rules", *language)
    metrics = write_inflector(tmp_path / "out", inflector, {"train": train, "dev": dev})
    again = load_inflector(tmp_path / "out")
    assert again.method == method
    assert again.inflect(language[1]) == inflector.inflect(language[1])
    assert metrics["dev_accuracy"] == inflector.metrics["dev_accuracy"] > 0
    assert set(metrics["sources"]) == {"train", "dev"}


def test_a_folder_without_or_with_a_damaged_inflector_is_told(run, tmp_path):
    with pytest.raises(MissingError, match="no inflector"):
        load_inflector(tmp_path)
    write_inflector(tmp_path / "out", run, {})
    weights = tmp_path / "out" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:200])
    with pytest.raises(FormatError, match="not whole"):
        load_inflector(tmp_path / "out")


def test_weights_that_are_not_in_the_file_are_told(run, tmp_path):
    write_inflector(tmp_path / "out", run, {})
    path = tmp_path / "out" / "model.safetensors"
    save_file({name: value for name, value in load_file(path).items() if "decoder" not in name}, path, {"format": "pt"})
    with pytest.raises(FormatError, match="weights are missing"):
        load_inflector(tmp_path / "out")


@pytest.mark.parametrize(
    ("key", "value"),
    [("language", 5), ("backbone", "x"), ("weights", None), ("weights", {"end": 0.0, "start": 1.0}), ("kind", "x")],
)
def test_an_inflector_that_was_tampered_with_is_told(language, tmp_path, key, value):
    write_inflector(tmp_path / "out", train_inflector("rules", *language), {})
    path = tmp_path / "out" / "inflector.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    with pytest.raises(FormatError, match="not whole"):
        load_inflector(tmp_path / "out")


def test_a_row_without_features_can_be_learnt_from():
    rows = [InflectionExample(stem, "", stem + "s") for stem in ("kal", "map", "tor", "lis")]
    assert train_inflector("scratch", rows, (), replace(SMALL, steps=3, hidden=1.0)).metrics["steps"] == 3


def test_nothing_to_learn_from_is_told():
    with pytest.raises(ConfigError, match="no example"):
        train_inflector("scratch", [InflectionExample("a", "N;PL", None)], (), SMALL)


def test_hallucinated_stems_keep_the_change():
    made = hallucinate([InflectionExample("kalapan", "V;PST", "ge-kalapte")], 20, seed=1)
    assert len(made) == 20
    assert {change_of(example.lemma, example.form or "") for example in made} == {change_of("kalapan", "ge-kalapte")}
    assert len({example.lemma for example in made}) > 10
    assert all(example.features == "V;PST" for example in made)
    assert made == hallucinate([InflectionExample("kalapan", "V;PST", "ge-kalapte")], 20, seed=1)


def test_of_a_stem_that_changes_some_letters_stay_and_all_that_are_next_to_a_change():
    made = hallucinate([InflectionExample("kalapanut", "V;PST", "kalapanid")], 60, seed=1)
    assert {(row.lemma[-3:], (row.form or "")[-3:]) for row in made} == {("nut", "nid")}
    letters = [{row.lemma[place] for row in made} for place in range(6)]
    assert all(len(found) > 3 for found in letters)
    kept = sum(row.lemma[place] == "kalapa"[place] for row in made for place in range(6)) / (6 * 60)
    assert 0.5 < kept < 0.75, "half of them, and the same letter by chance"


def test_of_a_stem_that_stays_whole_all_letters_may_go():
    changed = [InflectionExample(stem + "a", "V;PRS", stem + "e") for stem in ("tolar", "siku", "mopine")]
    rows = [InflectionExample(stem, "V;PST", stem + "te") for stem in ("kalapan", "mutore", "selika", "puna", "geroma")]
    made = [row for row in hallucinate([*rows, *changed], 400, seed=1) if row.features == "V;PST"]
    assert all(row.form == row.lemma + "te" for row in made)
    whole = [row.lemma for row in made if len(row.lemma) == 7]
    assert all(len({lemma[place] for lemma in whole}) > 5 for place in range(7))
    kept = sum(lemma[place] == "kalapan"[place] for lemma in whole for place in range(7)) / (7 * len(whole))
    assert kept < 0.25, "by chance alone"


def test_where_nearly_all_stems_stay_whole_the_letters_of_others_may_go_too():
    whole = [InflectionExample(stem, "V;PST", stem + "te") for stem in ("kalapan", "mutore", "selika")]
    changed = InflectionExample("geroma", "V;PRS", "gerome")
    for rows, all_may_go in ((whole, True), (whole[:2], False)):
        made = [row for row in hallucinate([*rows, changed], 400, seed=1) if row.features == "V;PRS"]
        assert {(row.lemma[-1], (row.form or "")[-1]) for row in made} == {("a", "e")}
        assert ({row.lemma[-2] for row in made} != {"m"}) == all_may_go


HARMONIC = [
    InflectionExample(stem, "N;PL", stem + ending)
    for ending, stems in (("ler", ("gözlük", "deniz", "bebek", "çiçek")), ("lar", ("kapak", "sokak", "kitap", "odun")))
    for stem in stems
]


def test_hallucinated_stems_keep_the_vowels_where_they_are_in_harmony():
    patterns = {tuple(letter for letter in row.lemma if is_vowel(letter)) for row in HARMONIC}
    made = hallucinate(HARMONIC, 40, seed=1)
    assert len({example.lemma for example in made}) > 20
    assert {tuple(letter for letter in example.lemma if is_vowel(letter)) for example in made} <= patterns


def test_and_change_them_where_they_are_not():
    rows = [InflectionExample(stem, "N;PL", stem + "te") for stem in ("kalapan", "mutore", "selika", "puna", "geroma")]
    made = hallucinate(rows, 40, seed=1)
    assert len({tuple(letter for letter in example.lemma if is_vowel(letter)) for example in made}) > 10


def test_harmony_is_high_where_a_vowel_tells_the_next():
    assert harmony(["kalapan", "menekse", "salatar", "teleren"] * 5) > 0.5
    assert harmony(["kelapo", "manekso", "soluter", "tolaren", "kitumo", "pesila"]) < 0.2
    assert harmony(["krk", "prst", ""]) == 0.0
    assert harmony(["aa", "aaa"]) == 0.0


def test_without_a_shared_run_nothing_is_made_up():
    assert hallucinate([InflectionExample("go", "V;PST", "went")], 5) == []


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [("tur", 0.3, 1), ("nav", 0.18, 1), ("hun", 0.1, 1), ("fin", 0, 0.085), ("swa", 0, 0.085), ("deu", 0, 0.085)],
)
def test_harmony_tells_real_languages_apart(data: Path, code: str, low: float, high: float):
    rows = read_training(data / "sigmorphon2023" / f"{code}.trn")
    assert low <= harmony(dict.fromkeys(row.form for row in rows[:: len(rows) // 1_000])) <= high
