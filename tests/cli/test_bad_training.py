"""What a user gets wrong in a training recipe: one answer with a remedy, nothing left behind, and the next try runs.

Every case changes one thing of a small world that trains (`trained`) and says what is to be told of it.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_world import RECIPE, make_trained, put

from lexaug.cli import run

PACK = """language = "sme"
[[lexicon]]
file = "lexicon.tsv"
licence = "CC0-1.0"
[[text]]
file = "text.txt"
licence = "CC0-1.0"
"""
ROOT = Path(__file__).parents[2]
TRAIN = "train recipe.toml -o out"
TOO_MANY = 2 * (os.cpu_count() or 1) + 1


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack, English, a tiny backbone, dev sentences, and an adapter trained from them."""
    files = {
        "pack/pack.toml": PACK,
        "pack/text.txt": "dat busku borr .\nStuoris beanat oaidn busku !\n",
        "dev.txt": "busku NOUN\nborr VERB\n\nstuoris ADJ\nbeanat NOUN\noaidn VERB\nbusku NOUN\n. PUNCT\n",
    }
    return make_trained(tmp_path_factory.mktemp("trained"), files)


@pytest.fixture
def copy(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the world to spoil, as the working folder."""
    folder = tmp_path / "world"
    shutil.copytree(trained, folder)
    monkeypatch.chdir(folder)
    return folder


def told(command: str, capfd: pytest.CaptureFixture[str]) -> dict[str, object]:
    """Run a command that must fail as a user's mistake, and give the error it prints."""
    capfd.readouterr()
    code = run([*command.split(), "--json"])
    out, err = capfd.readouterr()
    assert code == 2, err
    assert "Traceback" not in err
    return json.loads(out)["error"]


def set_to(setting: str) -> str:
    """Give the recipe with one setting at its end, in place of the one it may have."""
    key = setting.split(" =")[0]
    kept = [line for line in RECIPE.splitlines() if not line.startswith(f"{key} =")]
    return "\n".join([*kept, setting]) + "\n"


# Settings no backbone could train with: told with the recipe's line.
BOUNDS = [
    ("rank = 1e11", "valid integer"),
    ("rank = 100000000000", "less than or equal to 4096"),
    ("passes = true", "valid integer"),
    ("rslora = 1", "valid boolean"),
    ("alpha = inf", "finite"),
    ("learning_rate = inf", "finite"),
    ("learning_rate = 1e300", "less than or equal to 1"),
    ("weight_decay = nan", "finite"),
    ("objectives = {labels = inf}", "finite"),
    ("layers = []", "the list is empty"),
    ("targets = []", "the list is empty"),
    ("teacher_layers = []", "the list is empty"),
    ("head_layers = []", "the list is empty"),
    ("head_layers = [-1]", "greater than or equal to 0"),
    ("max_length = 1", "greater than or equal to 8"),
    ("tokens_per_batch = 1000000000000", "less than or equal to 65536"),
    ("character_buckets = 1000000000000", "less than or equal to 1048576"),
    ("workers = 100000", "less than or equal to 64"),
]


@pytest.mark.parametrize(("setting", "says"), BOUNDS, ids=[setting for setting, _ in BOUNDS])
def test_a_setting_out_of_bounds_is_told_with_its_line(
    copy: Path, capfd: pytest.CaptureFixture[str], setting: str, says: str
) -> None:
    put(copy, "recipe.toml", set_to(setting))

    fault = told(TRAIN, capfd)

    lines = (copy / "recipe.toml").read_text().splitlines()
    assert (fault["kind"], fault["file"], fault["line"]) == ("config", "recipe.toml", lines.index(setting) + 1)
    assert setting.split(" =")[0] in str(fault["message"])
    assert says in str(fault["message"])


# What does not fit the backbone (2 layers of 16 values), the machine or the text: nothing is left behind.
MISFITS = [
    ("rank = 17", "rank 17 is above the 16 values", "4 to 64"),
    ("teacher_layers = [99]", "no layer 99", "layers are 1 to 2"),
    ("head_layers = [3]", "no layer 3", "layers are 1 to 2"),
    ("layers = [3]", "no layer 3", "layers are 1 to 2"),
    ('targets = ["qurey"]', "no linear layer 'qurey'", "known: dense, key, query, value"),
    ('targets = ["x.query"]', "no linear layer 'x.query'", "known: dense, key, query, value"),
    (f'prefix = "{"query: " * 20}"', "leave 0 of 80 tokens", "shorten prefix"),
    ("preset = [1]", "training.preset: must be text", "one of: tagging"),
    ("objectives = {words = 0.0, labels = 0.0}", "no objective", "known: "),
    ("objectives = {lables = 1.0}", "unknown objective 'lables'", "did you mean 'labels'"),
    (f"workers = {min(TOO_MANY, 64)}", "too many for this machine", "one per core"),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "says", "hint"), MISFITS, ids=[setting[:25] for setting, *_ in MISFITS])
