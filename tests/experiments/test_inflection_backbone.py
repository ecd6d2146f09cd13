"""The pre-training of the shared inflection backbone, on a few rows."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from experiments.inflection_backbone.data import language_of
from experiments.inflection_backbone.state import open_state
from experiments.inflection_backbone.store import HIDDEN, Store, disguised, model_input
from experiments.shared_task import Source
from lexaug.inflection.alphabet import ANY_LANGUAGE, END, PAD, UNKNOWN, Alphabet
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.model import InflectorModel
from lexaug.inflection.scratch import new_config
from lexaug.inflection.settings import InflectorSettings


def _row(lemma: str, form: str, tags: str = "N;PL") -> InflectionExample:
    return InflectionExample(lemma, tags, form)


@pytest.fixture
def rows() -> list[InflectionExample]:
    return [_row("kot", "kotol"), _row("baba", "babal"), _row("ma", "mal", "N;PSS(1,SG)"), _row("to", "tox")]


@pytest.fixture
def alphabet(rows: list[InflectionExample]) -> Alphabet:
    return Alphabet.of(rows[:3], languages=["aaa", "bbb"])


@pytest.fixture
def store(rows: list[InflectionExample], alphabet: Alphabet) -> Store:
    return Store.of([("aaa", rows[:2]), ("bbb", rows[2:])], alphabet, learnable=True)


def test_rows_that_cannot_be_learnt_are_left_aside_and_only_these(store, rows, alphabet):
    assert store.starts.tolist() == [0, 2, 3]
    whole = Store.of([("aaa", rows)], alphabet, learnable=False)
    assert len(whole) == 4
    assert UNKNOWN in whole.form[3]


def test_a_store_comes_back_from_its_file(store, tmp_path: Path):
    store.save(tmp_path / "deep" / "store.npz")
    again = Store.load(tmp_path / "deep" / "store.npz")
    assert torch.equal(again.copies, store.copies)
    assert torch.equal(again.form, store.form)
    assert torch.equal(again.starts, store.starts)


def test_batches_hold_rows_of_the_store_no_wider_than_they_must_be(store, alphabet):
    batches = store.batches(2, [0])
    written = {"kotol", "babal", "mal"}
    for _ in range(40):
        batch = next(batches)
        found = [alphabet.write(numbers, ()) for numbers in batch["form"].tolist()]
        assert set(found) <= written
        assert (batch["form"] != PAD).any(0).all()
        assert (batch["copies"] != PAD).any(0).all()
        assert batch["nests"].shape == batch["values"].shape


def test_the_same_seed_draws_the_same(store):
    one, other = (next(store.batches(3, [4])) for _ in range(2))
    assert torch.equal(one["copies"], other["copies"])


def test_dev_comes_in_parts_each_row_once_with_its_source(store):
    parts = list(store.parts(2, 1))
    assert torch.cat([sources for sources, _ in parts]).sort().values.tolist() == [0, 1]
    parts = list(store.parts(2, 10))
    assert sum(len(batch["form"]) for _, batch in parts) == 3


def test_a_hidden_letter_is_hidden_wherever_it_stands(store, alphabet):
    torch.manual_seed(0)
    [(_, batch)] = store.parts(8, 8)
    found = disguised(batch, alphabet, hidden=1.0)
    given = model_input(found, alphabet)
    for before, copies, lemma, form, old in zip(
        batch["copies"], found["copies"], given["lemma"], found["form"], batch["form"], strict=True
    ):
        hidden = copies == HIDDEN
        letter = before[hidden].unique()
        assert len(letter) == 1
        assert torch.equal(hidden, before == letter)
        assert (lemma[hidden] == UNKNOWN).all()
        assert torch.equal(form == HIDDEN, old == letter)
        assert (form == END).sum() == 1


def test_nothing_is_hidden_unless_wanted_but_some_languages_are(store, alphabet):
    torch.manual_seed(0)
    [(_, batch)] = store.parts(8, 8)
    several = {name: table.repeat(200, 1) for name, table in batch.items()}
    found = disguised(several, alphabet, hidden=0.0)
    assert torch.equal(found["copies"], several["copies"])
    untold = (found["values"][:, 0] == alphabet.number(ANY_LANGUAGE)).float().mean()
    assert 0.1 < untold < 0.3
    assert torch.equal(found["values"][:, 1:], several["values"][:, 1:])


def test_the_model_reads_a_batch_as_it_reads_readings(store, rows, alphabet):
    from lexaug.inflection.batches import make_batch

    shape = InflectorSettings(hidden_size=16, num_heads=2, intermediate_size=16, dropout=0.0)
    torch.manual_seed(0)
    model = InflectorModel(new_config(alphabet, shape)).eval()
    readings = [alphabet.read(row.lemma, row.bundle, row.form, language="aaa") for row in rows[:2]]
    [batch] = [batch for _, batch in Store.of([("aaa", rows[:2])], alphabet, learnable=True).parts(8, 8)]
    expected = model(**make_batch(readings)).loss
    assert float(model(**model_input(batch, alphabet)).loss) == pytest.approx(float(expected), abs=1e-6)


def test_a_run_goes_on_with_the_alphabet_that_it_began_with_alone(rows, alphabet, tmp_path: Path):
    shape = InflectorSettings(hidden_size=16, num_heads=2, intermediate_size=16, dropout=0.0)
    InflectorModel(new_config(alphabet, shape)).save_pretrained(tmp_path)
    (tmp_path / "curve.json").write_text('{"state": {"minutes": 1.0, "examples": 7, "checks": []}}', encoding="utf-8")
    assert open_state(tmp_path, alphabet, 0, torch.device("cpu")).curve.examples == 7
    other = Alphabet.of(rows[:3], languages=["bbb", "aaa"])
    with pytest.raises(ValueError, match="alphabet"):
        open_state(tmp_path, other, 0, torch.device("cpu"))


def test_languages_go_by_iso_codes_whatever_the_files_are_called():
    assert language_of(Source("mao", 2020)) == "mri"
    assert language_of(Source("heb_unvoc", 2023)) == "heb"
