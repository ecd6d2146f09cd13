"""`lexaug index build` and `lexaug search` on the command line: codes, tables, one JSON object."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from index_world import entry, index_of, result

from lexaug.cli import run
from lexaug.hub.index.write import write_index


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run a command line beside an index in `site`; give code, output and what went to stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEXAUG_INDEX", raising=False)
    odd = entry("sme", place="org/\x1b[31m\u202ered", results=[])
    write_index(index_of(entry("swa"), entry("swh", results=[result(-2.0, "harms")]), entry("fin"), odd), Path("site"))

    def made(*words: str) -> tuple[int, str, str]:
        code = run(words)
        told = capsys.readouterr()
        return code, told.out, told.err

    return made


def write_folder(folder: Path) -> None:
    """Write the descriptions of an adapter and a file in the place of its weights, which nothing here reads."""
    folder.mkdir(parents=True)
    config = {"peft_type": "LORA", "r": 2, "target_modules": ["query"], "base_model_name_or_path": "org/model"}
    (folder / "adapter_config.json").write_text(json.dumps(config))
    files = {"adapter_model.safetensors": sha256(b"").hexdigest()}
    (folder / "manifest.json").write_text(json.dumps({"language": "sme", "licence": "CC-BY-4.0", "files": files}))
    for name, text in {"metrics.json": "{}", "recipe.toml": "", "adapter_model.safetensors": ""}.items():
        (folder / name).write_text(text)


def test_what_is_found_is_shown_with_its_figures(call) -> None:
    code, out, _ = call("search", "swa", "--index", "site")
    assert code == 0
    for text in ("swa Swahili", "org/swa@aaaaaaa", "n = 500", "82.0 [80.0, 84.0]", "+2.0 [+1.0, +3.0]", "▲ helps"):
        assert text in out
    assert "▼ harms" in out.partition("another language")[2]


def test_nothing_found_is_1_and_names_the_nearest(call) -> None:
    code, out, _ = call("search", "smj", "--index", "site")
    assert code == 1
    assert "nothing found" in out
    assert "fin Finnish" in out


def test_control_characters_do_not_reach_the_terminal(call) -> None:
    code, out, _ = call("search", "sme", "--index", "site")
    assert code == 0
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "not measured" in out


def test_json_is_one_object(call) -> None:
    code, out, _ = call("search", "smj", "--index", "site", "--json")
    answer = json.loads(out)
    assert code == 1
    assert answer["query"] == {"language": "smj", "family": None, "base": None}
    assert (answer["found"], [near["code"] for near in answer["nearest"]]) == ([], ["sme", "fin"])


@pytest.mark.parametrize("flag", ["--title", "--note"])
@pytest.mark.parametrize(("text", "says"), [("x" * 500, "at most 400"), ("a\udcffb", "unicode")])
def test_a_heading_that_is_none_is_a_mistake(call, flag: str, text: str, says: str) -> None:
    write_folder(Path("adapters/good"))
    code, _, err = call("index", "build", "adapters", "-o", "new", flag, text)
    assert code == 2
    assert flag[2:] in err
    assert says in err
    assert not Path("new").exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("search", "nothing to look for"),
        ("search swa", "LEXAUG_INDEX"),
        ("search swaa --index site", "unknown language"),
        ("search --family Uralik --index site", "did you mean 'Uralic'"),
        ("search swa --index nowhere", "no such index"),
        ("index build nowhere -o out", "neither a folder nor a repo"),
        ("index build . -o out", "holds no adapter folder"),
    ],
)
def test_a_mistake_is_2_and_told_in_one_line(call, line: str, says: str) -> None:
    code, out, err = call(*line.split())
    assert (code, out) == (2, "")
    assert says in err
    assert err.strip().count("\n") == 0
    assert not Path("out").exists()


def test_help_names_the_variable(call) -> None:
    code, out, _ = call("search", "--help")
    assert code == 0
    assert "LEXAUG_INDEX" in out


def test_building_tells_what_it_left_out(call) -> None:
    write_folder(Path("adapters/good"))
    code, out, _ = call("index", "build", "adapters", "-o", "new", "--json")
    assert (code, json.loads(out)) == (0, {"output": "new", "adapters": 1, "left_out": []})

    write_folder(Path("adapters/bad"))
    Path("adapters/bad/metrics.json").write_text("{")
    code, out, _ = call("index", "build", "adapters", "-o", "new")
    assert code == 1
    assert "left out: ../adapters/bad: metrics.json" in " ".join(out.split())
    assert Path("new/index.html").is_file()
