"""What a user gets wrong on the command line: exit code 2, one line or one JSON object with place and remedy, no rest.

Every case changes one thing of a small world that works (`WORLD`), runs a real verb in it, and says what it should be
told.
"""

import json
import multiprocessing
import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest
import tiny
from tiny_world import RECIPE, make_trained, put

from lexaug.cli import run

ROOT = Path(__file__).parents[2]
WORDS = [("dog", "kelbo"), ("cat", "gato"), ("house", "domo"), ("water", "akvo"), ("tree", "arbo"), ("eye", "okulo")]
LEXICON = "english\ttarget\tpos\tsource\n" + "".join(f"{one}\t{two}\tnoun\tmine\n" for one, two in WORDS)
REVERSED = "english\ttarget\tpos\tsource\n" + "".join(f"{two}\t{one}\tnoun\tmine\n" for one, two in WORDS)
TABLE = "kelbo\tkelbos\tN;PL\nkelbo\tkelbo\tN;SG\ngato\tgatos\tN;PL\ngato\tgato\tN;SG\n"
UNKNOWN_TAG = TABLE + "gato\tgaton\tN;ACCU;SG\n"
TEXT = "La kelbo trinkas akvon .\nLa gato dormas sub la arbo .\n"
ENGLISH = "".join(
    f"{number}\t{word}\t{word}\tNOUN\tNN\tNumber=Sing\t{number - 1}\t{'dep' if number > 1 else 'root'}\t_\t_\n"
    for number, (word, _) in enumerate(WORDS, start=1)
)
HUGE = "\t" + "9" * 5000 + "\t"
ESPERANTO = ENGLISH.replace("o", "oj").replace("a", "aj")
HEADLESS = ENGLISH.replace("\t0\troot", "\t_\t_")
PACK = """language = "epo"
[[lexicon]]
file = "lexicon.tsv"
licence = "CC0-1.0"
[[paradigms]]
file = "table"
licence = "CC0-1.0"
[[text]]
file = "text.txt"
licence = "CC0-1.0"
"""
AGAIN = '[[lexicon]]\nfile = "./lexicon.tsv"\nlicence = "CC0-1.0"\n[[text]]'
WORLD = {
    "lexicon.tsv": LEXICON,
    "table": TABLE,
    "text.txt": TEXT,
    "en.conllu": ENGLISH + "\n",
    "recipe.toml": RECIPE,
    "pack/pack.toml": PACK,
    "pack/lexicon.tsv": LEXICON,
    "pack/table": TABLE,
    "pack/text.txt": TEXT,
}
INIT = "pack init epo --lexicon lexicon.tsv --paradigms table:unimorph --license CC0-1.0 -o out"
CHECK = "pack check pack"
SYNTH = "synth pack --source en.conllu -o out"
TRAIN = "train recipe.toml -o out"
POS = "eval pos adapter --pack pack --train tiny.conllu --test test.txt"


class Case(NamedTuple):
    """One mistake: the file that is changed, the command, and what is to be told of it."""

    name: str
    file: str
    content: str | bytes
    command: str
    kind: str
    place: str | None
    line: int | None
    says: str
    hint: str


def flag(name: str, command: str, says: str, hint: str, kind: str = "config", place: str | None = None) -> Case:
    """Make the case of a mistake on the command line itself, with all files as they should be."""
    return Case(name, "", "", command, kind, place, None, says, hint)


def case_id(case: Case) -> str:
    """Name the case in pytest's output."""
    return case.name


