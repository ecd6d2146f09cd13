"""What is to be scored must not stand in what is learned from."""

import pytest

from lexaug.errors import LeakError
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.leaks import find_leaks, require_no_leaks
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable

PAST = FeatureBundle.parse("V;PST")
TRAIN = [ParadigmRow("walk", "walked", PAST), ParadigmRow("talk", "talked", PAST)]
TEST = [ParadigmRow("jump", "jumped", PAST), ParadigmRow("Älg", "Älgar", FeatureBundle.parse("N;PL"))]


def test_no_leak_where_no_lemma_is_shared() -> None:
    assert find_leaks(ParadigmTable("eng", TRAIN), TEST) == ()
    require_no_leaks(ParadigmTable("eng", TRAIN), TEST)


@pytest.mark.parametrize(
    "planted",
    [TEST[0], ParadigmRow("jump", "jumps", FeatureBundle.parse("V;PRS;3;SG")), ParadigmRow("a\u0308lg", "älgen", PAST)],
    ids=["the test row itself", "another form of its lemma", "another spelling of its lemma"],
)
def test_a_planted_test_lemma_is_caught_and_removed(planted: ParadigmRow) -> None:
    table = ParadigmTable("eng", [*TRAIN, planted])
    leaked = find_leaks(table, TEST)
    assert leaked == (planted.lemma,)
    with pytest.raises(LeakError, match=planted.lemma) as caught:
        require_no_leaks(table, TEST, file="eng.tst")
    assert caught.value.file == "eng.tst"
    clean = table.without_lemmas(leaked)
    assert find_leaks(clean, TEST) == ()
    assert set(clean) == set(TRAIN)
    assert set(table.without_lemmas(row.lemma for row in TEST)) == set(TRAIN)
