"""Feature bundles: one set of tags, however it is written."""

import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.errors import FormatError
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.schema import schema

TAGS = sorted(schema().tags)
flat = st.sampled_from(TAGS)
compound = st.lists(flat, min_size=2, max_size=3).map("+".join)
choice = st.lists(flat | compound, min_size=2, max_size=3).map("/".join)
complement = choice.map(lambda inner: f"non{{{inner}}}")
simple = flat | compound | choice | choice.map(lambda inner: f"{{{inner}}}") | complement | st.just("LGSPEC12")
nested = st.recursive(
    simple,
    lambda inner: st.builds(
        lambda head, arguments, mark: f"{head}({mark.join(arguments)})",
        flat,
        st.lists(inner, min_size=1, max_size=3),
        st.sampled_from(",;"),
    ),
    max_leaves=6,
)
bundle_texts = st.lists(nested, max_size=6).map(";".join)


@given(bundle_texts)
def test_parsing_what_was_printed_gives_the_bundle_back(text: str) -> None:
    bundle = FeatureBundle.parse(text)
    assert FeatureBundle.parse(str(bundle)) == bundle
    assert str(FeatureBundle.parse(str(bundle))) == str(bundle)


def says_aspect(tag: str) -> bool:
    return bool(FeatureBundle.parse(tag).dimension("aspect"))


@given(st.lists(nested, max_size=6, unique_by=lambda tag: str(FeatureBundle.parse(tag))), st.randoms())
def test_order_does_not_matter_nor_repetition_of_what_is_no_aspect(tags: list[str], random) -> None:
    shuffled = [*tags, *(tag for tag in tags[:2] if not says_aspect(tag))]
    random.shuffle(shuffled)
    one, other = FeatureBundle.parse(";".join(tags)), FeatureBundle.parse(";".join(shuffled))
    assert one == other
    assert hash(one) == hash(other)
    assert str(one) == str(other)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("SG;3;PST;V", "V;PST;3;SG"),
        ("V;NOM(1,SG);ACC(3,PL);PRS", "V;PRS;NOM(1,SG);ACC(3,PL)"),
        ("V;IND;PRS;ACT;NOM(DU,3)", "V;IND;PRS;ACT;NOM(3,DU)"),
        ("V.CVB;NOM(MASC;2,SG)", "V.CVB;NOM(2,SG,MASC)"),
        ("N;ABL(PL;PSS(1,SG))", "N;ABL(PL,PSS(1,SG))"),
        ("N;PL;DEF;NOM", "N;DEF;NOM;PL"),
        ("V;FIN;1;SG;FEM/MASC", "V;FIN;1;SG;MASC/FEM"),
        ("V;FIN;1;SG;{FEM/MASC}", "V;FIN;1;SG;MASC/FEM"),
        ("ADJ;non{NOM};FEM;SG", "ADJ;non{NOM};SG;FEM"),
        ("PL;3;V;PST+RCT", "V;PST+RCT;3;PL"),
        ("N;PSS1S;;SG; ", "N;SG;PSS1S"),
        ("V;FIN;IND;IND;SG", "V;FIN;IND;SG"),
        ("V;SBJV;PRF;PRF;NOM(2,PL)", "V;SBJV;PRF+PRF;NOM(2,PL)"),
        ("V;PRF+PRF", "V;PRF+PRF"),
        ("", ""),
    ],
)
def test_canonical_form(written: str, canonical: str) -> None:
    assert str(FeatureBundle.parse(written)) == canonical


@pytest.mark.parametrize(
    "text", ["V;NOM(1", "V;NOM(1,SG", "V;1)", "V;NOM()", "V;PST=1", "V;+PST", "V;non{NOM", "V;wörd"]
)
def test_malformed_tags_are_refused(text: str) -> None:
    with pytest.raises(FormatError):
        FeatureBundle.parse(text)


@pytest.mark.parametrize(
    ("text", "pos"),
    [("V;PST", "V"), ("V.PTCP;PST", "V"), ("V;V.MSDR", "V"), ("V.PTCP.PST", "V"), ("PROPN;SG", "PROPN"), ("PST", "")],
)
def test_part_of_speech(text: str, pos: str) -> None:
    assert FeatureBundle.parse(text).pos == pos


def test_subject_and_nested_case_are_seen_by_dimension() -> None:
    verb = FeatureBundle.parse("V;PRS;NOM(1,SG);ACC(3,PL)")
    noun = FeatureBundle.parse("N;ABL(PL;PSS(3,SG,FEM))")
    assert verb.dimension("person") == {"1"}
    assert verb.dimension("argument marking") == {"ACC(3,PL)"}
    assert noun.dimension("case") == {"ABL"}
    assert noun.dimension("number") == {"PL"}
    assert noun.dimension("possession") == {"PSS3SF"}
    assert noun.has("FEM")
    assert not noun.has("MASC")


def test_a_repeated_aspect_is_another_cell_near_the_single_one() -> None:
    perfect, pluperfect = FeatureBundle.parse("V;IND;PRF;2;PL"), FeatureBundle.parse("V;IND;PRF;PRF;2;PL")
    past = FeatureBundle.parse("V;IND;PST;2;PL")
    assert perfect != pluperfect
    assert pluperfect.dimension("aspect") == {"PRF"}
    assert not pluperfect.unknown()
    assert 0 < perfect.distance(pluperfect) < perfect.distance(past)


def test_adding_a_tag_replaces_its_dimension() -> None:
    noun = FeatureBundle.parse("N;NOM;SG")
    assert noun.with_tags("PL", "ACC") == FeatureBundle.parse("N;ACC;PL")
    assert noun.without("case") == FeatureBundle.parse("N;SG")


def test_tags_outside_the_schema_are_told() -> None:
    assert FeatureBundle.parse("V;PRES;NOM(3,SG,KU);LGSPEC3;PSS2SF").unknown() == {"PRES", "KU"}


def test_bundles_survive_a_process_with_another_hash_seed() -> None:
    script = (
        "import pickle,sys; from lexaug.morphology.features import FeatureBundle as F;"
        "b = pickle.loads(bytes.fromhex(sys.argv[1]));"
        "print(hash(b) == hash(F.parse('N;PL')), {b: 1}.get(F.parse('PL;N')))"
    )
    sent = pickle.dumps(FeatureBundle.parse("N;PL")).hex()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script, sent],
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed},
            check=True,
        )
        assert done.stdout.split() == ["True", "1"]