LONG = b"x" * 10_000_000
CASES = [
    # lexicons
    Case("columns", "lexicon.tsv", "english\ttarget\ndog\n", INIT, "format", "lexicon.tsv", 2, "2 expected", "mend"),
    Case("bytes", "lexicon.tsv", b"english\ttarget\ncaf\xe9\tx\n", INIT, "format", "lexicon.tsv", 2, "0xe9", "iconv"),
    Case("empty lexicon", "lexicon.tsv", "", INIT, "format", "lexicon.tsv", None, "empty", "at least one row"),
    Case("direction", "lexicon.tsv", REVERSED, INIT, "format", "lexicon.tsv", 2, "wrong direction", "swap"),
    Case("10 MB line", "lexicon.tsv", LEXICON.encode() + LONG, INIT, "format", "lexicon.tsv", 8, "longer", "text file"),
    # tables
    Case("table columns", "table", "a\tb\tc\td\te\n", INIT, "format", "table", 1, "this row 5", "tabs"),
    Case("table bytes", "table", b"caf\xe9\tx\tN;PL\n", INIT, "format", "table", 1, "0xe9", "iconv"),
    Case("empty table", "table", "\n", INIT, "format", "table", None, "empty", "lemma, form"),
    Case("no features", "table", "a\tb\tc\n", INIT, "format", "table", 1, "no column holds", "inflection table"),
    Case("strict", "pack/table", UNKNOWN_TAG, f"{CHECK} --strict", "format", "pack/table", 5, "'ACCU'", "did you mean"),
    # texts
    Case("empty text", "text.txt", "\n", f"{INIT} --text text.txt", "format", "text.txt", None, "empty", "sentence"),
    # licences
    flag("no licence", INIT.replace("CC0-1.0", "table=MIT"), "no licence", "lexicon.tsv=SPDX", place="lexicon.tsv"),
    flag("licence", INIT.replace("CC0-1.0", "CC-BY-SA-4"), "unknown licence", "did you mean 'CC-BY-SA-4.0'"),
    flag("licence of nothing", f"{INIT} --license tabel=MIT", "'tabel', which is no source", "did you mean 'table'"),
    flag("two licences", f"{INIT} --license MIT", "two licences", "CC0-1.0 AND MIT"),
    # flags of pack init
    flag("language", INIT.replace("epo", "esperanot"), "unknown language", "did you mean 'epo'"),
    flag("mistyped code", INIT.replace("epo", "eop"), "unknown language", "did you mean 'epo'"),
    flag("English", INIT.replace("epo", "eng"), "is English", "the other"),
    flag("format", INIT.replace(".tsv", ".tsv:tvs"), "format 'tvs'", "did you mean 'tsv'", place="lexicon.tsv"),
    flag("table format", INIT.replace(":uni", ":umi"), "'umimorph'", "did you mean 'unimorph'", place="table"),
    flag("no file", INIT.replace("lexicon.tsv", "lexikon.tsv"), "no such file", "check", "missing", "lexikon.tsv"),
    flag("folder", INIT.replace("table:", "pack:"), "is a folder", "name a file", "missing", "pack"),
    flag("this folder", INIT.replace("lexicon.tsv", ".:tsv"), "is a folder", "name a file", "missing", "."),
    flag("file as output", INIT.replace("-o out", "-o table"), "exists already", "another -o", "state", "table"),
    flag("full output", INIT.replace("-o out", "-o pack"), "exists already", "another -o", "state", "pack"),
    flag("below a file", INIT.replace("-o out", "-o table/x"), "a file and can hold none", "place", "state", "table/x"),
    flag("nowhere", INIT.replace("-o out", "-o /proc/x"), "could not be written", "place", "state", "/proc/x"),
    # packs
    flag("no pack", "pack show nothing", "no such pack", "pack init", "missing", "nothing"),
    flag("a file is no pack", "pack check table", "a pack is a folder", "pack init", "missing", "table"),
    Case("toml", "pack/pack.toml", 'language = "epo\n', CHECK, "config", "pack/pack.toml", 1, "not valid TOML", "mend"),
    Case("deep", "pack/pack.toml", "x = " + "[" * 5000, CHECK, "config", "pack/pack.toml", None, "nested", "tables"),
    Case("huge", "pack/pack.toml", "#\n" * 3_000_000, CHECK, "unsafe", "pack/pack.toml", None, "larger", "short"),
    *(
        Case(name, "pack/pack.toml", PACK.replace(old, new), CHECK, kind, "pack/pack.toml", line, says, hint)
        for name, old, new, kind, line, says, hint in [
            ("key", "[[text]]", "[[txet]]", "config", 8, "unknown key 'txet'", "did you mean 'text'"),
            ("code", '"epo"', '"esperanot"', "config", 1, "unknown language", "did you mean 'epo'"),
            ("outside", '"lexicon.tsv"', '"../lexicon.tsv"', "unsafe", 3, "leaves the folder", "copy the file"),
            ("absolute", '"lexicon.tsv"', '"/etc/passwd"', "unsafe", 3, "leaves the folder", "copy the file"),
            ("zero byte", '"lexicon.tsv"', '"a\\u0000"', "unsafe", 3, "cannot be followed", "plain file"),
            ("gone", '"table"', '"tabel"', "missing", 6, "tabel: no such file", "check the path"),
            ("unlicensed", 'licence = "CC0-1.0"\n[[par', "[[par", "config", 2, "'lexicon.licence' is missing", "SPDX"),
            ("one table", "[[text]]", "[text]", "config", 8, "must be a list", "[[text]]"),
            ("weight", '"lexicon.tsv"', '"lexicon.tsv"\nweight = 1e308', "config", 4, "less than or equal to", ""),
            ("infinite", '"lexicon.tsv"', '"lexicon.tsv"\nweight = inf', "config", 4, "finite", ""),
            ("twice", "[[text]]", AGAIN, "config", 9, "./lexicon.tsv is given twice", "once"),
            ("folder as text", '"text.txt"', '"."', "missing", 9, "is a folder", "name a file"),
            ("test split", 'file = "table"', 'file = "epo.tst"', "missing", 6, "no such file", "check the path"),
        ]
    ),
    # English sources
    Case("no heads", "en.conllu", HEADLESS, SYNTH, "format", "en.conllu", 1, "head '_'", "must be parsed"),
    Case("nine columns", "en.conllu", "1\ta\n", SYNTH, "format", "en.conllu", 1, "this row 2", "one tab"),
    Case("tag", "en.conllu", ENGLISH.replace("NOUN", "NN"), SYNTH, "format", "en.conllu", 1, "'NN'", "CoNLL-U"),
    Case("no word", "en.conllu", ENGLISH.replace("\tdog\t", "\t\t", 1), SYNTH, "format", "en.conllu", 1, "empty", "_"),
    Case("head", "en.conllu", ENGLISH.replace("\t0\t", HUGE), SYNTH, "format", "en.conllu", 1, "head", "parsed"),
    Case("no sentence", "en.conllu", "# x\n\n", SYNTH, "config", "en.conllu", None, "no sentence", "English"),
    Case("no English", "en.conllu", ESPERANTO, SYNTH, "config", "en.conllu", None, "no sentence of 1", "English"),
    flag("source twice", f"{SYNTH} --source ./en.conllu", "is given twice", "name each", place="en.conllu"),
    flag("source again", f"{SYNTH} --source link.conllu", "the first time as en.conllu", "once", place="link.conllu"),
    flag("lexicon twice", f"{INIT} --lexicon ./lexicon.tsv", "is given twice", "once", place="lexicon.tsv"),
    flag("table twice", f"{INIT} --paradigms pack/../table", "is given twice", "once", place="pack/../table"),
    flag("text twice", f"{INIT} --text text.txt --text text.txt", "is given twice", "once", place="text.txt"),
    flag("train twice", "train pack --source en.conllu --source link.conllu -o out", "given twice", ""),
    flag("held out twice", f"{CHECK} --held-out table --held-out ./table", "is given twice", "once", place="table"),
    flag("covered twice", f"{CHECK} --source en.conllu --source ./en.conllu", "twice", "once", place="en.conllu"),
    flag("pipe", SYNTH.replace("en.", "pipe."), "a pipe", "plain file", "missing", "pipe.conllu"),
    flag("device", SYNTH.replace("en.conllu", "/dev/zero"), "a device", "plain file", "missing", "/dev/zero"),
    flag("link to itself", SYNTH.replace("en.", "loop."), "cannot be reached", "check", "missing", "loop.conllu"),
    flag("output in pack", SYNTH.replace("out", "pack/x"), "inside the pack", "another -o", place="pack/x"),
    flag("output is source", SYNTH.replace("out", "en.conllu"), "exists already", "another", "state", "en.conllu"),
    flag("adapter in pack", "train pack --source en.conllu -o pack/x", "inside the pack", "another -o", place="pack/x"),
    flag("source not UTF-8", SYNTH.replace("en.", "e\udce9."), "not UTF-8", "another name", place="e\udce9.conllu"),
    flag("output not UTF-8", SYNTH.replace("out", "o\udce9"), "not UTF-8", "another name", place="o\udce9"),
    flag("lexicon not UTF-8", INIT.replace("lexicon.", "l\udce9."), "not UTF-8", "another name", place="l\udce9.tsv"),
    flag("pack not UTF-8", INIT.replace("-o out", "-o o\udce9"), "not UTF-8", "another name", place="o\udce9"),
    flag("mode", f"{SYNTH} --mode morf", "unknown mode 'morf'", "did you mean 'morph'"),
    flag("too many", f"{SYNTH} --sentences {2**63}", "1000000000", "see lexaug synth --help"),
    flag("not a number", f"{SYNTH} --sentences nan", "--sentences", "see lexaug synth --help"),
    flag("none", f"{SYNTH} --sentences 0", "--sentences", "see lexaug synth --help"),
    flag("seed", f"{SYNTH} --seed 99999999999999999999", "--seed", "see lexaug synth --help"),
    flag("flag", f"{SYNTH} --sede 1", "--sede", "see lexaug synth --help"),
    flag("verb", "pack chek pack", "Did you mean 'check'", "see lexaug pack --help"),
    # recipes and training
    flag("train mode", "train pack --source en.conllu --mode morf -o out", "mode", "did you mean 'morph'"),
    flag("preset", "train pack --source en.conllu --preset taging -o out", "preset 'taging'", "did you mean 'tagging'"),
    flag("backbone", "train pack --source en.conllu --backbone ofline -o out", "'ofline'", "did you mean 'offline'"),
    flag("recipe and dev", f"{TRAIN} --dev tagged.txt", "exclude each other", "into the recipe", place="recipe.toml"),
    flag("dev", "train pack --source en.conllu -o out --dev no.txt", "no such file", "path", "missing", "no.txt"),
    *(
        Case(name, "recipe.toml", RECIPE.replace(old, new), TRAIN, "config", "recipe.toml", line, says, hint)
        for name, old, new, line, says, hint in [
            ("recipe key", "passes =", "pases =", 13, "unknown key 'training.pases'", "did you mean 'passes'"),
            ("recipe table", "[training]", "[traning]", 6, "unknown key 'traning'", "did you mean 'training'"),
            ("recipe value", "passes = 1", "passes = 0", 13, "greater than or equal to 1", ""),
            ("recipe mode", "[training]", 'mode = "morf"\n[training]', 6, "synthesis.mode", "did you mean 'morph'"),
            ("recipe sources", '["tiny.conllu"]', '"tiny.conllu"', 5, "must be a list", "sources = [...]"),
            ("recipe sentences", "[training]", f"sentences = {2**62}\n[training]", 6, "1000000000", ""),
            ("recipe twice", '["tiny', '["./tiny.conllu", "tiny', 5, "is given twice", "name each file once"),
            ("recipe toml", '"pack"', '"pack', 1, "not valid TOML", "mend"),
        ]
    ),
    # evaluation
    flag("no adapter", POS.replace("adapter", "pack", 1), "no adapter", "check", "missing", "pack"),
    flag("samples", f"{SYNTH} --samples 100000000", "1000", "--help"),
    flag("jobs", f"{SYNTH} --jobs 40000", "64", "--help"),
    Case("held-out", "h.txt", "a\n", f"{CHECK} --held-out h.txt", "format", "h.txt", None, "no sentence", "text"),
    Case("no words", "some.txt", "\n", f"{CHECK} --source some.txt", "format", "some.txt", None, "no word", "English"),
    flag("chart", f"{POS} --chart x.docx", "'.docx'", ".svg", place="x.docx"),
    flag("half dev", "eval retrieval pack --source a --target b --dev-source c", "belong together", "both"),
]  # fmt: skip


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which every command of this file works, as the working folder."""
    for name, content in WORLD.items():
        put(tmp_path, name, content)
    (tmp_path / "link.conllu").symlink_to("en.conllu")
    (tmp_path / "loop.conllu").symlink_to("loop.conllu")
    os.mkfifo(tmp_path / "pipe.conllu")
    put(tmp_path, "e\udce9.conllu", ENGLISH)
    put(tmp_path, "l\udce9.tsv", LEXICON)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> set[str]:
    """List everything below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def told(command: str, capfd: pytest.CaptureFixture[str]) -> dict[str, object]:
    """Run a command twice, for people and for scripts; give the one object that scripts are told."""
    capfd.readouterr()
    assert run(command.split()) == 2
    for_people = capfd.readouterr()
    assert for_people.out == ""
    assert "Traceback" not in for_people.err
    lines = for_people.err.splitlines()
    assert [line for line in lines if line.startswith("error: ")] == lines[-1:]
    assert run([*command.split(), "--json"]) == 2
    (line,) = capfd.readouterr().out.splitlines()
    (fault,) = json.loads(line).values()
    assert list(fault) == ["kind", "message", "file", "line", "hint"]
    return fault


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_mistake_is_told_with_place_and_remedy_and_leaves_nothing(
    world: Path, case: Case, capfd: pytest.CaptureFixture[str]
) -> None:
    if case.file:
        put(world, case.file, case.content)
    before = names(world)

    fault = told(case.command, capfd)

    place = None if fault["file"] is None else os.path.relpath(str(fault["file"]), world)
    assert (fault["kind"], fault["line"]) == (case.kind, case.line)
    assert place == (None if case.place is None else os.path.relpath(case.place, world))
    assert case.says in str(fault["message"])
    assert case.hint in str(fault["hint"])
    assert names(world) == before


