"""A pre-trained pointer-generator that is to read another language: characters and feature values it lacks get rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import torch

from lexaug.inflection.alphabet import LANGUAGE, OTHER_VALUE, UNKNOWN, Alphabet, bundle_parts
from lexaug.inflection.config import InflectorConfig
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.model import InflectorModel

_APART = 0.5
"""How far new rows are set apart at random, as a share of the spread of the known ones."""


def extended_alphabet(
    known: Alphabet, rows: Sequence[InflectionExample], language: str | None, most: int | None = None
) -> Alphabet:
    """Add what occurs in rows, and the language's tag; numbers that are known stay.

    At most `most` new characters are taken, the frequent ones; the others stay unknown, and are copied.
    """
    letters = Counter(letter for row in rows for letter in {*row.lemma, *(row.form or "")})
    found = sorted({part for row in rows for part in bundle_parts(row.bundle)})
    values = [value for value, _ in found] + ([LANGUAGE + language] if language and known.multilingual else [])
    ranked = sorted(letters, key=lambda letter: (-letters[letter], letter))
    return Alphabet(
        _joined(known.characters, ranked, most),
        _joined(known.values, values),
        _joined(known.nests, [nest for _, nest in found if nest]),
    )


def extend(model: InflectorModel, alphabet: Alphabet) -> InflectorModel:
    """Give a model with rows for all of an alphabet that starts with its own; the rest of its weights are its own.

    A new character starts near the row of unknown ones, a new value near that of other values.
    """
    names = ("characters", "values", "nests")
    config = InflectorConfig(**model.config.to_dict() | {name: list(getattr(alphabet, name)) for name in names})
    wider = InflectorModel(config)
    state = model.state_dict()
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(0)
        for name, like in (("letters", UNKNOWN), ("feature_values", OTHER_VALUE), ("nests", OTHER_VALUE)):
            state[f"{name}.weight"] = _grown(state[f"{name}.weight"], len(wider.state_dict()[f"{name}.weight"]), like)
    wider.load_state_dict(state)
    return wider


def rows_used(
    alphabet: Alphabet, rows: Iterable[InflectionExample], language: str | None, most: int | None = None
) -> dict[str, list[int]]:
    """Give the embedding rows that a language needs: all `feature_values`, of `letters` the `most` frequent ones."""
    letters, values = Counter[int](), set[int]()
    for row in rows:
        reading = alphabet.read(row.lemma, row.bundle, row.form, language=language)
        letters.update(number for number in (*reading.lemma, *reading.form) if number < alphabet.size)
        values.update(reading.values)
    frequent = sorted(letters, key=lambda number: (-letters[number], number))[:most]
    return {"letters": sorted(frequent), "feature_values": sorted(values)}


def _joined(known: tuple[str, ...], found: Iterable[str], most: int | None = None) -> tuple[str, ...]:
    there = set(known)
    new = [name for name in dict.fromkeys(found) if name not in there]
    return (*known, *new[:most])


def _grown(table: torch.Tensor, rows: int, like: int) -> torch.Tensor:
    new = torch.randn(rows - len(table), table.shape[1]) * table[like:].std() * _APART
    return torch.cat([table, table[like] + new])
