"""Universal Dependencies features to UniMorph bundles and back, written from the two guidelines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from lexaug.morphology.features import FeatureBundle, dimensions_of
from lexaug.morphology.ud_tables import FEATURES, FROM_UNIMORPH, PART_OF_SPEECH, POSSESSOR, VERB_FORMS


def from_ud(upos: str, feats: Mapping[str, str]) -> FeatureBundle:
    """Give the UniMorph bundle of a UPOS tag and UD features (name to value; `Masc,Fem` is a choice).

    What UniMorph has no tag for (PronType, NumType, Typo, …) is left out; so are the tags of punctuation and symbols.
    """
    return _from_ud(upos, tuple(feats.items()))


def to_ud(bundle: FeatureBundle) -> tuple[str, dict[str, str]]:
    """Give the UPOS tag (`X` where the bundle has no part of speech) and UD features in alphabetical order.

    What UD has no feature for is left out. `from_ud(*to_ud(b))` is `b` again where each tag has its own UD value; UD
    merges some (PFV and PRF are both Aspect=Perf, which reads as PFV).
    """
    upos, feats = _to_ud(bundle)
    return upos, dict(feats)


@lru_cache(maxsize=65536)
def _from_ud(upos: str, feats: tuple[tuple[str, str], ...]) -> FeatureBundle:
    given = dict(feats)
    pos = PART_OF_SPEECH.get(upos, "")
    tags = [VERB_FORMS.get(given.get("VerbForm", ""), pos) if pos in ("V", "AUX") else pos]
    if tags[0] == "NFIN" or (tags[0] == pos and given.get("VerbForm") == "Fin"):
        tags = [pos, "FIN" if given["VerbForm"] == "Fin" else "NFIN"]
    for name, value in feats:
        tags += _feature(name, value)
    if given.get("Poss") == "Yes" and "Case" not in given and "Person[psor]" not in given:
        tags.append("GEN")
    return FeatureBundle.of(*tags, _possessor(given))


def _feature(name: str, value: str) -> list[str]:
    values = FEATURES.get(name, {})
    known = [values[option] for option in value.split(",") if option in values]
    return ["/".join(known)] if len(known) > 1 else known[0].split(";") if known else []


def _possessor(feats: Mapping[str, str]) -> str:
    person = feats.get("Person[psor]")
    if person not in ("1", "2", "3"):
        return ""
    return f"PSS{person}" + "".join(
        POSSESSOR[f"{name}[psor]"].get(feats.get(f"{name}[psor]", ""), "") for name in ("Number", "Clusivity", "Gender")
    )


@lru_cache(maxsize=65536)
def _to_ud(bundle: FeatureBundle) -> tuple[str, tuple[tuple[str, str], ...]]:
    found: dict[str, set[str]] = {}
    upos = {tag: name for name, tag in reversed(PART_OF_SPEECH.items())}.get(bundle.pos, "X")
    for values in dimensions_of(bundle).values():
        for value in values:
            for name, said in _said(value):
                found.setdefault(name, set()).add(said)
    if "VerbForm" not in found and bundle.has("FIN"):
        found["VerbForm"] = {"Fin"}
    return upos, tuple((name, ",".join(sorted(said))) for name, said in sorted(found.items()))


def _said(value: str) -> Iterator[tuple[str, str]]:
    if value.startswith("PSS") and value[3:4] in ("1", "2", "3"):
        yield "Person[psor]", value[3]
        for name, letters in POSSESSOR.items():
            yield from ((name, said) for said, letter in letters.items() if letter in value[4:6])
        return
    yield from (FROM_UNIMORPH[tag] for tag in value.split("/") if tag in FROM_UNIMORPH)
