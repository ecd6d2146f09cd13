"""Licences: identifiers are checked, expressions parsed, and the whole is the least restrictive that all allow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexaug.errors import ConfigError
from lexaug.licences import UNKNOWN, alternatives, catalogue, check_licence, combine, is_excluded

names = st.sampled_from([*catalogue(), UNKNOWN, "LicenseRef-community"])


def whole(*expressions):
    return combine({f"source{number}": expression for number, expression in enumerate(expressions)})


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["CC0-1.0"], "CC0-1.0"),
        (["CC0-1.0", "PDDL-1.0"], "CC0-1.0"),
        (["CC0-1.0", "CC-BY-4.0"], "CC-BY-4.0"),
        (["CC-BY-3.0", "CC-BY-4.0"], "CC-BY-4.0"),
        (["CC-BY-4.0", "MIT"], "CC-BY-4.0 AND MIT"),
        (["CC-BY-4.0", "CC-BY-SA-3.0"], "CC-BY-SA-3.0"),
        (["CC-BY-SA-3.0", "CC-BY-SA-4.0"], "CC-BY-SA-4.0"),
        (["CC-BY-SA-3.0", "GPL-3.0-or-later"], "GPL-3.0-only"),
        (["CC-BY-4.0", "GPL-3.0-or-later"], "GPL-3.0-or-later"),
        (["GPL-2.0-or-later", "GPL-3.0-or-later"], "GPL-3.0-or-later"),
        (["Apache-2.0", "GPL-2.0-or-later"], "GPL-2.0-or-later"),
        (["CC-BY-NC-4.0", "CC-BY-4.0", "CC0-1.0"], "CC-BY-NC-4.0"),
        (["CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"], "CC-BY-NC-SA-4.0"),
        (["CC-BY-SA-3.0 OR GFDL-1.1-or-later", "CC-BY-SA-4.0"], "CC-BY-SA-4.0"),
        (["CC-BY-SA-4.0", UNKNOWN], f"CC-BY-SA-4.0 AND {UNKNOWN}"),
        ([UNKNOWN], UNKNOWN),
    ],
)
def test_the_whole_of_parts(parts, expected):
    found = whole(*parts)
    assert found.licence == expected
    assert found.conflict is None


@pytest.mark.parametrize(
    "parts",
    [
        ["GPL-3.0-or-later", "CC-BY-NC-4.0"],
        ["CC-BY-SA-4.0", "CC-BY-NC-SA-4.0"],
        ["CC-BY-SA-4.0", "CC-BY-NC-4.0"],
        ["CC-BY-SA-4.0", "GFDL-1.3-or-later"],
        ["GPL-2.0-only", "GPL-3.0-only"],
        ["Apache-2.0", "GPL-2.0-only"],
        ["CC-BY-ND-4.0"],
    ],
)
def test_what_cannot_be_joined_names_the_sources_to_exclude(parts):
    found = whole(*parts)
    assert found.conflict is not None
    assert ("source0",) in found.conflict.exclude
    assert all(part in found.licence for part in parts)
    assert "exclude source0" in str(found.conflict)


def test_a_conflict_offers_the_fewest_sources():
    found = combine({"big": "CC-BY-SA-4.0", "table": "CC-BY-SA-3.0", "free": "CC0-1.0", "news": "CC-BY-NC-4.0"})
    assert found.conflict is not None
    assert found.conflict.exclude == (("news",),)


def test_the_whole_says_what_it_allows():
    assert whole("CC-BY-4.0").commercial
    assert not whole("CC-BY-4.0").share_alike
    assert whole("CC-BY-SA-4.0").share_alike
    assert not whole("CC-BY-NC-4.0").commercial
    assert not whole("CC-BY-4.0", UNKNOWN).commercial
    assert combine({"a": "MIT", "b": "LicenseRef-mine"}).unknown == ("b",)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("cc-by-4.0", "CC-BY-4.0"),
        ("GPL", "GPL-3.0-or-later"),
        ("GPL-3.0", "GPL-3.0-only"),
        ("CCBYSA-4.0", "CC-BY-SA-4.0"),
        ("MIT AND CC-BY-SA4.0", "CC-BY-SA-4.0"),
        ("public domain", "CC0-1.0"),
    ],
)
def test_an_unknown_identifier_suggests(wrong, right):
    with pytest.raises(ConfigError, match=f"did you mean '{right}'"):
        check_licence(wrong)


@pytest.mark.parametrize(
    "broken", ["", "AND", "MIT AND", "(MIT", "MIT)", "MIT OR OR MIT", "()", "LicenseRef-", "LicenseRef-[x]"]
)
def test_a_broken_expression_is_told(broken):
    with pytest.raises(ConfigError, match=r"not well-formed|unknown licence"):
        check_licence(broken, file="pack.toml")


def test_an_expression_that_explodes_is_refused():
    with pytest.raises(ConfigError):
        alternatives(" AND ".join(["(MIT OR ISC)"] * 40))


def test_expressions_bind_and_before_or():
    assert alternatives("MIT AND (ISC OR CC0-1.0)") == (frozenset({"MIT", "ISC"}), frozenset({"MIT", "CC0-1.0"}))
    assert alternatives("MIT AND ISC OR CC0-1.0") == (frozenset({"MIT", "ISC"}), frozenset({"CC0-1.0"}))


def test_exclusion_by_identifier_by_family_and_by_alternative():
    assert is_excluded("GPL-3.0-or-later", ["GPL"])
    assert is_excluded("GPL-3.0-or-later AND MIT", ["GPL-3.0-or-later"])
    assert not is_excluded("CC-BY-SA-3.0 OR GFDL-1.3-only", ["GFDL"])
    assert not is_excluded("LGPL-3.0-only", ["GPL"])
    with pytest.raises(ConfigError, match="did you mean"):
        is_excluded("MIT", ["GLP-3.0-only"])


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("GPLL", "did you mean 'GPL'?"),
        ("gpl", "did you mean 'GPL'?"),
        ("CC-BY-SA-4.1", "did you mean 'CC-BY-SA-4.0'?"),
        ("cc by nc", "did you mean 'CC-BY-NC'?"),
        ("xyzzy", "give an SPDX identifier or a family such as GPL"),
    ],
)
def test_a_misspelt_exclusion_suggests_families_too(wrong, right):
    with pytest.raises(ConfigError) as caught:
        is_excluded("MIT", [wrong])
    assert caught.value.hint == right


def test_the_table_is_closed():
    for entry in catalogue().values():
        assert set(entry.into or ()) | set(entry.not_into) <= set(catalogue())
        assert entry.kind == "no-derivatives" or entry.accepts(entry.id)


@given(st.lists(names, min_size=1, max_size=4), st.randoms())
@settings(max_examples=60, deadline=None)
def test_order_and_repetition_do_not_matter(parts, random):
    shuffled = [*parts, parts[0]]
    random.shuffle(shuffled)
    assert whole(*parts).licence == whole(*shuffled).licence


@given(st.lists(names, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_the_whole_of_the_whole_is_the_whole(parts):
    found = whole(*parts)
    assert whole(found.licence).licence == found.licence


@given(st.lists(names, min_size=2, max_size=3))
@settings(max_examples=60, deadline=None)
def test_every_offered_way_out_works(parts):
    sources = {f"source{number}": name for number, name in enumerate(parts)}
    found = combine(sources)
    for way in found.conflict.exclude if found.conflict else ():
        rest = {name: expression for name, expression in sources.items() if name not in way}
        assert not rest or combine(rest).conflict is None
