"""A language that is new to a backbone starts from the one of the backbone's that its examples look most like.

Nobody has to say what a language is related to. What is found need not be kin: Turkish starts from Azerbaijani, North
Sámi from Livvi or French, as its examples are drawn, but Swahili from Venetian.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch

from lexaug.inflection.alphabet import LANGUAGE, Alphabet
from lexaug.inflection.examples import InflectionExample, spread
from lexaug.inflection.model import InflectorModel
from lexaug.inflection.pointer import PointerLearner

ROUNDS: Final = ((8, 8), (32, 1))
"""Examples that are read as each language that is left, and languages that are kept: about 1% of two minutes.

Twice as many examples mostly find the same language.
"""


def nearest_language(
    model: InflectorModel, alphabet: Alphabet, rows: Sequence[InflectionExample], language: str | None
) -> str | None:
    """Find the language of a backbone as which examples of another one have the least loss.

    Args:
        model: the backbone, as it is: characters that are new to it are read as unknown and copied.
        alphabet: its alphabet.
        rows: examples with forms.
        language: ISO 639-3 code of theirs, if that is known.

    Returns:
        The code of the known language ("" where none in particular is best); None where the backbone tells no languages
        apart, or knows this one.

    """
    if not alphabet.multilingual or language in alphabet.languages:
        return None
    codes = ["", *alphabet.languages]
    model.eval()
    for count, kept in ROUNDS:
        read = spread(rows, count)
        losses = {code: _loss(PointerLearner(model, alphabet, language=code), read) for code in codes}
        codes = sorted(codes, key=losses.__getitem__)[:kept]
    return codes[0]


@torch.no_grad()
def _loss(learner: PointerLearner, rows: Sequence[InflectionExample]) -> float:
    return float(learner.loss(rows, np.random.default_rng(0)))


@torch.no_grad()
def start_like(model: InflectorModel, alphabet: Alphabet, language: str | None, nearest: str) -> None:
    """Give a language's row of `feature_values` (without a code: that of no known language) the values of another's."""
    values = model.feature_values.weight
    values[alphabet.number(LANGUAGE + (language or ""))] = values[alphabet.number(LANGUAGE + nearest)]
