"""UD features and UniMorph bundles say the same."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.ud import from_ud, to_ud
from lexaug.morphology.ud_tables import FEATURES, PART_OF_SPEECH

CASES = [
    ("NOUN", "Number=Plur", "N;PL"),
    ("PROPN", "Number=Sing", "PROPN;SG"),
    ("VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin", "V;FIN;IND;PST;3;SG"),
    ("VERB", "VerbForm=Inf", "V;NFIN"),
    ("VERB", "Tense=Past|VerbForm=Part", "V.PTCP;PST"),
    ("VERB", "Tense=Past|VerbForm=Part|Voice=Pass", "V.PTCP;PST;PASS"),
    ("AUX", "Mood=Ind|Tense=Pres|VerbForm=Fin", "AUX;FIN;IND;PRS"),
    ("VERB", "Mood=Imp|VerbForm=Fin", "V;FIN;IMP"),
    ("VERB", "VerbForm=Ger", "V.MSDR"),
    ("ADJ", "Degree=Cmp", "ADJ;CMPR"),
    ("ADJ", "Degree=Pos", "ADJ"),
    ("PRON", "Case=Gen|Number=Sing|Person=1|Poss=Yes|PronType=Prs", "PRO;GEN;1;SG"),
    ("DET", "Definite=Def|PronType=Art", "DET;DEF"),
    ("NOUN", "Case=Ine|Number=Sing", "N;IN+ESS;SG"),
    ("NOUN", "Number=Plur|Number[psor]=Sing|Person[psor]=3|Gender[psor]=Fem", "N;PL;PSS3SF"),
    ("ADJ", "Gender=Masc,Fem", "ADJ;MASC/FEM"),
    ("VERB", "Tense=Imp|VerbForm=Fin", "V;FIN;PST;IPFV"),
    ("NOUN", "Animacy=Inan|Polite=Form", "N;INAN;FORM"),
    ("VERB", "Polarity=Neg|Tense=Fut", "V;FUT;NEG"),
    ("PUNCT", "", ""),
    ("NUM", "NumForm=Word|NumType=Card", "NUM"),
]


@pytest.mark.parametrize(("upos", "feats", "bundle"), CASES)
def test_from_ud(upos: str, feats: str, bundle: str) -> None:
    given_feats = dict(pair.split("=") for pair in feats.split("|") if pair)
    assert from_ud(upos, given_feats) == FeatureBundle.parse(bundle)


SINGLE = {
    name: sorted(
        value for value, tag in values.items() if list(values.values()).count(tag) == 1 and not set(tag) & set(";+")
    )
    for name, values in FEATURES.items()
}


@given(
    st.sampled_from(sorted(PART_OF_SPEECH)),
    st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in SINGLE.items()}),
)
def test_ud_comes_back_through_unimorph(upos: str, feats: dict[str, str]) -> None:
    assume(upos not in ("VERB", "AUX") or feats.get("Case") != "Ess")  # FRML on a verb is read as formal address
    assert to_ud(from_ud(upos, feats)) == (upos, feats)


@pytest.mark.parametrize("form", ["V;NFIN", "V.PTCP", "V.CVB", "V.MSDR", "V;FIN"])
def test_verb_forms_come_back(form: str) -> None:
    bundle = FeatureBundle.parse(form)
    assert from_ud(*to_ud(bundle)) == bundle


def test_nested_subject_becomes_flat_agreement() -> None:
    assert to_ud(FeatureBundle.parse("V;PRS;NOM(1,SG)")) == ("VERB", {"Number": "Sing", "Person": "1", "Tense": "Pres"})


def test_perfect_reads_back_as_perfective() -> None:
    assert from_ud(*to_ud(FeatureBundle.parse("V;PRF"))) == FeatureBundle.parse("V;PFV")