@pytest.mark.parametrize(
    ("file", "content", "line", "says"),
    [
        ("table", UNKNOWN_TAG, None, "tags outside the schema: ACCU (1)"),
        ("lexicon.tsv", LEXICON + "bird\t<b>bir</b>do\tnoun\tmine\n", 8, "HTML taken out"),
        ("lexicon.tsv", LEXICON + "dog\tkelbo\tnoun\tmine\n", 8, "duplicate"),
        ("lexicon.tsv", LEXICON + "bird\tbirdо\tnoun\tmine\n", 8, "mixed scripts"),
        ("lexicon.tsv", LEXICON + "bird\tbirdo\n", 8, "wrong number of columns"),
        ("table", TABLE + "arbo\tarboj\n", 5, "columns"),
        ("table", TABLE + TABLE, None, "rows stand twice"),
        ("text.txt", TEXT + "La kаto .\n", 3, "mixed scripts"),
    ],
)
def test_odd_rows_are_counted_and_the_first_is_named(
    world: Path, capfd: pytest.CaptureFixture[str], file: str, content: str, line: int | None, says: str
) -> None:
    put(world, f"pack/{file}", content)

    assert run([*CHECK.split(), "--json"]) == 1
    found = json.loads(capfd.readouterr().out)["findings"]

    assert any(says in each["message"] and (each["file"], each["line"]) == (file, line) for each in found)


