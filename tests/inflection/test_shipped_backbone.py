"""inflect-mini as it is shipped: whole, small, without the languages it is measured on, and really trained."""

from __future__ import annotations

import json

import pytest

from experiments.shared_task import EVALUATED, LEFT_OUT
from lexaug.files import resource
from lexaug.inflection.backbone import find_backbone, load_pointer
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.model import InflectorModel
from lexaug.inflection.pretrained import pretrained
from lexaug.languages import codes

MOST_BYTES = 12_000_000


@pytest.fixture(scope="module")
def model() -> InflectorModel:
    folder = find_backbone("inflect-mini").folder
    assert folder is not None
    return load_pointer(folder)


def test_it_is_small_and_has_a_card() -> None:
    folder = resource("inflect_mini")
    assert sum(path.stat().st_size for path in folder.iterdir()) <= MOST_BYTES
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "license: cc-by-sa-4.0" in card
    assert all(code in card.partition("**Left out**")[2].partition("Relatives")[0] for code in EVALUATED)


def test_it_knows_many_languages_and_none_that_it_is_measured_on(model: InflectorModel) -> None:
    known = {*model.config.alphabet.languages}
    assert len(known) >= 45
    assert known <= {*codes()}
    assert not known & LEFT_OUT


def test_its_curve_ends_well() -> None:
    curve = json.loads((resource("inflect_mini") / "curve.json").read_text(encoding="utf-8"))
    last = curve["state"]["checks"][-1]
    assert last["examples"] == curve["state"]["examples"]
    assert last["dev"] == pytest.approx(sum(curve["dev"].values()) / len(curve["dev"]), abs=0.1)
    assert last["dev"] > 90


@pytest.mark.parametrize(
    ("language", "lemma", "features", "form"),
    [
        ("eng", "walk", "V;PST", "walked"),
        ("spa", "hablar", "V;IND;PRS;NOM(1,PL)", "hablamos"),
        ("fin", "talo", "N;IN+ESS(SG)", "talossa"),
        ("hun", "ház", "N;IN+ESS(SG)", "házban"),
        ("deu", "machen", "V;IND;PST;NOM(3,SG)", "machte"),
    ],
)
def test_it_inflects(language: str, lemma: str, features: str, form: str) -> None:
    [found] = pretrained("inflect-mini", language).inflect([InflectionExample(lemma, features, None)])
    assert found.form == form
    assert 0 < found.share <= 1
