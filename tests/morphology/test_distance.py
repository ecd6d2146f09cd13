"""Distance of bundles: a symmetric, weighted count of what differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.schema import schema

parse = FeatureBundle.parse
tags = st.sampled_from(
    [*sorted(schema().tags), "NOM(1,SG)", "ACC(3,PL)", "PSS3SF", "PSS(1,PL)", "non{NOM}", "MASC/FEM"]
)
bundles = st.lists(tags, max_size=6).map(lambda chosen: FeatureBundle.of(*chosen))


@given(bundles, bundles)
def test_symmetric(one: FeatureBundle, other: FeatureBundle) -> None:
    assert one.distance(other) == other.distance(one)


@given(bundles, bundles)
def test_zero_only_for_equal_bundles(one: FeatureBundle, other: FeatureBundle) -> None:
    assert (one.distance(other) == 0) == (one == other)
    assert one.distance(other) >= 0


@pytest.mark.parametrize(
    ("wish", "nearer", "farther"),
    [
        ("N;PL", "N;NOM;PL", "N;GEN;PL"),  # an unmarked case is the nominative
        ("N;PL", "N;GEN;PL", "N;NOM;SG"),  # number outweighs case
        ("V;PST;3;SG", "V;IND;PST;3;SG", "V;COND;PST;3;SG"),
        ("V;PST;3;SG", "V;PST;PFV;3;SG", "V;PST;IPFV;3;SG"),  # a plain past is perfective
        ("V;PRS;3;SG", "V;PRS;IPFV;3;SG", "V;PRS;PRF;3;SG"),  # a plain present is not
        ("V;PRS;3;SG", "V;PRS;3;SG;MASC", "V;PRS;3;SG;FEM"),
        ("V;PRS;3;SG", "V;PRS;3;SG;FEM", "V;PST;3;SG"),
        ("V;PRS;3;SG", "V;PRS;NOM(3,SG)", "V;PRS;NOM(3,SG);ACC(1,SG)"),  # an object nobody asked for
        ("V;COND;1;DU", "V;COND;LGSPEC1;NOM(1,DU)", "V;COND;NOM(2,DU)"),
        ("V;IMP", "V;IMP;2;SG", "V;IMP;3;SG"),
        ("V;NFIN", "V.MSDR", "V.PTCP;PRS"),
        ("V;PRS;3;SG", "V;PRS;NEG;3;SG", "V.PTCP;PRS"),
        ("N;SG", "N;SG;PSS3S", "ADJ;SG"),
        ("N;LOC;SG", "N;IN+ESS;SG", "N;NOM;SG"),
        ("V;1;PL", "V;1+INCL;PL", "V;2;PL"),
        ("V;PST;3;SG", "V;PST+RCT;3;SG", "V;PST+RMT;3;SG"),
        ("N;PSS3SF", "N;PSS(3,SG,FEM)", "N;PSS3SM"),
        ("N;ACC;SG", "N;ACC(SG,MASC)", "N;NOM;SG"),
        ("PROPN;PL", "N;PL", "N;SG"),
        ("ADJ;DAT;FEM;SG", "ADJ;non{NOM};FEM;SG", "ADJ;NOM;FEM;SG"),
    ],
)
def test_what_linguists_expect(wish: str, nearer: str, farther: str) -> None:
    assert parse(wish).distance(parse(nearer)) < parse(wish).distance(parse(farther))


def test_another_part_of_speech_is_prohibitive() -> None:
    assert parse("N;SG").distance(parse("V;SG")) >= 100
    assert parse("N;NOM;SG;DEF").distance(parse("N;GEN;PL;INDF")) < 100


def test_flat_and_nested_notation_hardly_differ() -> None:
    assert parse("V;PRS;1;SG").distance(parse("V;PRS;NOM(1,SG)")) < 0.01
    assert parse("N;PL;PSS1S").distance(parse("N;PL;PSS(1,SG)")) < 0.01