def test_equal_files_are_noted(world: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(world, "pack/more.tsv", LEXICON)
    put(world, "pack/pack.toml", PACK + '[[lexicon]]\nfile = "more.tsv"\nlicence = "CC0-1.0"\n')
    put(world, "more.conllu", WORLD["en.conllu"])
    says = "lexicon.tsv and more.tsv hold the same: it counts twice"

    assert run([*CHECK.split(), "--json"]) == 1
    findings = json.loads(capfd.readouterr().out)["findings"]
    assert run(f"{SYNTH} --source more.conllu".split()) == 0
    noted = capfd.readouterr().err
    assert run(f"{INIT.replace('-o out', '-o other')} --lexicon pack/more.tsv --json".split()) == 0
    notices = json.loads(capfd.readouterr().out)["notices"]

    assert (says, "more.tsv") in [(finding["message"], finding["file"]) for finding in findings]
    assert "note: en.conllu and more.conllu hold the same" in noted
    assert notices == [says.replace("more", "pack/more")]


def test_the_world_itself_is_fine(world: Path, capfd: pytest.CaptureFixture[str]) -> None:
    commands = [INIT, f"{CHECK} --source en.conllu --held-out en.conllu", SYNTH.replace("out", "corpus")]
    assert [run(command.split()) for command in commands] == [0, 0, 0]


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("held.conllu", "1\tla\tla\tDET\t_\t_\t0\troot\t_\t_\n", "1 of 1 held-out sentences"),
        ("held.txt", "La gato dormas sub la arbo .\n", "1 of 1 held-out sentences"),
        ("held.tst", TABLE, "2 of 2 held-out lemmas"),
    ],
)
def test_a_planted_leak_is_found(
    world: Path, capfd: pytest.CaptureFixture[str], file: str, content: str, says: str
) -> None:
    words = TEXT.splitlines()[0].split()
    rows = [f"{number}\t{word}\t_\tX\t_\t_\t0\troot\t_\t_" for number, word in enumerate(words, 1)]
    put(world, file, content if file != "held.conllu" else "\n".join(rows) + "\n\n")

    assert run([*CHECK.split(), "--held-out", file, "--json"]) == 1
    (finding,) = json.loads(capfd.readouterr().out)["findings"]

    assert finding["severity"] == "error"
    assert says in finding["message"]


