"""Words of English sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.morphology.english.tokenizer import tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I don't know.", "I do n't know ."),
        ("She’ll say it’s Ann's.", "She ’ll say it ’s Ann 's ."),
        ("They couldn't've gone, I'd say", "They could n't 've gone , I 'd say"),
        ("The boys' dogs cannot bark", "The boys ' dogs can not bark"),
        ("Gonna go? I dont know", "Gon na go ? I do nt know"),
        ("a well-known co-worker", "a well - known co-worker"),
        (
            "See https://example.org/a?b=c, or mail me@example.org.",
            "See https://example.org/a?b=c , or mail me@example.org .",
        ),
        ("On 11/2/2004 at 10:30 it cost $1,200.50 (5%).", "On 11/2/2004 at 10:30 it cost $ 1,200.50 ( 5 % ) ."),
        ("Mr. Smith of the U.S. left at 10am.", "Mr. Smith of the U.S. left at 10 am ."),
        ('"Wait..." he said -- twice!!', '" Wait ... " he said -- twice !!'),
        ("J. Smith and/or the 1990s :)", "J. Smith and / or the 1990s :)"),
        ("   ", ""),
    ],
)
def test_sentences_are_split_as_the_treebank_splits(text, words):
    assert tokenize(text) == words.split()


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_nothing_but_spaces_is_lost(text):
    words = tokenize(text)
    assert "".join(words) == "".join(text.split())
    assert all(words)
