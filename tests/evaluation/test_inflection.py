"""Inflection is scored as the shared tasks do, the arithmetic shown."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from lexaug.errors import FormatError
from lexaug.evaluation.inflection import OVERLAPS, score_inflection
from lexaug.evaluation.inflection_report import InflectionReport, inflection_report, named_apart
from lexaug.evaluation.inflection_rows import Official
from lexaug.evaluation.inflection_tables import render_inflection
from lexaug.evaluation.statistics import Delta

GOLD = """\
walk\twalked\tV;PST
walk\twalks\tV;PRS;3;SG
go\twent\tV;PST
city\tcities\tN;PL
kât\tkâts\tN;PL
"""
# wrong: "goed" (distance 4 to "went": all letters differ), "citys" (distance 2 to "cities": y>i, and e before s)
PREDICTED = GOLD.replace("went", "goed").replace("cities", "citys")
TRAIN = "walk\twalking\tV;V.PTCP;PRS\nrun\tran\tV;PST\ncity\tcity\tN;SG\ndog\tdogs\tN;PL\n"


def put(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def shown(report: InflectionReport, width: int = 120) -> str:
    console = Console(width=width)
    with console.capture() as capture:
        console.print(render_inflection(report))
    return capture.get()


def test_accuracy_and_distance_are_means_over_rows(tmp_path: Path) -> None:
    """As the shared tasks of 2018 and 2020 define them: accuracy, and the mean Levenshtein distance."""
    found = score_inflection(put(tmp_path, "eng.tst", GOLD), put(tmp_path, "eng.out", PREDICTED))
    assert (found.language, found.n, found.lemmas) == ("eng", 5, 4)
    assert found.accuracy.value == pytest.approx(100 * 3 / 5)
    assert found.distance == pytest.approx((0 + 0 + 4 + 2 + 0) / 5)
    assert found.slices["pos"]["V"].accuracy.value == pytest.approx(100 * 2 / 3)
    assert found.slices["features"]["N;PL"].n == 2
    assert found.accuracy.low <= found.accuracy.value <= found.accuracy.high


def test_columns_may_come_in_another_order(tmp_path: Path) -> None:
    rows = [line.split("\t") for line in PREDICTED.splitlines()]
    other = "".join(f"{lemma}\t{features}\t{form}\n" for lemma, form, features in rows)
    gold = put(tmp_path, "eng.tst", GOLD)
    straight = score_inflection(gold, put(tmp_path, "a", PREDICTED))
    assert score_inflection(gold, put(tmp_path, "b", other)).accuracy == straight.accuracy


def test_what_training_has_seen_divides_the_rows(tmp_path: Path) -> None:
    found = score_inflection(
        put(tmp_path, "eng.tst", GOLD), put(tmp_path, "eng.out", PREDICTED), put(tmp_path, "eng.trn", TRAIN)
    )
    cuts = {name: (cut.n, cut.accuracy.value) for name, cut in found.slices["overlap"].items()}
    # walk V;PST and city N;PL: both seen; walk V;PRS;3;SG: the lemma; went and kâts: their features
    assert cuts == {"both": (2, 50.0), "lemma": (1, 100.0), "features": (2, 50.0)}
    assert found.train == 4


def test_parts_have_intervals_by_lemma(tmp_path: Path) -> None:
    found = score_inflection(put(tmp_path, "eng.tst", GOLD), put(tmp_path, "eng.out", PREDICTED))
    report = inflection_report([found])
    # of the verbs "walk" is right twice and "go" wrong once: a quarter of the resamples draw one of the two alone
    rows, value = {"n": 3, "lemmas": 2, "distance": 1.3333}, {"accuracy": 66.6667, "low": 0, "high": 100}
    assert report.as_json()["languages"]["eng"]["slices"]["pos"]["V"] == {**rows, **value}
    assert "66.7 [0.0, 100.0]" in shown(report)


def test_parts_that_are_not_shown_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"a\tas\tN;ARG{number}S\n" for number in range(1, 16))
    gold = put(tmp_path, "x.tst", rows)
    report = inflection_report([score_inflection(gold, gold)])
    assert len(report.as_json()["languages"]["x"]["slices"]["features"]) == 15
    assert "by features: the 12 largest, 3 left out (--json has all)" in shown(report)
    assert shown(report).count("left out") == 1


def test_overlap_goes_from_what_is_known_to_what_is_new(tmp_path: Path) -> None:
    gold = put(tmp_path, "eng.tst", GOLD + "new\tnewer\tADJ;CMPR\n")
    found = score_inflection(gold, gold, put(tmp_path, "eng.trn", TRAIN))
    assert list(found.slices["overlap"]) == list(OVERLAPS)
    text = shown(inflection_report([found])).partition("by overlap")[2]
    assert sorted(OVERLAPS, key=lambda name: text.index(f"│ {name} ")) == list(OVERLAPS)


def test_any_form_of_a_cell_may_be_right_beside_the_row_by_row_score(tmp_path: Path) -> None:
    gold = put(tmp_path, "eng.tst", "dream\tdreamed\tV;PST\ndream\tdreamt\tV;PST\n")
    found = score_inflection(gold, put(tmp_path, "out", "dream\tdreamt\tV;PST\ndream\tdreamt\tV;PST\n"))
    assert (found.accuracy.value, found.any_form) == (50.0, 100.0)


def test_the_scripts_of_the_shared_tasks_count_each_cell_once_by_its_last_row(tmp_path: Path) -> None:
    """Both keep forms by lemma and features: a later row takes the place of an earlier one, in gold and predictions."""
    gold = put(tmp_path, "eng.tst", "dream\tdreamed\tV;PST\ndream\tdreamt\tV;PST\ngo\twent\tV;PST\n")
    first = put(tmp_path, "first", "dream\tdreamed\tV;PST\ndream\tdreamed\tV;PST\ngo\twent\tV;PST\n")
    last = put(tmp_path, "last", "dream\tdreamt\tV;PST\ndream\tdreamt\tV;PST\ngo\twent\tV;PST\n")
    mixed = put(tmp_path, "mixed", "dream\tdreamt\tV;PST\ndream\tdreams\tV;PST\ngo\tgoed\tV;PST\n")
    found = {path.name: score_inflection(gold, path).official for path in (first, last, mixed)}
    # two cells: "dreamed" is 2 from "dreamt" (e>t, d off), "dreams" 1 (s>t), "goed" 4 from "went"
    assert found == {
        "first": Official(2, 50.0, 2 / 2),
        "last": Official(2, 100.0, 0.0),
        "mixed": Official(2, 0.0, (1 + 4) / 2),
    }


def test_the_scripts_of_the_shared_tasks_compare_what_the_files_have(tmp_path: Path) -> None:
    gold = put(tmp_path, "x.tst", "a\tka\u0302ts \tN;PL\nb\tbs\tN;PL\nc\t-\tN;PL\nd\tds\tN;PL\n")
    pred = put(tmp_path, "out", "a\tk\u00e2ts\tN;PL\nb\tbs\tN;PL\nc\t\tN;PL\nd\tds\tN;PL\n")
    found = score_inflection(gold, pred)
    # a: "kâts" of five letters and a blank against four letters: one changed, two off; c: "-" against nothing
    assert (found.accuracy.value, found.raw, found.official) == (100.0, 50.0, Official(4, 50.0, (3 + 1) / 4))


def test_figures_of_the_scripts_are_told_where_they_differ(tmp_path: Path) -> None:
    rows = "dream\tdreamed\tV;PST\ndream\tdreamt\tV;PST\n"
    gold = [put(tmp_path, "x.tst", rows), put(tmp_path, "y.tst", "a\tas\tN;PL\n")]
    pred = put(tmp_path, "out", rows.replace("dreamed", "dreamt"))
    report = inflection_report([score_inflection(gold[0], pred), score_inflection(gold[1], gold[1])])
    found = report.as_json()
    assert found["languages"]["x"]["official"] == {"cells": 1, "accuracy": 100, "distance": 0}
    assert found["macro"]["official"] == {"cells": 2, "accuracy": 100, "distance": 0}
    text = " ".join(shown(report).split())
    assert "x: the scripts of 2018 and 2020 compare what the files have and count each of 1 cells once: " in text
    assert text.count("cells once: accuracy 100.00, distance 0.00") == 2  # x and the average, not y
    assert "scripts" not in shown(inflection_report([score_inflection(gold[1], gold[1])]))


def test_forms_are_compared_in_nfc_and_the_raw_comparison_stands_beside(tmp_path: Path) -> None:
    gold = put(tmp_path, "x.tst", "ka\u0302t\tka\u0302ts\tN;PL\nb\tbs\tN;PL\n")
    found = score_inflection(gold, put(tmp_path, "out", "k\u00e2t\tk\u00e2ts\tN;PL\nb\tbs\tN;PL\n"))
    assert (found.accuracy.value, found.raw) == (100.0, 50.0)


def test_blanks_at_the_ends_of_a_form_count_in_the_raw_comparison_alone(tmp_path: Path) -> None:
    gold = put(tmp_path, "x.tst", "a\tas \tN;PL\nb\t bs\tN;PL\n")
    found = score_inflection(gold, put(tmp_path, "out", "a\tas\tN;PL\nb\tbs\tN;PL \n"))
    assert (found.accuracy.value, found.raw) == (100, 0)


def test_a_gold_row_without_a_form_is_met_by_no_form(tmp_path: Path) -> None:
    gold = put(tmp_path, "x.tst", GOLD + "b\t-\tN;PL\n")
    assert score_inflection(gold, put(tmp_path, "out", GOLD + "b\t?\tN;PL\n")).accuracy.value == 100
    assert score_inflection(gold, put(tmp_path, "out", GOLD + "b\tbs\tN;PL\n")).accuracy.value == pytest.approx(500 / 6)


def test_gold_rows_without_a_form_are_counted_and_told(tmp_path: Path) -> None:
    gold = put(tmp_path, "x.tst", GOLD + "b\t-\tN;PL\nc\t\tN;PL\n")
    report = inflection_report([score_inflection(gold, gold)])
    found = report.as_json()
    assert (found["n"], found["formless"], found["languages"]["x"]["formless"]) == (7, 2, 2)
    assert "x: of 7 gold rows 2 have no form" in shown(report)


def test_on_a_narrow_screen_nothing_is_cut_off(tmp_path: Path) -> None:
    features = "V;IND;FUT;PROG;DECL;NEG;NOM(1,SG)"
    gold = put(tmp_path, "x.tst", f"a\tas\t{features}\n")
    report = inflection_report([score_inflection(gold, gold)])
    text = shown(report, 80)
    assert report.signature in text
    assert "…" not in text
    found = "".join(line.split("│")[1].strip() for line in text.splitlines() if line.count("│") > 4)
    assert features in found


def test_gold_rows_that_training_has_are_counted_and_told(tmp_path: Path) -> None:
    gold = put(tmp_path, "x.tst", "a\tas\tN;PL\nb\tbs\tN;PL\nc\tcs\tN;PL\n")
    train = put(tmp_path, "x.trn", "b\tben\tPL;N\na\ta\tN;SG\nc\tcs\tPL;N\n")
    report = inflection_report([score_inflection(gold, gold, train)])
    found = report.as_json()["languages"]["x"]
    assert (found["leaked"], found["other_forms"]) == (1, 1)
    assert "x: of 3 gold rows 1 also stand in the train file" in shown(report)
    assert "x: of 3 gold rows 1 want another form than the train file has for the cell" in shown(report)
    apart = inflection_report([score_inflection(gold, gold, put(tmp_path, "y.trn", "a\ta\tN;SG\n"))])
    assert apart.as_json()["languages"]["x"]["leaked"] == 0
    assert "train file" not in shown(apart)
    assert inflection_report([score_inflection(gold, gold)]).as_json()["languages"]["x"]["leaked"] is None


@pytest.mark.parametrize("bare", ["", "-", "--", "—", "_", "?", "#"])
def test_a_gold_file_that_lacks_half_of_its_forms_is_covered(tmp_path: Path, bare: str) -> None:
    whole = "a\tas\tN;PL\nb\tbs\tN;PL\n"
    gold = put(tmp_path, "x.tst", f"{whole}c\t{bare}\tN;PL\nd\t{bare}\tN;PL\n")
    with pytest.raises(FormatError, match="2 of 4 gold rows have no form") as caught:
        score_inflection(gold, gold)
    assert (caught.value.file, caught.value.line) == (str(gold), 3)
    assert caught.value.hint
    most = put(tmp_path, "y.tst", f"{whole}c\t{bare}\tN;PL\n")
    assert score_inflection(most, most).formless == 1


def test_a_covered_file_is_no_prediction(tmp_path: Path) -> None:
    covered = put(tmp_path, "x.cov", "a\tN;PL\nb\tN;PL\n")
    with pytest.raises(FormatError, match="no row has a form") as caught:
        score_inflection(put(tmp_path, "x.tst", "a\tas\tN;PL\nb\tbs\tN;PL\n"), covered)
    assert (caught.value.file, caught.value.line) == (str(covered), 1)


def test_languages_of_one_name_are_told_apart(tmp_path: Path) -> None:
    gold = [put(tmp_path, name, "a\tas\tN;PL\n") for name in ("x.tst", "x.dev", "y.tst")]
    scores = named_apart([score_inflection(path, path) for path in gold], gold)
    assert [found.language for found in scores] == [str(gold[0]), str(gold[1]), "y"]
    assert len(inflection_report(scores, scores).as_json()["deltas"]) == 4


def test_one_gold_file_may_stand_for_several_systems(tmp_path: Path) -> None:
    gold = put(tmp_path, "x.tst", "a\tas\tN;PL\n")
    wrong = put(tmp_path, "x.out", "a\tan\tN;PL\n")
    pred = [gold, wrong, wrong]
    scores = named_apart([score_inflection(gold, path) for path in pred], [gold] * 3, pred)
    assert [found.language for found in scores] == [str(gold), "2", "3"]
    assert inflection_report(scores).as_json()["n"] == 3


def test_the_average_of_two_sure_languages_is_sure(tmp_path: Path) -> None:
    rows = "".join(f"{letter}\t{letter}s\tN;PL\n" for letter in "abcdefgh")
    gold = [put(tmp_path, name, rows) for name in ("x.tst", "y.tst")]
    wrong = put(tmp_path, "y.bad", rows.replace("s\t", "z\t"))
    macro = inflection_report([score_inflection(gold[0], gold[0]), score_inflection(gold[1], wrong)]).macro.accuracy
    assert (macro.value, macro.low, macro.high) == (50, 50, 50)


def test_languages_are_averaged_by_training_size(tmp_path: Path) -> None:
    gold = [put(tmp_path, f"{name}.tst", "a\tas\tN;PL\n") for name in "xyz"]
    wrong = put(tmp_path, "z.bad", "a\tb\tN;PL\n")
    train = [
        put(tmp_path, f"{count}.trn", "".join(f"b{place}\tbs\tN;PL\n" for place in range(count)))
        for count in (100, 101, 1000)
    ]
    files = zip(gold, [gold[0], gold[1], wrong], train, strict=True)
    report = inflection_report([score_inflection(*own) for own in files])
    sizes = report.as_json()["sizes"]
    assert list(sizes) == ["up to 100", "up to 1,000"]
    assert [(size["files"], size["accuracy"], size["distance"]) for size in sizes.values()] == [
        (1, 100, 0),
        (2, 50, 1),
    ]
    assert "by training size" in shown(report)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (PREDICTED.replace("city", "town"), 4, "line 4 of eng.tst asks for 'city' N;PL"),
        ("".join(reversed(PREDICTED.splitlines(keepends=True))), 1, "line 1 of eng.tst asks for 'walk'"),
        (PREDICTED + "town\ttowns\tN;PL\n", 6, "no more rows"),
        ("".join(PREDICTED.splitlines(keepends=True)[:4]), 5, "ends too early: line 5"),
    ],
)
def test_predictions_of_other_rows_or_in_another_order_are_refused(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    with pytest.raises(FormatError, match=says) as caught:
        score_inflection(put(tmp_path, "eng.tst", GOLD), put(tmp_path, "eng.out", text))
    assert (Path(caught.value.file).name, caught.value.line) == ("eng.out", line)


def test_files_count_the_same_and_systems_are_compared_in_pairs(tmp_path: Path) -> None:
    gold = [put(tmp_path, "eng.tst", GOLD), put(tmp_path, "two.tst", "a\tas\tN;PL\n")]
    wrong = [put(tmp_path, "eng.bad", PREDICTED), put(tmp_path, "two.bad", "a\tan\tN;PL\n")]
    report = inflection_report(
        [score_inflection(g, g) for g in gold], [score_inflection(*files) for files in zip(gold, wrong, strict=True)]
    )
    found = json.loads(json.dumps(report.as_json()))
    assert found["macro"]["accuracy"] == 100
    assert found["deltas"]["eng"]["value"] == 40
    assert found["deltas"]["macro"]["value"] == pytest.approx((40 + 100) / 2)
    assert "100.0 [100.0, 100.0]" in shown(report)


def test_the_other_system_stands_beside(tmp_path: Path) -> None:
    gold, other = put(tmp_path, "eng.tst", GOLD), put(tmp_path, "eng.bad", PREDICTED)
    report = inflection_report([score_inflection(gold, gold)], [score_inflection(gold, other)])
    alone = score_inflection(gold, other).accuracy
    found = report.as_json()["others"]
    reached: dict[str, Any] = {"n": 5, "accuracy": 60, "low": round(alone.low, 4), "high": round(alone.high, 4)}
    reached |= {"distance": 1.2, "official": {"cells": 5, "accuracy": 60, "distance": 1.2}}
    assert found == {"eng": reached, "macro": reached}
    row = next(line for line in shown(report).partition("the other system")[2].splitlines() if "eng" in line)
    assert f"60.0 [{alone.low:.1f}, {alone.high:.1f}] │     1.20 │ +40.0 [" in row
    assert "the other system" not in shown(inflection_report([score_inflection(gold, gold)]))


def test_a_lead_that_rounds_to_nothing_has_no_sign(tmp_path: Path) -> None:
    gold, other = put(tmp_path, "eng.tst", GOLD), put(tmp_path, "eng.bad", PREDICTED)
    report = inflection_report([score_inflection(gold, gold)], [score_inflection(gold, other)])
    below = replace(report, deltas={"eng": Delta(-0.00001, -0.00002, -0.0)})
    assert "-0.0" not in json.dumps(below.as_json())
    assert "+0.0 [0.0, 0.0]" in shown(below)