@pytest.mark.parametrize("name", ["epo.tst", "epo-dev", "epo.gold"])
def test_what_a_shared_task_scores_on_is_no_table(world: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    put(world, name, TABLE)

    fault = told(INIT.replace("table:unimorph", name), capfd)

    assert "split of a shared task" in str(fault["message"])
    assert "train splits only" in str(fault["hint"])
    assert not (world / "out").exists()


@pytest.mark.parametrize("target", ["../lexicon.tsv", "lexicon.tsv", "/etc/hostname"])
def test_a_link_that_leads_out_or_nowhere_is_unsafe(
    world: Path, capfd: pytest.CaptureFixture[str], target: str
) -> None:
    (world / "pack/lexicon.tsv").unlink()
    (world / "pack/lexicon.tsv").symlink_to(target)

    fault = told(CHECK, capfd)

    assert (fault["kind"], fault["line"]) == ("unsafe", 3)


def test_bom_crlf_and_unicode_names_are_fine(world: Path) -> None:
    put(world, "wörter:ŋ.tsv", "\ufeff" + LEXICON.replace("\n", "\r\n"))
    put(world, "table", "\ufeff" + TABLE.replace("\n", "\r\n"))

    assert run(INIT.replace("lexicon.tsv", "wörter:ŋ.tsv:tsv").split()) == 0
    assert run(["pack", "check", "out"]) == 0


@pytest.mark.parametrize("command", [INIT, SYNTH, SYNTH.replace("-o out", "-o new/deep/out")])
def test_a_full_disk_leaves_nothing(world: Path, capfd: pytest.CaptureFixture[str], command: str) -> None:
    before, limits = names(world), resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        code = run(command.split())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)

    assert code == 2
    assert names(world) == before


