"""Inflecting many lemmas with a trained inflector."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors import SafetensorError

from lexaug.errors import FormatError, MissingError
from lexaug.inflection.batches import make_batch
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.rules import Candidate

if TYPE_CHECKING:
    from lexaug.inflection.model import InflectorModel

BATCH = 128
"""Rows inflected at once."""
LONGER = 40
"""Characters that a form may have more than the longest lemma of its batch."""


def inflect_all(model: InflectorModel, rows: Sequence[InflectionExample]) -> list[Candidate]:
    """Give each row's form and its probability, in order; forms in the rows are not read."""
    alphabet = model.config.alphabet
    order = sorted(range(len(rows)), key=lambda place: len(rows[place].lemma))
    found: dict[int, Candidate] = {}
    for start in range(0, len(order), BATCH):
        places = order[start : start + BATCH]
        readings = [alphabet.read(rows[place].lemma, rows[place].bundle) for place in places]
        longest = len(rows[places[-1]].lemma) + LONGER
        written, sure = model.inflect(make_batch(readings, alphabet), longest)
        for place, reading, numbers, share in zip(places, readings, written.tolist(), sure.tolist(), strict=True):
            found[place] = Candidate(alphabet.write(numbers, reading.strange), share)
    return [found[place] for place in range(len(rows))]


def load_inflector(folder: Path) -> InflectorModel:
    """Load an inflector that `lexaug inflect train` wrote.

    Raises:
        MissingError: there is none in the folder.
        FormatError: a file of it is damaged.

    """
    from lexaug.inflection.model import InflectorModel

    if not (folder / "config.json").is_file() or not (folder / "model.safetensors").is_file():
        hint = "lexaug inflect train makes one"
        raise MissingError("holds no inflector: config.json and model.safetensors", file=folder, hint=hint)
    try:
        model: InflectorModel = InflectorModel.from_pretrained(str(folder), use_safetensors=True, local_files_only=True)
    except (OSError, ValueError, RuntimeError, KeyError, TypeError, SafetensorError) as fault:
        reason = str(fault).strip().partition("\n")[0]
        raise FormatError(f"the inflector is not whole: {reason}", file=folder, hint="train it again") from fault
    model.eval()
    return model
