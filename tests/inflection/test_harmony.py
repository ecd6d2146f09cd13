"""Vowel harmony is read off words: how far a vowel tells the next."""

from pathlib import Path

import numpy as np
import pytest

from lexaug.inflection.examples import read_training
from lexaug.inflection.hallucinate import HARMONIC
from lexaug.inflection.harmony import harmony, is_vowel


def test_it_is_high_where_a_vowel_tells_the_next():
    assert harmony(["kalapan", "menekse", "salatar", "teleren"] * 5) > 0.5
    assert harmony(["kelapo", "manekso", "soluter", "tolaren", "kitumo", "pesila"]) < HARMONIC
    assert harmony(["krk", "prst", ""]) == 0.0
    assert harmony(["aa", "aaa"]) == 0.0


def test_a_long_vowel_is_one():
    short = ["kelapo", "manekso", "soluter", "tolaren", "kitumo", "pesila"]
    doubled = ["".join(2 * letter if is_vowel(letter) else letter for letter in word) for word in short]
    assert harmony(doubled) == harmony(short)


@pytest.mark.parametrize(("letters", "vowels"), [("aÉǫ̨ɛъyю", "aÉǫyɛю"), ("kйўЙř", "")])
def test_letters_are_vowels_whatever_marks_they_bear(letters, vowels):
    assert {letter for letter in letters if is_vowel(letter)} == set(vowels)


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [("tur", 0.3, 1), ("hun", HARMONIC, 1), *((code, 0, HARMONIC) for code in ("fin", "swa", "deu", "sme", "sqi"))],
)
def test_it_tells_real_languages_apart_by_a_hundred_examples(data: Path, code: str, low: float, high: float):
    rows = read_training(data / "sigmorphon2023" / f"{code}.trn")
    draws = (np.random.default_rng(seed).choice(len(rows), 100, replace=False).tolist() for seed in range(5))
    assert low <= np.median([harmony(dict.fromkeys(rows[place].form for place in draw)) for draw in draws]) <= high
