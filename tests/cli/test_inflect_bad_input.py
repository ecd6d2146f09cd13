"""Bad and odd input to the verbs of inflection: told with file and line, or taken as it is meant."""

import json
import unicodedata
from pathlib import Path

import pytest
from rich.text import Text

from lexaug.cli import run
from lexaug.cli.console import emit, stderr
from lexaug.files import resource

STEMS = ("kal", "map", "tor", "lis", "ruf", "nek")
ROWS = "".join(f"{stem}an\t{stem}te\tV;PST\n" for stem in STEMS)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run a command line in a folder; give code and answer."""
    monkeypatch.chdir(tmp_path)
    put("x.trn", ROWS)
    put("x.tst", ROWS)

    def made(line: str) -> tuple[int, dict]:
        code = run([*line.split(), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return made


def put(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


def columns(name: str) -> list[list[str]]:
    return [line.split("\t") for line in Path(name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("x.trn", "kalan\tkalte\tV;PST\nmapan mapte V;PST\n", 2, "columns"),
        ("x.trn", "kalan\tkalte\tV;PST\n\tmapte\tV;PST\n", 2, "lemma is empty"),
        ("x.trn", ROWS + "mapan\tmapte\tV;PST(\n", 7, "feature tag"),
        ("x.trn", "kalan\tV;PST\nmapan\tV;PST\n", None, "no row has a form"),
        ("x.trn", "kalan\tkalte\tV;PST\nmapan\t\xff\tV;PST\n", 2, "not valid UTF-8"),
        ("x.trn", ROWS + "\t\t\n", 7, "lemma is empty"),
        ("x.trn", "lemma\tform\tfeatures\n" + ROWS, 1, "names columns"),
        ("x.tst", "Lemma\tFeatures\nkalan\tV;PST\n", 1, "names columns"),
        ("x.tst", "V;PST\tkalan\nV;PST\tmapan\n", 1, "holds no feature bundles"),
        ("x.tst", "kalan\tkalte\nmapan\tmapte\n", 1, "holds no feature bundles"),
        ("x.trn", ROWS + "k" * 1001 + "\tkalte\tV;PST\n", 7, "1,001 letters"),
        ("x.trn", ROWS + "kal\t" + "k" * 1001 + "\tV;PST\n", 7, "1,001 letters"),
        ("x.tst", "kalan\tkalte\tV;PST\nmapan\tV;PST\n", 2, "columns"),
        ("x.tst", "kalan\tV;PST\nmapan\nlisan\tV;PST\n", 2, "1 columns, the file has 2"),
        ("x.tst", "kalan\tV;PST\nmapan\tV;PST(\nlisan\tV;PST\n", 2, "feature tag"),
        ("x.trn", "kalan\tkalte\tV;PST\nmapan\tmapte\tV;PST(\n", 2, "feature tag"),
        ("x.tst", "", None, "empty"),
        ("x.trn", ROWS + "mapan\tmapte\t\n", 7, "features are empty"),
        ("x.tst", ROWS + "mapan\tmapte\t;\n", 7, "features are empty"),
        ("x.tst", ROWS + "mapan\tmapte\tV;" + "A(" * 500 + "X" + ")" * 500 + "\n", 7, "feature tag"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_its_line(call, name, text, line, says):
    Path(name).write_bytes(text.encode("latin1" if "\xff" in text else "utf-8"))
    code, told = call("inflect rules --train x.trn --test x.tst -o y")
    assert code == 2
    assert says in told["error"]["message"]
    assert (Path(told["error"]["file"]).name, told["error"]["line"]) == (name, line)
    assert told["error"]["hint"]
    assert not Path("y").exists()


@pytest.mark.parametrize(
    ("predicted", "line", "says"),
    [
        ("".join(reversed(ROWS.splitlines(keepends=True))), 1, "asks for"),
        (ROWS.replace("toran", "taran"), 3, "asks for"),
        ("".join(ROWS.splitlines(keepends=True)[:-1]), None, "ends too early: line 6"),
        (ROWS + "dokan\tdokte\tV;PST\n", 7, "no more rows"),
    ],
)
def test_predictions_in_another_order_or_of_other_rows_are_refused(call, predicted, line, says):
    put("x.out", predicted)
    code, told = call("eval inflection --gold x.tst --pred x.out")
    assert code == 2
    assert says in told["error"]["message"]
    if line is not None:
        assert (told["error"]["file"], told["error"]["line"]) == ("x.out", line)


@pytest.mark.parametrize("covered", ["kalan\tV;PST\n", "kalan\t-\tV;PST\n", "kalan\t\tV;PST\n"])
def test_a_covered_file_is_no_gold(call, covered):
    put("x.gold", covered)
    code, told = call("eval inflection --gold x.gold --pred x.gold")
    assert code == 2
    assert (told["error"]["file"], told["error"]["line"]) == ("x.gold", 1)
    assert "form" in told["error"]["message"]
    assert "covered" in told["error"]["hint"]


def test_an_empty_prediction_is_a_wrong_one(call):
    put("x.out", ROWS.replace("torte", ""))
    code, told = call("eval inflection --gold x.tst --pred x.out")
    assert code == 0
    assert told["macro"]["accuracy"] == pytest.approx(100 * 5 / 6, abs=1e-3)


def test_a_dev_row_that_is_learnt_from_is_a_leak(call):
    put("x.dev", "balan\tbalte\tV;PST\ntoran\ttorte\tV;PST\n")
    code, told = call("inflect train --train x.trn --dev x.dev --method rules -o model")
    assert code == 2
    assert (told["error"]["kind"], told["error"]["file"], told["error"]["line"]) == ("leak", "x.dev", 2)
    assert "line 3 of the train file" in told["error"]["message"]
    assert not Path("model").exists()


@pytest.mark.parametrize(
    "line", ["rules --train x.trn --test x.tst -o x.trn", "rules --train x.trn --test x.tst -o x.tst"]
)
def test_predictions_are_not_written_over_what_is_read(call, line):
    code, told = call(f"inflect {line}")
    assert code == 2
    assert "over a file that is read" in told["error"]["message"]
    assert Path("x.trn").read_text() == Path("x.tst").read_text() == ROWS


@pytest.mark.parametrize("verb", ["predict nowhere", "rules --train nowhere"])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("--test x.tst -o folder", "is no plain file"),
        ("--test x.tst -o x.trn/y", "is a file and can hold none"),
        ("--test x.tst --year 1999 -o y", "1999"),
        ("--test gone -o y", "no such file"),
    ],
)
def test_where_to_and_what_is_checked_before_anything_is_loaded(call, verb, options, says):
    Path("folder").mkdir()
    code, told = call(f"inflect {verb} {options}")
    assert code == 2
    assert says in told["error"]["message"]
    assert told["error"]["file"] != "nowhere"


def test_a_table_that_is_missing_is_told_before_an_inflector_is_loaded(call):
    code, told = call("inflect paradigm toran --table gone --inflector nowhere")
    assert code == 2
    assert (told["error"]["file"], told["error"]["message"]) == ("gone", "no such file")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("--method scratch --backbone ./x", "scratch starts from no backbone"),
        ("--method lora --language zz9", "unknown language code 'zz9'"),
        ("--method auto --backbone ./x", "no such folder"),
    ],
)
def test_what_would_be_ignored_or_fail_late_is_told_at_once(call, options, says):
    code, told = call(f"inflect train --train x.trn {options} -o model")
    assert code == 2
    assert says in told["error"]["message"]


def test_an_adapter_is_not_read_from_a_pickle(call):
    assert call("inflect train --train x.trn --method lora --minutes 0.02 -o model")[0] == 0
    Path("model/adapter_model.safetensors").rename("model/adapter_model.bin")
    code, told = call("inflect predict model --test x.tst -o y")
    assert code == 2
    assert "no file adapter_model.safetensors" in told["error"]["message"]
    assert not Path("y").exists()


def test_a_score_says_what_it_rests_on(call):
    code, told = call("eval inflection --gold x.tst --pred x.trn")
    assert code == 0
    assert told["signature"].startswith("lexaug:")
    assert "|gold:" in told["signature"]


def test_brackets_in_words_and_names_are_printed(call, capsys):
    put("x.trn", ROWS + "x[red]an\tx[red]te\tV;PST\n")
    assert run(["inflect", "paradigm", "x[/b]an", "--table", "x.trn", "--least", "1"]) == 0
    assert "x[/b]te" in capsys.readouterr().out
    assert run(["inflect", "rules", "--train", "x.trn", "--test", "x.tst", "-o", "[red]y"]) == 0
    assert "[red]y" in capsys.readouterr().out


def test_words_do_not_steer_the_terminal(call, capsys):
    put("x.trn", ROWS + "\x1b[31man\t\u202ete\tV;PST\n")
    assert run(["inflect", "paradigm", "\x1b[2Jan", "--table", "x.trn", "--least", "1"]) == 0
    shown = capsys.readouterr().out
    assert r"\x1b[2Jan" in shown
    assert not {"\x1b", "\u202e"} & {*shown}


def test_names_do_not_steer_the_terminal(call, capsys):
    emit(False, None, lambda: Text("\x1b[2Jx\ny", "bold"))
    assert capsys.readouterr().out == "\\x1b[2Jx\ny\n"
    stderr.print("\x1b[2Jx", markup=False)
    assert capsys.readouterr().err == "\\x1b[2Jx\n"


def test_a_pipe_gets_long_cells_whole(call, capsys, monkeypatch):
    bundle = "V;" + "+".join(f"X{number}" for number in range(60))
    put("x.trn", ROWS + f"kalan\tkalu\t{bundle}\n")
    monkeypatch.delenv("COLUMNS", raising=False)
    assert run(["inflect", "paradigm", "kalan", "--table", "x.trn", "--least", "1"]) == 0
    assert bundle in capsys.readouterr().out


def test_rows_of_a_table_that_are_left_out_are_told(call, capsys):
    put("x.tsv", ROWS + "ox oxen N;PL\nkilan\tkilte\tV;PST\n")
    assert run(["inflect", "paradigm", "kilan", "--table", "x.tsv", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["cells"][0]["forms"] == ["kilte"]
    assert "x.tsv: rows left out: 1, the first at line 7: 3 columns wanted, 1 found" in told.err


def test_rows_without_a_form_are_not_learnt_from(call):
    put("x.trn", ROWS + "dokan\t-\tV;PST\n")
    put("x.tst", "dokan\t\tV;PST\n")
    assert call("inflect rules --train x.trn --test x.tst -o y")[0] == 0
    assert columns("y") == [["dokan", "dokte", "V;PST"]]


def test_words_that_read_nan_and_null_are_words(call):
    put("x.trn", "nan\tnans\tN;PL\nnull\tnan\tN;PL\nNA\tNAs\tN;PL\n")
    put("x.tst", "nan\tnans\tN;PL\nnull\tnan\tN;PL\n")
    assert call("inflect rules --train x.trn --test x.tst -o y")[0] == 0
    assert columns("y") == [["nan", "nans", "N;PL"], ["null", "nan", "N;PL"]]
    code, told = call("eval inflection --gold x.tst --pred x.tst")
    assert (code, told["macro"]["accuracy"]) == (0, 100)


def test_brackets_in_words_are_letters(call):
    odd = ROWS.replace("kal", "k<>l").replace("map", "[m]").replace("tor", "{t}r")
    put("x.trn", odd)
    put("x.tst", odd)
    assert call("inflect rules --train x.trn --test x.tst -o y")[0] == 0
    assert columns("y") == [line.split("\t") for line in odd.splitlines()]


def test_decomposed_letters_are_learnt_as_composed_ones(call):
    composed = ROWS.replace("a", "â")
    put("x.trn", unicodedata.normalize("NFD", composed))
    put("x.tst", composed)
    put("x.nfd", unicodedata.normalize("NFD", composed))
    assert call("inflect rules --train x.trn --test x.tst -o y")[0] == 0
    code, told = call("eval inflection --gold x.tst --pred x.nfd")
    assert (code, told["macro"]["accuracy"]) == (0, 100)
    assert told["languages"]["x"]["raw"] == pytest.approx(100 * 4 / 6, abs=1e-3)


@pytest.mark.parametrize("method", ["rules", "scratch --steps 400"])
def test_letters_are_spelt_as_the_training_forms_have_them(call, method):
    """Khaling keeps vowels and circumflexes apart, and its lemmas have none."""
    put("x.trn", "".join(f"{stem}an\t{stem}te\u0302\tV;PST\n" for stem in STEMS))
    put("x.tst", "kalan\tV;PST\nmapan\tV;PST\n")
    assert call(f"inflect train --train x.trn --method {method} -o model")[0] == 0
    assert call("inflect predict model --test x.tst -o y")[0] == 0
    assert [row[2] for row in columns("y")] == ["kalte\u0302", "mapte\u0302"]
    manifest = json.loads(Path("model/inflector.json").read_text())
    assert manifest["odd_letters"] == {"ê": "e\u0302"}
    for odd in (["ê"], {"ê": "e\n"}, {"ê": 5}):
        Path("model/inflector.json").write_text(json.dumps(manifest | {"odd_letters": odd}))
        code, told = call("inflect predict model --test x.tst -o z")
        assert (code, "not whole" in told["error"]["message"]) == (2, True)


@pytest.mark.parametrize("budget", ["--minutes 1 --steps 5", "--method rules --minutes 1", "--method rules --steps 5"])
def test_two_budgets_or_one_that_bounds_nothing_are_refused(call, budget):
    code, told = call(f"inflect train --train x.trn {budget} -o model")
    assert (code, "--minutes" in str(told["error"])) == (2, True)
    assert not Path("model").exists()


def test_probabilities_are_no_forms_where_a_form_has_the_mark_of_a_segmentation(call):
    put("x.tst", ROWS + "ka|lan\tka|lte\tV;PST\n")
    assert call("inflect rules --train x.trn --test x.tst -o plain")[0] == 0
    assert call("inflect rules --train x.trn --test x.tst --probabilities -o four")[0] == 0
    assert [row[1] for row in columns("four")] == [row[1] for row in columns("plain")]
    scores = [call(f"eval inflection --gold x.tst --pred {name}")[1]["macro"] for name in ("plain", "four")]
    assert scores[0] == scores[1]


def test_features_that_training_has_not_are_counted(capsys, call):
    put("x.tst", "kalan\tV;PST\nkalan\tV;PST;OBLIG\nkalan\tN;PST\n")
    assert call("inflect rules --train x.trn --test x.tst -o z")[1]["rows_with_unknown_features"] == 2
    assert run(["inflect", "rules", "--train", "x.trn", "--test", "x.tst", "-o", "z"]) == 0
    assert "training has not, 2 of 3" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("rules", "rows.tsv"),
        ("scratch --steps 2", "config.json"),
        ("rules", "bundles.json"),
        ("lora --steps 2", "alphabet.json"),
        ("lora --steps 2", "adapter_config.json"),
    ],
)
def test_a_folder_that_lacks_a_file_is_not_whole(call, method, name):
    assert call(f"inflect train --train x.trn --method {method} -o model")[0] == 0
    Path("model", name).unlink()
    code, told = call("inflect predict model --test x.tst -o z")
    assert (code, told["error"]["message"], told["error"]["hint"]) == (
        2, f"the inflector is not whole: no file {name}", "train it again"
    )  # fmt: skip


def test_rules_of_rows_that_do_not_tell_their_columns_are_read_back(call):
    """Rows without a form show where features stand; what is left of them without does not."""
    put("x.trn", "".join(f"x{stem}an\t-\tV;PST\n" for stem in STEMS) + "lisan\tliste\tV;XXX;YYY;ZZZ\n")
    assert call("inflect train --train x.trn --method rules -o model")[0] == 0
    put("x.tst", "lisan\tV;PST\n")
    assert call("inflect predict model --test x.tst -o z")[0] == 0


@pytest.mark.parametrize("place", ["loop", "loop/x"])
def test_an_output_whose_links_go_in_a_circle_is_refused(call, place):
    Path("loop").symlink_to("loop")
    code, told = call(f"inflect rules --train x.trn --test x.tst -o {place}")
    assert (code, told["error"]["kind"]) == (2, "state")


def test_a_backbone_that_is_a_file_is_refused(call):
    code, told = call("inflect train --train x.trn --backbone x.trn --steps 1 -o model")
    assert (code, told["error"]["message"]) == (2, "is a file, no model's folder")


def test_rules_tell_how_many_rows_they_leave_out(capsys, call):
    put("x.trn", ROWS + "zulan\t-\tV;PST\n")
    assert run(["inflect", "rules", "--train", "x.trn", "--test", "x.tst", "-o", "z"]) == 0
    assert "without a form, 1" in capsys.readouterr().err


def test_minutes_that_are_no_number_are_refused(call):
    code, told = call("inflect train --train x.trn --method scratch --minutes nan -o model")
    assert (code, "minutes" in told["error"]["message"]) == (2, True)
    assert not Path("model").exists()


def test_that_no_examples_could_be_made_up_is_told(call, capsys):
    put("x.trn", "".join(f"{number}\t{number + 1}\tN;PL\n" for number in range(3)))
    line = "inflect train --train x.trn --method scratch+hallucination --steps 1 -o model"
    assert run(line.split()) == 0
    assert "no examples were made up" in capsys.readouterr().out


def test_unseen_tags_in_a_covered_file_come_through(call):
    put("x.tst", "kalan\tV;FOO;BAR;BAZ\nmapan\tV;PST\n")
    assert call("inflect rules --train x.trn --test x.tst -o y")[0] == 0
    assert columns("y")[1] == ["mapan", "mapte", "V;PST"]


@pytest.mark.parametrize("method", ["scratch", "lora"])
def test_unseen_letters_and_tags_are_no_error_for_a_trained_model(call, method):
    put("x.tst", "ждßan\tжte\tV;PST\nkalan\tkalte\tV;FUT;NOM(3,SG)\n[x]an\t[x]te\tV;PST\n")
    assert call(f"inflect train --train x.trn --method {method} --minutes 0.02 -o model")[0] == 0
    code, told = call("inflect predict model --test x.tst -o y")
    assert (code, told["rows"]) == (0, 3)
    assert [row[0] for row in columns("y")] == ["ждßan", "kalan", "[x]an"]


def test_a_missing_backbone_is_told_before_anything_is_written(call):
    code, told = call("inflect train --train x.trn --method lora --backbone ./nowhere -o y")
    assert code == 2
    assert "no such folder" in told["error"]["message"]
    assert not Path("y").exists()


def test_the_shipped_backbone_is_named_where_it_is_not_there(call, monkeypatch):
    from lexaug.errors import MissingError
    from lexaug.inflection import backbone

    def absent(name: str) -> Path:
        raise MissingError(f"the shipped resource {name!r} is not there")

    monkeypatch.setattr(backbone, "resource", absent)
    code, told = call("inflect train --train x.trn --method lora -o y")
    assert code == 2
    assert "inflect-mini is not shipped" in told["error"]["message"]
    assert "--method scratch" in told["error"]["hint"]


def test_a_paradigm_is_printed_with_what_is_known(call):
    put(
        "x.tab",
        "kalan\tkalte\tV;PST\nkalan\tkals\tV;PRS\nmapan\tmapte\tV;PST\nmapan\tmaps\tV;PRS\ntoran\ttors\tV;PRS\n",
    )
    code, told = call("inflect paradigm toran --table x.tab")
    assert code == 0
    found = {cell["features"]: (cell["forms"], cell["known"]) for cell in told["cells"]}
    assert found == {"V;PST": (["torte"], False), "V;PRS": (["tors"], True)}
    code, told = call("inflect paradigm toran")
    assert code == 2
    assert "--pack or --table" in told["error"]["hint"]


@pytest.mark.parametrize("name", ["rows.tsv", "inflector.json", "new"])
@pytest.mark.parametrize("verb", ["predict model", "predict other", "rules --train x.trn"])
def test_predictions_are_not_written_into_an_inflector(call, verb, name):
    for folder in ("model", "other"):
        assert call(f"inflect train --train x.trn --method rules -o {folder}")[0] == 0
    before = {path.name: path.read_bytes() for path in Path("model").iterdir()}
    code, told = call(f"inflect {verb} --test x.tst -o model/{name}")
    assert (code, told["error"]["message"]) == (2, "the output lies inside the inflector")
    assert {path.name: path.read_bytes() for path in Path("model").iterdir()} == before


@pytest.mark.parametrize(
    ("start", "says"), [("\ufeff".encode("utf-16-le"), "utf-16"), (b"\x1f\x8b\x08", "gunzip"), (b"\xe9", "latin1")]
)
def test_the_remedy_is_that_of_the_encoding(call, start, says):
    Path("x.trn").write_bytes(start + ROWS.encode())
    code, told = call("inflect rules --train x.trn --test x.tst -o y")
    assert code == 2
    assert says in told["error"]["hint"]


def test_a_pack_is_not_filled_by_an_inflector_of_another_language(call):
    assert call("inflect train --train x.trn --method rules --language fin -o model")[0] == 0
    code, told = call(f"inflect paradigm xyz --pack {resource('demo')} --pos V --inflector model")
    assert code == 2
    assert "inflects 'fin', the pack is of" in told["error"]["message"]
