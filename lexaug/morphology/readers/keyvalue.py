"""Features as SIGMORPHON 2016 wrote them: `pos=V,tense=PST,per=3` instead of `V;PST;3`."""

from __future__ import annotations

from lexaug.morphology.features import FeatureBundle


def parse_features(text: str) -> FeatureBundle:
    """Read a bundle in UniMorph notation or in that of 2016; FormatError as for `FeatureBundle.parse`."""
    return FeatureBundle.parse(text) if "=" not in text else FeatureBundle.of(*map(_tag, text.split(",")))


def _tag(pair: str) -> str:
    """Give the value of a pair as a tag; a bare yes stands for its key, a no for nothing."""
    key, _, value = pair.partition("=")
    said = value.strip().upper()
    if said in ("YES", "TRUE"):
        return key.strip().upper()
    return "" if said in ("NO", "FALSE") else said