def test_a_misfit_leaves_nothing_behind(
    copy: Path, capfd: pytest.CaptureFixture[str], setting: str, says: str, hint: str
) -> None:
    put(copy, "recipe.toml", set_to(setting))

    fault = told(TRAIN, capfd)

    assert fault["kind"] == "config"
    assert says in str(fault["message"])
    assert hint in str(fault["hint"])
    assert not list(copy.glob(".out*")) + list(copy.glob("out*"))


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ('sources = ["tiny.conllu"]', "sources = []", "config"),
        ('sources = ["tiny.conllu"]', 'sources = ["bad.conllu"]', "format"),
        ('sources = ["tiny.conllu"]', 'sources = ["empty.conllu"]', "config"),
        ("passes = 1", "passes = 1\nlearning_rate = 1.0\nrow_learning_rate = 1.0\nalpha = 1e38", "state"),
    ],
    ids=["no source", "bad source", "empty source", "diverging"],
)
def test_after_a_mistake_the_corrected_command_runs(
    copy: Path, capfd: pytest.CaptureFixture[str], old: str, new: str, kind: str
) -> None:
    put(copy, "bad.conllu", "1\tdog\n")
    put(copy, "empty.conllu", "# nothing\n\n")
    put(copy, "recipe.toml", RECIPE.replace(old, new) + "checkpoint_seconds = 1e-9\n")
    fault = told(TRAIN, capfd)
    assert fault["kind"] == kind
    assert fault["hint"]
    assert not list(copy.glob(".out*")) + list(copy.glob("out*"))

    put(copy, "recipe.toml", RECIPE)

    assert run([*TRAIN.split(), "--json"]) == 0
    assert (copy / "out/adapter_model.safetensors").is_file()


@pytest.mark.parametrize(("limit", "setting"), [(100, "passes = 1"), (5000, "checkpoint_seconds = 1e-9")])
def test_a_full_disk_leaves_no_half_adapter(copy: Path, limit: int, setting: str) -> None:
    put(copy, "recipe.toml", set_to(setting))
    command = [sys.executable, "-m", "lexaug", "--json", *TRAIN.split()]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LEXAUG_CACHE": str(copy / "cache")}

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(command, env=environment, capture_output=True, text=True, preexec_fn=fill)

    fault = json.loads(done.stdout)["error"]
    assert (done.returncode, fault["kind"]) == (2, "state")
    assert "File too large" in fault["message"]
    assert "disk" in fault["hint"]
    assert not list(copy.glob("out*")) + list(copy.rglob("*.part"))


def test_a_run_that_diverges_names_step_and_remedy(copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(copy, "recipe.toml", set_to("alpha = 1e38") + "learning_rate = 1.0\n")

    fault = told(TRAIN, capfd)

    assert "the training diverged" in str(fault["message"])
    assert "at step " in str(fault["message"])
    assert "lower learning_rate" in str(fault["hint"])


def test_dev_sentences_that_decide_nothing_are_refused(copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(copy, "recipe.toml", RECIPE + '[evaluation]\ndev = "dev.txt"\n')
    leak = told(TRAIN, capfd)
    put(copy, "recipe.toml", RECIPE + '[evaluation]\ndev = "odd.txt"\n')
    odd = told(TRAIN, capfd)

    assert (leak["kind"], leak["line"]) == ("leak", 2)
    assert str(leak["file"]).endswith("pack/text.txt")
    assert "dev sentence '2' (line 4 of its file)" in str(leak["message"])
    assert "take it out" in str(leak["hint"])
    assert (odd["kind"], odd["message"]) == ("config", "no word of the dev sentences carries a UPOS tag")


# Damaged files: each is named itself, with what to do.
GARBAGE = [
    ("adapter", "adapter_config.json", "[]"),
    ("adapter", "adapter_config.json", '{"peft_type": "LORA", "r": []}'),
    ("adapter", "adapter_model.safetensors", "weights"),
    ("adapter", "characters.safetensors", "weights"),
    ("adapter", "characters.json", '{"input_buckets": 1}'),
    ("adapter", "head.safetensors", "weights"),
    ("adapter", "head.json", "[]"),
    ("adapter", "manifest.json", "[]"),
    ("adapter", "recipe.toml", "training = 3"),
    ("backbone", "model.safetensors", "weights"),
]


@pytest.mark.parametrize(("folder", "name", "content"), GARBAGE, ids=[f"{name} {c}" for _, name, c in GARBAGE])
def test_a_damaged_file_is_named(
    copy: Path, capfd: pytest.CaptureFixture[str], folder: str, name: str, content: str
) -> None:
    from lexaug.errors import FormatError
    from lexaug.training.load import load

    put(copy, f"{folder}/{name}", content)

    with pytest.raises(FormatError) as caught:
        load(copy / "adapter", base=str(copy / "backbone"))

    assert Path(str(caught.value.file)) == copy / folder / name
    assert caught.value.hint
    if folder == "backbone":
        assert told(TRAIN, capfd)["kind"] == "format"


@pytest.mark.parametrize(("name", "content"), [("config.json", "[]"), ("config.json", "{}"), ("tokenizer.json", "{")])
def test_a_damaged_backbone_names_its_folder(
    copy: Path, capfd: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    put(copy, f"backbone/{name}", content)

    fault = told(TRAIN, capfd)

    assert fault["kind"] == "format"
    assert fault["file"] == str(copy / "backbone")
    assert fault["hint"]
