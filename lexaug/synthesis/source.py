"""Analysed source sentences."""

from __future__ import annotations

from dataclasses import dataclass

from lexaug.morphology.features import FeatureBundle


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """One analysed sentence; all tuples have one item per syntactic word.

    `heads` are 1-based as in CoNLL-U (0 is the root); `bundles` hold the UniMorph bundle of the word's UD features.
    """

    id: str
    tokens: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    bundles: tuple[FeatureBundle, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    text: str
