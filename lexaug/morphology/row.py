"""One row of an inflection table."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from lexaug.morphology.features import FeatureBundle


@dataclass(frozen=True, slots=True)
class ParadigmRow:
    """A lemma, one inflected form and what the form says.

    `line` is the row's line in its file (0 where it came from elsewhere); `segmentation` is the fourth column of
    UniMorph 4 tables, "" where there is none.
    """

    lemma: str
    form: str
    bundle: FeatureBundle
    line: int = 0
    segmentation: str = ""


def spelling(lemma: str) -> str:
    """Key under which two spellings count as the same lemma: NFC, trimmed, case aside."""
    return unicodedata.normalize("NFC", lemma).strip().casefold()
