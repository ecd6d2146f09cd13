"""The parts of synthesis by themselves: draws, plans, surface, tally."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.morphology.grammar import Grammar
from lexaug.synthesis import ops
from lexaug.synthesis.example import PseudoExample
from lexaug.synthesis.plan import Piece, weigh
from lexaug.synthesis.realise import fill
from lexaug.synthesis.seeds import Purpose, draw, sentence_state
from lexaug.synthesis.surface import Surface
from lexaug.synthesis.tally import Tally


@given(st.integers(0, 2**64 - 1), st.sampled_from(Purpose), st.integers(-3, 10_000))
def test_draws_are_shares_and_repeat(state, purpose, index):
    assert 0 <= draw(state, purpose, index) < 1
    assert draw(state, purpose, index) == draw(state, purpose, index)


def test_draws_are_even():
    found = [draw(sentence_state(3, f"s{number}", 0), Purpose.LEMMA, number % 30) for number in range(4000)]
    assert sum(found) / len(found) == pytest.approx(0.5, abs=0.02)
    assert len({sentence_state(seed, "s", sample) for seed in range(20) for sample in range(20)}) == 400


@given(st.lists(st.floats(0.01, 10), min_size=1, max_size=6), st.floats(0, 0.999999))
def test_options_are_chosen_by_weight(weights, share):
    options = [(Piece((str(number),), ops.LEXICON),) for number in range(len(weights))]
    chosen = int(weigh(options, weights).choose(share)[0].words[0])
    below = sum(weights[:chosen]) / sum(weights)
    assert below - 1e-9 <= share <= below + weights[chosen] / sum(weights) + 1e-9


def test_placeholders_without_facts_vanish():
    assert fill("N;{case};{number};{definite}", ("PL", "", "", "", "DEF", "", "attr")) == "N;PL;DEF"


def test_contractions_and_sandhi():
    grammar = Grammar.parse({"contract": {"fi il-": "fil-"}, "sandhi": {"fil-": [["^d", "fid-"]]}})
    target, made, tags = ["joqgħod", "fi", "il-", "dar"], ["a", "b", "c", "d"], ["VERB", "ADP", "DET", "NOUN"]
    alignment = Surface(grammar).apply(target, made, tags, [(0, 0), (1, 1), (2, 2), (3, 3)])
    assert target == ["joqgħod", "fid-", "dar"]
    assert (made, tags) == (["a", "b", "d"], ["VERB", "ADP", "NOUN"])
    assert alignment == [(0, 0), (1, 1), (2, 1), (3, 2)]


def test_only_exact_cells_of_content_words_count_as_inflected():
    made = (ops.CELL, ops.NEAREST, ops.RULES, ops.LEXICON, ops.COPIED, ops.GRAMMAR)
    tags = ("NOUN", "NOUN", "VERB", "VERB", "NOUN", "AUX")
    tally = Tally()
    tally.add(PseudoExample("x", ("a",), ("b",) * 6, ((0, 0),), made, tags, 0.5))
    both = Tally(sentences=3)
    both.join(tally)
    both.join(tally)
    figures = both.as_json()
    assert figures["inflected_share"] == 0.25
    assert figures["inflected_share_by_upos"] == {"NOUN": 0.5, "VERB": 0.0}
    assert figures["examples"] == 2
    assert sum(figures["ops"].values()) == 12
