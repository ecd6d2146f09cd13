"""Reading an adapter folder: what it says of itself, and what is told where it does not."""

import json
from pathlib import Path

import pytest
from hub_world import BASE, REVISION

from lexaug.errors import FormatError, LexaugError, MissingError, UnsafeError
from lexaug.hub.folder import MAX_TEXT_BYTES, read_adapter_folder


def test_a_trained_folder_says_what_it_is(trained: Path) -> None:
    folder = read_adapter_folder(trained)

    assert (folder.language, folder.base, folder.revision) == ("sme", BASE, REVISION)
    assert folder.licence == "CC-BY-4.0"
    assert folder.card is None
    assert folder.evaluations == ()
    assert folder.size == sum(file.stat().st_size for file in trained.iterdir())
    assert folder.recipe["training"]["rank"] == folder.config["r"]


def test_reading_needs_no_torch(trained: Path) -> None:
    import subprocess
    import sys

    code = f"""
import sys
from pathlib import Path
from lexaug.hub.folder import read_adapter_folder
read_adapter_folder(Path({str(trained)!r}))
assert not {{"torch", "peft", "transformers"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


SPOILT = [
    ("adapter_config.json", "[]", FormatError, "no JSON object"),
    ("adapter_config.json", '{"r": 2}', FormatError, "'base_model_name_or_path' is not named"),
    ("manifest.json", "{", FormatError, "not whole"),
    ("manifest.json", '{"licence": "MIT"}', FormatError, "'language' is not named"),
    ("manifest.json", '{"language": "zzzz", "licence": "MIT"}', FormatError, "unknown language code 'zzzz'"),
    ("manifest.json", '{"language": "sme", "licence": "CC BY"}', FormatError, "unknown licence"),
    ("manifest.json", '{"language": ["sme"], "licence": "MIT"}', FormatError, "'language' is not named"),
    ("metrics.json", '{"evaluation": 3}', FormatError, "no report"),
    ("metrics.json", '{"evaluation": [{"task": "pos"}]}', FormatError, "no report"),
    ("recipe.toml", "a = [", FormatError, "the recipe is not whole"),
    ("README.md", "# no metadata\n", FormatError, "metadata"),
    ("README.md", "---\na: &x [1]\nb: *x\n---\n", UnsafeError, "alias"),
    ("README.md", "---\na: !!python/object:os.system {}\n---\n", UnsafeError, "a tag"),
    ("README.md", "---\n- a\n---\n", FormatError, "no table"),
    ("manifest.json", " " * (MAX_TEXT_BYTES + 1), UnsafeError, "larger"),
]


@pytest.mark.parametrize(("name", "content", "kind", "says"), SPOILT, ids=[f"{n} {c[:30]}" for n, c, *_ in SPOILT])
def test_a_spoilt_file_is_named(adapter: Path, name: str, content: str, kind: type[LexaugError], says: str) -> None:
    (adapter / name).write_text(content, encoding="utf-8")

    with pytest.raises(kind, match=says) as caught:
        read_adapter_folder(adapter)

    assert caught.value.file == str(adapter / name)
    assert caught.value.hint


@pytest.mark.parametrize("name", ["adapter_config.json", "manifest.json", "metrics.json", "recipe.toml"])
def test_a_missing_file_is_named(adapter: Path, name: str) -> None:
    (adapter / name).unlink()

    with pytest.raises(MissingError, match=name):
        read_adapter_folder(adapter)


def test_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(MissingError, match="no such adapter folder"):
        read_adapter_folder(tmp_path / "none")
    with pytest.raises(MissingError, match="is a file"):
        read_adapter_folder(tmp_path / "file")


REPORT = {
    "task": "pos",
    "language": "sme",
    "n": 10,
    "systems": {
        "zero_shot": {"value": 50.0, "low": 45.0, "high": 55.0, "seeds": 2},
        "adapter": {"value": 60.5, "low": 55.0, "high": 65.0, "seeds": 2},
    },
    "deltas": {"adapter-zero_shot": {"value": 10.5, "low": 8.0, "high": 13.0}},
    "verdict": "helps",
    "best": "adapter",
    "against": "zero_shot",
    "signature": "task:pos",
}


def test_an_evaluation_gives_its_gain(adapter: Path) -> None:
    metrics = json.loads((adapter / "metrics.json").read_text())
    (adapter / "metrics.json").write_text(json.dumps({**metrics, "evaluation": [REPORT]}))

    (found,) = read_adapter_folder(adapter).evaluations

    assert (found.gain.value, found.gain.low, found.systems["adapter"].seeds) == (10.5, 8.0, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "good"},
        {"n": True},
        {"n": 0},
        {"best": "fused"},
        {"verdict": "harms"},
        {"deltas": {"adapter-zero_shot": {"value": 11.5, "low": 8.0, "high": 13.0}}},
        {
            "deltas": {
                "adapter-zero_shot": REPORT["deltas"]["adapter-zero_shot"],
                "a-b": {"value": 1, "low": 0, "high": 2},
            }
        },
        {"verdict": "no_effect"},
        {"systems": {**REPORT["systems"], "char_ngram": {"value": 70.0, "low": 65.0, "high": 75.0}}},
        {
            "systems": {**REPORT["systems"], "adapter": {"value": 45.0, "low": 40.0, "high": 50.0}},
            "deltas": {"adapter-zero_shot": {"value": -5.0, "low": -7.0, "high": -3.0}},
            "verdict": "no_effect",
        },
        {"deltas": {"adapter-zero_shot": {"value": 10.5, "low": -1.0, "high": 13.0}}},
        {"systems": {"adapter": {"value": float("nan"), "low": 0, "high": 1}}},
        {"systems": {"adapter": {"value": 1e9, "low": 0, "high": 1}}},
        {"deltas": {"adapter": {"value": 1, "low": 0, "high": 1}}},
    ],
)
def test_a_report_that_is_none_is_refused(adapter: Path, change: dict) -> None:
    (adapter / "metrics.json").write_text(json.dumps({"evaluation": [{**REPORT, **change}]}))

    with pytest.raises(FormatError, match="no report"):
        read_adapter_folder(adapter)