def test_letters_that_steer_the_terminal_are_escaped(world: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "show", "a\nb\x1b[31m\udce9"]) == 2
    assert capfd.readouterr().err.strip().startswith(r"error: a\nb\x1b[31m\udce9: no such pack")


def test_a_fault_of_lexaug_is_one_object_too(
    world: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lexaug.pack.load_pack", lambda *_: 1 / 0)

    assert run(["pack", "show", "pack", "--json"]) == 70
    assert json.loads(capfd.readouterr().out)["error"]["kind"] == "internal"


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_nobody_reads(world: Path, flags: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "lexaug", "pack", "show", "pack", *flags]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    os.close(writing)

    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("flags", [[], ["--json"]])
@pytest.mark.parametrize(("output", "code"), [(">&-", 141), (">/dev/full", 2)])
def test_stdout_is_closed_or_full(world: Path, flags: list[str], output: str, code: int) -> None:
    if output.endswith("full") and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    command = shlex.join([sys.executable, "-m", "lexaug", "pack", "show", "pack", *flags])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(f"{command} {output}", shell=True, stderr=subprocess.PIPE, env=environment, text=True)

    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert ("error: No space left on device" in done.stderr) == (code == 2)


# Training and evaluation, on a tiny backbone.


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world with a tiny backbone, an adapter, and tagged text, in a folder of its own."""
    files = {
        "pack/pack.toml": PACK,
        "pack/table": "busku\tbuskut\tN;PL\nbusku\tbusku\tN;SG\n",
        "pack/text.txt": TEXT,
        "test.txt": "".join(f"{_pairs(sentence)}\n" for sentence in tiny.tagged(8)),
        "leak.txt": "".join(f"{word} X\n" for word in TEXT.splitlines()[0].split()),
    }
    return make_trained(tmp_path_factory.mktemp("trained"), files)


def _pairs(sentence: object) -> str:
    return "".join(f"{word} {tag}\n" for word, tag in zip(sentence.tokens, sentence.upos, strict=True))


@pytest.fixture
def copy(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the trained world to spoil, as the working folder."""
    folder = tmp_path / "world"
    shutil.copytree(trained, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LEXAUG_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.mark.parametrize(
    ("command", "kind", "place", "line", "says"),
    [
        (POS.replace("test.txt", "leak.txt"), "leak", "leak.txt", 1, "text.txt:1"),
        (POS.replace("test.txt", "tiny.conllu"), "leak", "tiny.conllu", 1, "tiny.conllu:1"),
        (POS.replace("test.txt", "odd.txt"), "format", "odd.txt", None, "no word carries a UPOS tag"),
        (f"{POS} --mode morf", "config", None, None, "unknown mode 'morf'"),
        (POS.replace("adapter", "adapter adapter", 1), "config", None, None, "the same seed"),
    ],
)
def test_an_evaluation_that_would_say_nothing_is_refused(
    copy: Path, capfd: pytest.CaptureFixture[str], command: str, kind: str, place: str | None, line: int, says: str
) -> None:
    fault = told(command, capfd)

    assert (fault["kind"], fault["file"], fault["line"]) == (kind, place, line)
    assert says in str(fault["message"])
    assert fault["hint"]


@pytest.mark.parametrize(
    "name",
    ["adapter_model.safetensors", "characters.safetensors", "head.safetensors", "head.json", "adapter_config.json"],
)
@pytest.mark.parametrize("content", [None, b"", b"\x80\x04}\x94."], ids=["gone", "empty", "pickle"])
def test_a_damaged_adapter_is_not_loaded(
    copy: Path, capfd: pytest.CaptureFixture[str], name: str, content: bytes | None
) -> None:
    (copy / "adapter" / name).unlink()
    if content is not None:
        (copy / "adapter" / name).write_bytes(content)

    fault = told(POS, capfd)

    assert fault["kind"] in ("format", "missing", "unsafe")
    assert str(fault["file"]).startswith("adapter")
    assert fault["hint"]


def test_a_finished_output_is_not_taken_by_another_recipe(copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(copy, "recipe.toml", RECIPE.replace("rank = 2", "rank = 3"))
    before = (copy / "adapter/adapter_model.safetensors").read_bytes()

    fault = told(TRAIN.replace("-o out", "-o adapter"), capfd)

    assert (fault["kind"], fault["file"]) == ("state", "adapter")
    assert "choose another -o" in str(fault["hint"])
    assert (copy / "adapter/adapter_model.safetensors").read_bytes() == before


def test_two_runs_into_one_folder_and_a_spoilt_checkpoint(copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(copy, "recipe.toml", RECIPE.replace("passes = 1", "passes = 9000\ncheckpoint_seconds = 0.01"))
    first = multiprocessing.get_context("fork").Process(target=_train)
    first.start()
    checkpoints = copy / ".out.training" / "checkpoints"
    try:
        while not list(checkpoints.glob("*.json")):
            assert first.is_alive()
            time.sleep(0.05)
        second = told(TRAIN, capfd)
        os.kill(first.pid, signal.SIGINT)
        first.join(120)
    finally:
        first.kill()

    assert second["kind"] == "state"
    assert f"process {first.pid}" in str(second["message"])
    assert first.exitcode == 130
    assert json.loads(capfd.readouterr().out)["error"]["message"] == "interrupted"
    for weights in checkpoints.glob("*.safetensors"):
        weights.write_bytes(weights.read_bytes()[:-9])
    fault = told(TRAIN, capfd)
    assert (fault["kind"], fault["message"]) == ("state", "no checkpoint of this run is whole")
    assert "remove this folder" in str(fault["hint"])
    assert not (copy / "out").exists()


def _train() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # test workers ignore interrupts, and a fork inherits that
    sys.exit(run([*TRAIN.split(), "--json"]))
