"""A language that is new to a backbone starts from the one of the backbone's that its examples look most like.

Nobody has to say what a language is related to: Swahili starts from Chichewa or Kongo, Turkish from Azerbaijani, North
Sámi from Livvi.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch

from lexaug.inflection.alphabet import ANY_LANGUAGE, LANGUAGE, Alphabet
from lexaug.inflection.examples import InflectionExample, spread
from lexaug.inflection.model import InflectorModel
from lexaug.inflection.pointer import PointerLearner

EXAMPLES: Final = 32
"""Examples that are read as each of the backbone's languages: twice as many mostly find the same one."""


def start_language(
    model: InflectorModel, known: Alphabet, alphabet: Alphabet, rows: Sequence[InflectionExample], language: str | None
) -> str | None:
    """Give the row of a new language the values of the known one as which its examples have the least loss.

    Args:
        model: a backbone with rows for all of `alphabet`; the language's row of `feature_values` is set.
        known: the backbone's own alphabet.
        alphabet: the same, extended.
        rows: examples with forms.
        language: ISO 639-3 code; without one the row of no known language is set.

    Returns:
        The code of the known language ("" for the row of none); None where the backbone tells no languages apart, or
        knows this one.

    """
    own = LANGUAGE + (language or "")
    tags = [value for value in known.values if value.startswith(LANGUAGE)]
    if not tags or (own in tags and own != ANY_LANGUAGE):
        return None
    read, random = spread(rows, EXAMPLES), np.random.default_rng(0)
    model.eval()
    with torch.no_grad():
        losses = {tag: float(PointerLearner(model, alphabet, language=tag[1:]).loss(read, random)) for tag in tags}
        nearest = min(losses, key=losses.__getitem__)
        values = model.feature_values.weight
        values[alphabet.number(own)] = values[alphabet.number(nearest)]
    return nearest.removeprefix(LANGUAGE)
