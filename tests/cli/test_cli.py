"""The command line as a user meets it: exit codes, one-line errors, exactly one JSON object."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lexaug.cli import run

LEXICON = "english\ttarget\tpos\tsource\n" + "".join(
    f"{english}\t{target}\t{pos}\tmine\n"
    for english, target, pos in [
        ("dog", "kelbo", "noun"),
        ("see", "vido", "verb"),
        ("big", "granda", "adj"),
        ("house", "domo", "noun"),
        ("cat", "gato", "noun"),
    ]
)
TABLE = "kelbo\tkelbos\tN;PL\nkelbo\tkelbo\tN;SG\ngato\tgatos\tN;PL\ngato\tgato\tN;SG\n"
ENGLISH = "\n".join(
    [
        "# sent_id = one",
        "# text = Dogs see big houses",
        "1\tDogs\tdog\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_",
        "2\tsee\tsee\tVERB\tVBP\tTense=Pres|VerbForm=Fin\t0\troot\t_\t_",
        "3\tbig\tbig\tADJ\tJJ\tDegree=Pos\t4\tamod\t_\t_",
        "4\thouses\thouse\tNOUN\tNNS\tNumber=Plur\t2\tobj\t_\t_",
        "",
        "",
    ]
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "lexicon.tsv").write_text(LEXICON)
    (tmp_path / "table").write_text(TABLE)
    (tmp_path / "en.conllu").write_text(ENGLISH)
    return tmp_path


@pytest.fixture
def pack(files: Path) -> Path:
    sources = ["--lexicon", f"{files}/lexicon.tsv", "--paradigms", f"{files}/table:unimorph"]
    assert run(["pack", "init", "epo", *sources, "--license", "CC0-1.0", "-o", f"{files}/pack"]) == 0
    return files / "pack"


def answer(capfd: pytest.CaptureFixture[str]) -> dict:
    """The one JSON object on stdout; anything else there makes this fail."""
    return json.loads(capfd.readouterr().out)


def test_help_teaches_and_ends_well(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capfd.readouterr().out
    assert all(verb in out for verb in ("pack", "synth", "train", "eval", "inflect", "demo"))


def test_importing_lexaug_loads_nothing_heavy() -> None:
    heavy = ("torch", "transformers", "peft", "datasets")
    code = f"import sys, lexaug, lexaug.cli; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_pack_is_made_shown_and_checked(pack: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert run(["pack", "show", str(pack), "--json"]) == 0
    assert answer(capfd)["language"] == "epo"
    code = run(["pack", "check", str(pack), "--json"])
    report = answer(capfd)
    assert code == (1 if report["findings"] else 0)


def test_synth_writes_a_corpus_and_says_what_it_holds(
    pack: Path, files: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    command = [
        "synth",
        str(pack),
        "--source",
        f"{files}/en.conllu",
        "--mode",
        "morph",
        "-o",
        f"{files}/corpus",
        "--json",
    ]
    assert run(command) == 0
    manifest = answer(capfd)
    assert manifest["examples"] == 1
    assert manifest["ops"]["inflected:cell"] == 1
    assert json.loads((files / "corpus" / "manifest.json").read_text()) == manifest
    assert run(command) == 2, "an existing corpus is not overwritten"
    assert answer(capfd)["error"]["kind"] == "state"


@pytest.mark.parametrize(
    ("inflector", "says", "hint"),
    [
        ("ruls", "unknown inflector 'ruls'", "did you mean 'rules'?"),
        ("inflectors/gone", "holds no inflector", "lexaug inflect train"),
        ("empty", "holds no inflector", "lexaug inflect train"),
        ("german", "inflects 'deu', the pack is of 'epo'", "choose rules"),
        ("broken", "is not whole", "train it again"),
    ],
)
@pytest.mark.parametrize("verb", ["synth", "train"])
def test_an_inflector_that_cannot_be_used_is_refused_before_anything_is_written(
    verb: str,
    inflector: str,
    says: str,
    hint: str,
    pack: Path,
    files: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(files)
    (files / "empty").mkdir()
    taught = ["inflect", "train", "--train", "table", "--method", "rules"]
    assert run([*taught, "--language", "deu", "-o", "german"]) == 0
    assert run([*taught, "-o", "broken"]) == 0
    (files / "broken" / "inflector.json").write_text("{")
    before = sorted(files.iterdir())
    capfd.readouterr()
    command = [verb, "pack", "--source", "en.conllu", "--inflector", inflector, "-o", "out", "--json"]
    assert run(command) == 2
    told = answer(capfd)["error"]
    assert says in told["message"]
    assert hint in f"{told['message']} {told['hint']}"
    assert sorted(files.iterdir()) == before


def test_a_folder_of_rules_inflects_in_synthesis(
    pack: Path, files: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(files)
    assert run(["inflect", "train", "--train", "table", "--method", "rules", "-o", "rules"]) == 0
    capfd.readouterr()
    for number, (inflector, named) in enumerate({"rules": "rules", "./rules": {"name": "rules"}}.items()):
        command = ["synth", "pack", "--source", "en.conllu", "--inflector", inflector, "-o", f"out{number}", "--json"]
        assert run(command) == 0
        stated = answer(capfd)["settings"]["inflector"]
        assert stated == named if isinstance(named, str) else stated | named == stated
        assert str(files) not in (files / f"out{number}" / "manifest.json").read_text()


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["pack", "show", "/no/such/pack"], "missing"),
        (["pack", "frobnicate"], "config"),
        (["synth"], "config"),
        (["train", "/no/such.toml", "-o", "x"], "missing"),
    ],
)
def test_a_mistake_is_one_json_object_and_exit_code_2(
    arguments: list[str], kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--json"]) == 2
    fault = answer(capfd)["error"]
    assert fault["kind"] == kind
    assert set(fault) == {"kind", "message", "file", "line", "hint"}


@pytest.mark.parametrize(
    ("command", "says", "hint"),
    [
        ("--json pack show /no/pack", "no such pack", "pack init"),
        ("pack --json show /no/pack", "no such pack", "pack init"),
        ("--json synth", "Missing argument", "see lexaug synth --help"),
        ("--json frobnicate", "No such command", "see lexaug --help"),
        ("--json", "no verb is given", "see lexaug --help"),
        ("--json eval", "no verb is given", "see lexaug eval --help"),
        ("pack show --json -- --no-pack", "no such pack", "pack init"),
    ],
)
def test_json_is_understood_before_the_verb(
    command: str, says: str, hint: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(command.split()) == 2
    fault = answer(capfd)["error"]
    assert says in fault["message"]
    assert hint in fault["hint"]


def test_answers_are_json_wherever_it_is_asked_for(pack: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answers = []
    for words in (["--json", "pack", "show"], ["pack", "--json", "show"], ["pack", "show", "--json"]):
        capfd.readouterr()
        assert run([*words, str(pack)]) == 0
        answers.append(answer(capfd))
    assert answers[0] == answers[1] == answers[2]
    assert run(["--json", "--version"]) == 0
    assert list(answer(capfd)) == ["version"]


def test_a_path_after_two_dashes_is_no_flag(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "show", "--", "--json"]) == 2
    assert "--json: no such pack" in capfd.readouterr().err


@pytest.mark.parametrize("command", [[], ["pack"], ["eval"]])
def test_a_line_without_a_verb_shows_the_verbs(command: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(command) == 2
    told = capfd.readouterr()
    assert "Usage" in told.out
    assert "error: no verb is given" in told.err


def test_help_goes_before_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--json", "pack", "--help"]) == 0
    assert "Usage" in capfd.readouterr().out


def test_a_misspelt_mode_is_answered_with_the_nearest(
    pack: Path, files: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["synth", str(pack), "--source", f"{files}/en.conllu", "--mode", "morf", "-o", f"{files}/corpus"]
    assert run(command) == 2
    assert "did you mean 'morph'" in capfd.readouterr().err
    assert not (files / "corpus").exists()


def test_a_fault_in_a_source_names_file_and_line(pack: Path, files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (files / "bad.conllu").write_text("1\tonly\tthree\n")
    capfd.readouterr()
    assert run(["synth", str(pack), "--source", f"{files}/bad.conllu", "-o", f"{files}/corpus", "--json"]) == 2
    fault = answer(capfd)["error"]
    assert (fault["file"], fault["line"]) == (f"{files}/bad.conllu", 1)


def test_flags_beside_a_recipe_are_refused(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (files / "recipe.toml").write_text('pack = "pack"\n')
    assert run(["train", f"{files}/recipe.toml", "--mode", "lexicon", "-o", f"{files}/out", "--json"]) == 2
    assert "exclude each other" in answer(capfd)["error"]["message"]


def test_a_misspelt_recipe_key_is_answered_with_the_nearest(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (files / "recipe.toml").write_text('pack = "pack"\n[training]\npasses = 1\nlearnin_rate = 0.1\n')
    assert run(["train", f"{files}/recipe.toml", "-o", f"{files}/out", "--json"]) == 2
    fault = answer(capfd)["error"]
    assert "learning_rate" in (fault["hint"] or "") + fault["message"]
    assert fault["line"] == 4
