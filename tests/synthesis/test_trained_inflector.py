"""Synthesis with a small network that was really trained: its forms, its trust, the same in another process."""

import pickle

import pytest
from small_inflector import SMALL

from lexaug.errors import FormatError
from lexaug.inflection.choice import describe_inflector, require_inflector
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.folder import write_inflector
from lexaug.inflection.run import train_inflector
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable
from lexaug.synthesis import ops
from lexaug.synthesis.unlisted import Unlisted

LEMMAS = [a + b + c + d + "an" for a in "klm" for b in "aou" for c in "prt" for d in "ei"]
ENDINGS = {"V;PST": "te", "V;PRS;3;SG": "s"}
PAST = FeatureBundle.parse("V;PST")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A network that has learnt two cells from two thirds of the lemmas."""
    taught = [lemma for place, lemma in enumerate(LEMMAS) if place % 3]
    rows = [InflectionExample(lemma, cell, lemma[:-2] + end) for lemma in taught for cell, end in ENDINGS.items()]
    place = tmp_path_factory.mktemp("inflector")
    (place / "rows.trn").write_text("made up", encoding="utf-8")
    write_inflector(place / "net", train_inflector("scratch", rows, (), SMALL), {"train": place / "rows.trn"})
    return place / "net"


@pytest.fixture(scope="module")
def known():
    """A table with all the lemmas."""
    rows = [(lemma, lemma[:-2] + end, cell) for lemma in LEMMAS for cell, end in ENDINGS.items()]
    return ParadigmTable("xxx", [ParadigmRow(lemma, form, FeatureBundle.parse(cell)) for lemma, form, cell in rows])


def test_it_inflects_and_is_tried_on_the_lemmas_that_it_has_not_seen(folder, known):
    unlisted = Unlisted(known, str(folder), 0)
    assert unlisted.form(LEMMAS[0], "VERB", PAST) == LEMMAS[0][:-2] + "te"
    assert unlisted.op("VERB") == ops.MODEL
    assert unlisted.trust["V"].tested == 2 * len(LEMMAS[::3])
    assert unlisted.trust["V"].accuracy >= 0.8


def test_a_copy_in_another_process_makes_the_same(make, folder, parsed):
    made = make(inflector=str(folder))
    rows = "Dogs dog NOUN Number=Plur 2 nsubj\nsee see VERB _ 0 root\ncats cat NOUN Number=Plur 2 obj\n"
    assert pickle.loads(pickle.dumps(made))(parsed(rows)) == made(parsed(rows))


def test_weights_cut_short_are_noticed_before_they_are_loaded(folder, tmp_path):
    for name in ("model.safetensors", "config.json", "lemmas.json", "bundles.json"):
        damaged = tmp_path / f"without-{name}"
        damaged.mkdir()
        for path in folder.iterdir():
            content = path.read_bytes()
            (damaged / path.name).write_bytes(content[: len(content) // 2] if path.name == name else content)
        with pytest.raises(FormatError, match="not whole"):
            require_inflector(str(damaged), "xxx")
        assert describe_inflector(str(damaged)) != describe_inflector(str(folder))


def test_what_a_manifest_says_of_it_tells_no_place(folder):
    found = describe_inflector(str(folder))
    assert found["name"] == "net"
    assert len(found["sha256"]) == 64
