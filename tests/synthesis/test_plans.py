"""Plans are made once for what is asked, their equal parts are kept once, and there are never too many."""

import pytest

from lexaug.synthesis import plans
from lexaug.synthesis.facts import NO_FACTS, Asked
from lexaug.synthesis.plan import Piece, Plan, weigh
from lexaug.synthesis.plans import Plans


def make(asked: Asked) -> Plan:
    return weigh([(Piece((asked.lemma[:3],), "lexicon"),), (Piece(("same",), "lexicon"),)], [1.0, 3.0])


def asked_for(lemma: str) -> Asked:
    return Asked("".join(lemma), "NOUN", ("", *NO_FACTS[1:]))


def test_a_plan_is_made_once_and_as_its_maker_says() -> None:
    made = []
    known = Plans(lambda asked: made.append(asked) or make(asked))

    found = [known[asked_for("hound")] for _ in range(3)]

    assert found == [make(asked_for("hound"))] * 3
    assert len(made) == 1


def test_equal_parts_are_one_object() -> None:
    known = Plans(make)
    first, second, other = (known[asked_for(lemma)] for lemma in ("hounds", "hounding", "cat"))
    keys = list(known)

    assert first is second
    assert first is not other
    assert first.options[1] is other.options[1]
    assert first.bounds is other.bounds
    assert keys[0].facts is keys[1].facts is keys[2].facts


def test_no_more_than_a_bounded_number_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "KEPT", 10)
    known = Plans(make)

    for number in range(100):
        assert known[asked_for(f"{number}")] == make(asked_for(f"{number}"))

    assert len(known) <= 10
    assert len(known._parts) <= 10 * 6
