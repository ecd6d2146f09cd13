"""`lexaug inflect` and `lexaug eval inflection` on the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lexaug.cli import run

ROWS = "".join(f"{stem}an\t{stem}te\tV;PST\n" for stem in ("kal", "map", "tor", "lis", "ruf", "nek"))


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run a command line in a folder with files; give code and answer."""
    monkeypatch.chdir(tmp_path)
    Path("x.trn").write_text(ROWS)
    Path("x.tst").write_text(ROWS.replace("k", "g"))

    def made(line: str) -> tuple[int, dict]:
        code = run([*line.split(), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return made


def test_rules_predict_and_are_scored(call) -> None:
    code, told = call("inflect rules --train x.trn --test x.tst --year 2023 -o out/x.rules")
    assert (code, told["rows"], told["order"]) == (0, 6, "lemma-features-form")
    code, found = call("eval inflection --gold x.tst --pred out/x.rules --train x.trn --against x.trn")
    assert code == 2
    assert "asks for 'galan'" in found["error"]["message"]
    code, found = call("eval inflection --gold x.tst --pred out/x.rules --train x.trn")
    assert (code, found["macro"]["accuracy"]) == (0, 100)
    assert found["languages"]["x"]["slices"]["overlap"]["features"]["n"] == 2


def test_where_a_covered_file_has_no_order_of_its_own_columns_stand_as_in_training(call) -> None:
    Path("x.covered").write_text("galan\tV;PST\n")
    assert call("inflect rules --train x.trn --test x.covered -o x.out")[1]["order"] == "lemma-form-features"
    assert Path("x.out").read_text() == "galan\tgalte\tV;PST\n"
    assert call("inflect train --train x.trn --method rules -o model")[0] == 0
    assert call("inflect predict model --test x.covered -o x.out")[1]["order"] == "lemma-features-form"


def test_rules_ask_in_the_notation_of_training_by_either_way(call) -> None:
    Path("x.trn").write_text(ROWS.replace("V;PST", "V;PST;NOM(1,SG)") + ROWS.replace("te\tV;PST", "o\tV;PST;NOM(3,SG)"))
    Path("x.tst").write_text("galan\tgalte\tV;PST;1;SG\ngalan\tgalo\tV;PST;3;SG\n")
    assert call("inflect rules --train x.trn --test x.tst -o x.rules")[0] == 0
    assert call("inflect train --train x.trn --method rules -o model")[0] == 0
    assert call("inflect predict model --test x.tst -o x.out")[0] == 0
    assert Path("x.rules").read_text() == Path("x.out").read_text() == Path("x.tst").read_text()


def test_the_same_steps_and_seed_give_the_same_forms(call) -> None:
    Path("x.dev").write_text(ROWS.replace("an\t", "on\t"))
    for name in ("one", "two"):
        code, told = call(f"inflect train --train x.trn --dev x.dev --method scratch --steps 12 -o {name}")
        assert (code, told["steps"]) == (0, 12)
        assert call(f"inflect predict {name} --test x.tst -o {name}.out")[0] == 0
    assert Path("one/model.safetensors").read_bytes() == Path("two/model.safetensors").read_bytes()
    assert Path("one.out").read_bytes() == Path("two.out").read_bytes()


@pytest.mark.parametrize("year", [2018, 2023])
def test_probabilities_stand_in_a_fourth_column_that_scoring_passes_over(call, year: int) -> None:
    assert call(f"inflect rules --train x.trn --test x.tst --year {year} --probabilities -o x.rules")[0] == 0
    rows = [line.split("\t") for line in Path("x.rules").read_text().splitlines()]
    assert all(len(row) == 4 and 0 < float(row[3]) <= 1 for row in rows)
    code, told = call("eval inflection --gold x.tst --pred x.rules")
    assert (code, told["macro"]["accuracy"]) == (0, 100)


def test_an_inflector_alone_fills_what_it_has_learnt(call) -> None:
    assert call("inflect train --train x.trn --method rules -o model")[0] == 0
    code, told = call("inflect paradigm galan --inflector model")
    assert (code, [cell["forms"] for cell in told["cells"]]) == (0, [["galte"]])
    code, told = call("inflect paradigm galan")
    assert (code, told["error"]["hint"]) == (2, "give --pack or --table, or --inflector alone")


def test_rows_without_a_form_are_left_out_and_counted(call) -> None:
    Path("x.trn").write_text(ROWS + "gulan\t-\tV;PST\nholan\t\tV;PST\n")
    Path("x.dev").write_text("mulan\t-\tV;PST\nsolan\tsolte\tV;PST\n")
    code, told = call("inflect train --train x.trn --dev x.dev --method rules -o model")
    assert (code, told["rows_without_form"]) == (0, 3)


def test_the_shipped_backbone_inflects_as_it_stands(call) -> None:
    Path("fin.tst").write_text("talo\tN;IN+ESS(SG)\n")
    code, told = call("inflect predict inflect-mini --language fin --test fin.tst -o fin.out")
    assert (code, told["rows"]) == (0, 1)
    assert Path("fin.out").read_text() == "talo\tN;IN+ESS(SG)\ttalossa\n"
    code, told = call("inflect predict inflect-mini --language sme --test fin.tst -o out")
    assert (code, told["error"]["message"]) == (2, "inflect-mini has not learnt 'sme'")
    code, told = call("inflect predict inflect-mini --test fin.tst -o out")
    assert (code, told["error"]["hint"]) == (2, "name one: --language")
    Path("inflect-mini").mkdir()
    code, told = call("inflect predict ./inflect-mini --language fin --test fin.tst -o out")
    assert (code, told["error"]["kind"]) == (2, "missing")
    assert not Path("out").exists()


def test_what_has_learnt_no_language_is_not_asked_in_one(call) -> None:
    assert call("inflect train --train x.trn --method rules -o model")[0] == 0
    code, told = call("inflect predict model --language fin --test x.tst -o out")
    assert (code, told["error"]["hint"]) == (2, "leave --language out")
    code, told = call("inflect predict inflectmini --language fin --test x.tst -o out")
    assert (code, told["error"]["message"]) == (2, "no such folder")
    assert not Path("out").exists()


def test_scoring_needs_no_torch(call) -> None:
    code = (
        "import sys; sys.modules['torch'] = None; from lexaug.cli import run; "
        "sys.exit(run('eval inflection --gold x.tst --pred x.tst --against x.tst --json'.split()))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_an_inflector_is_trained_and_predicts(call) -> None:
    Path("x.dev").write_text(ROWS.replace("an\t", "on\t"))
    code, told = call("inflect train --train x.trn --dev x.dev --minutes 0.02 -o model")
    assert (code, told["method"], told["steps"] > 0) == (0, "full+hallucination", True)
    assert call("inflect predict model --test x.tst -o x.out")[0] == 0
    assert call("eval inflection --gold x.tst --pred x.out")[0] == 0


@pytest.mark.parametrize("method", ["lora", "full"])
def test_the_shipped_backbone_is_taken_and_found_again(call, method: str) -> None:
    code, told = call(f"inflect train --train x.trn --method {method} --minutes 0.02 --language fin -o model")
    assert (code, told["steps"] > 0) == (0, True)
    backbone = json.loads(Path("model/inflector.json").read_text())["backbone"]
    assert (backbone and backbone["name"]) == ("inflect-mini" if method == "lora" else None)
    assert call("inflect predict model --test x.tst -o x.out")[0] == 0
    assert call("eval inflection --gold x.tst --pred x.out")[0] == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("inflect rules --train x.trn --test x.tst --year 1999 -o y", "1999"),
        ("inflect rules --train none --test x.tst -o y", "no such file"),
        ("inflect predict . --test x.tst -o y", "no inflector"),
        ("inflect train --train x.trn --method scrach -o y", "unknown method 'scrach'"),
        ("inflect train --train x.trn -o .", "is the folder that you are in"),
        ("eval inflection --gold x.tst --pred x.tst --pred x.tst", "2 --pred for 1 --gold"),
    ],
)
def test_a_mistake_is_told(call, line: str, says: str) -> None:
    code, told = call(line)
    assert code == 2
    assert says in told["error"]["message"]
    assert not Path("y").exists()
