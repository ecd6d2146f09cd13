"""Building an index: an entry or a reason for everything that is offered, the same bytes for the same adapters."""

import json
import os
import shutil
from pathlib import Path

import pytest
from index_world import make_site, rewrite

from experiments.made_up_adapters import make_up
from lexaug.errors import LexaugError, MissingError, StateError
from lexaug.hub.index.build import build_index
from lexaug.hub.index.schema import Index
from lexaug.hub.index.write import JSON, PAGE, README, json_text, write_index

BASE = "intfloat/multilingual-e5-small"


@pytest.fixture
def made(trained: Path, tmp_path: Path) -> list[Path]:
    """Five made-up adapters in `adapters`."""
    return make_up(trained, tmp_path / "adapters", 5)


def build(made: list[Path], *more: str) -> Index:
    """Index the folder of made-up adapters."""
    return build_index([str(made[0].parent), *more], made[0].parents[1] / "site")


def test_an_entry_says_what_the_adapter_says_of_itself(made: list[Path]) -> None:
    rewrite(made[0] / "adapter_config.json", base_model_name_or_path=BASE)
    rewrite(made[0] / "manifest.json", language="amh", licence="GPL-3.0-or-later")

    index = build_index([str(made[0])], made[0].parents[1] / "site")

    (entry,) = index.adapters
    assert (entry.code, entry.name, entry.autonym, entry.family) == ("amh", "Amharic", "አማርኛ", "Afro-Asiatic")
    assert (entry.base_model, entry.licence, entry.kind) == (BASE, "GPL-3.0-or-later", "folder")
    assert (entry.place, entry.link) == ("../adapters/amh-0", "../adapters/amh-0/")
    assert entry.size == sum(file.stat().st_size for file in made[0].iterdir())
    assert entry.weights == (made[0] / "adapter_model.safetensors").stat().st_size


def test_scores_are_those_of_the_metrics(made: list[Path]) -> None:
    reports = {path.name: json.loads((path / "metrics.json").read_text())["evaluation"] for path in made}
    index = build(made)

    assert any(reports.values())
    for entry in index.adapters:
        told = reports[Path(entry.place).name]
        assert [result.task for result in entry.results] == [report["task"] for report in told]
        for found, report in zip(entry.results, told, strict=True):
            gain = report["deltas"][f"{report['best']}-{report['against']}"]
            assert (found.gain.value, found.gain.low, found.gain.high) == (gain["value"], gain["low"], gain["high"])
            assert found.adapted.value == report["systems"][report["best"]]["value"]
            assert (found.frozen.system, found.verdict, found.n) == ("zero_shot", report["verdict"], report["n"])


def test_an_adapter_without_scores_is_listed_as_not_measured(made: list[Path]) -> None:
    rewrite(made[1] / "metrics.json", evaluation=[])
    entry = next(entry for entry in build(made).adapters if entry.place.endswith(made[1].name))
    assert entry.results == ()


BAD = [
    ("metrics.json", {"evaluation": [{"task": "pos"}]}, "no report"),
    ("manifest.json", {"language": "qzz"}, "unknown language code 'qzz'"),
    ("manifest.json", {"language": "<b>sme</b>"}, "unknown language code"),
    ("manifest.json", {"licence": "whatever"}, "unknown licence"),
    ("adapter_config.json", {"base_model_name_or_path": "/home/me/model"}, "is a path"),
    ("adapter_config.json", {"base_model_name_or_path": "../model"}, "is a path"),
    ("adapter_config.json", {"base_model_name_or_path": "x/<script>"}, "is a path"),
    ("adapter_config.json", {"revision": "r" * 500}, "says revision"),
]


@pytest.mark.parametrize(
    ("file", "values", "says"), BAD, ids=[f"{f} {next(iter(v.values()))!s:.25}" for f, v, _ in BAD]
)
def test_what_cannot_be_indexed_is_left_out_with_its_reason(
    made: list[Path], file: str, values: dict, says: str
) -> None:
    rewrite(made[2] / file, **values)

    index = build(made)

    assert len(index.adapters) == 4
    (left,) = index.left_out
    assert left.place == f"../adapters/{made[2].name}"
    assert says in left.reason


def spoil_evaluation(folder: Path, **values: object) -> None:
    """Change the first report of an adapter that has one, or give it one."""
    system = {"value": 50.0, "low": 49.0, "high": 51.0}
    report = {
        "language": json.loads((folder / "manifest.json").read_text())["language"],
        "task": "pos",
        "n": 9,
        "systems": {"zero_shot": system, "adapter": {"value": 52.0, "low": 51.0, "high": 53.0}},
        "deltas": {"adapter-zero_shot": {"value": 2.0, "low": 1.0, "high": 3.0}},
        "verdict": "helps",
        "best": "adapter",
        "against": "zero_shot",
        "signature": "made-up",
    }
    rewrite(folder / "metrics.json", evaluation=[{**report, **values}])


CLAIMS = [
    ({"deltas": {"adapter-zero_shot": {"value": 40.0, "low": 39.0, "high": 41.0}}}, "not the difference"),
    ({"deltas": {"adapter-zero_shot": {"value": 2.0, "low": -1.0, "high": 3.0}}}, "not borne out"),
    ({"verdict": "harms"}, "not borne out"),
    ({"task": "x" * 500}, "at most 400"),
    ({"language": "fin"}, "scores of an adapter for 'fin'"),
    ({"signature": "lexaug:0.1.0|weights:01234567|pack:none"}, "scores are of other weights"),
]


@pytest.mark.parametrize(("values", "says"), CLAIMS, ids=[says for _, says in CLAIMS])
def test_a_claim_that_its_own_figures_do_not_bear_out_is_left_out(made: list[Path], values: dict, says: str) -> None:
    spoil_evaluation(made[0])
    assert build(made).left_out == ()
    spoil_evaluation(made[0], **values)

    (left,) = build(made).left_out

    assert says in left.reason


def test_damaged_and_missing_files_are_told(made: list[Path]) -> None:
    (made[0] / "metrics.json").write_bytes(b"\xff{")
    (made[1] / "manifest.json").write_text("[" * 100_000)
    (made[2] / "recipe.toml").unlink()
    (made[3] / "adapter_model.safetensors").unlink()

    index = build(made, "no/such/place", "/nowhere", "nobody<b>")

    reasons = {left.place: left.reason for left in index.left_out}
    assert len(index.adapters) == 1
    assert "metrics.json" in reasons[f"../adapters/{made[0].name}"]
    assert "manifest.json" in reasons[f"../adapters/{made[1].name}"]
    assert "recipe.toml" in reasons[f"../adapters/{made[2].name}"]
    assert "adapter_model.safetensors" in reasons[f"../adapters/{made[3].name}"]
    assert reasons["no/such/place"] == reasons["/nowhere"] == reasons["nobody<b>"] == "is neither a folder nor a repo"


def test_weights_that_the_manifest_does_not_name_are_told(made: list[Path]) -> None:
    with (made[0] / "adapter_model.safetensors").open("ab") as weights:
        weights.write(b"more")

    (left,) = build(made).left_out

    assert "not those that its manifest names" in left.reason


def test_the_index_names_no_path_of_this_machine(made: list[Path], tmp_path: Path) -> None:
    (made[0] / "metrics.json").write_text("{")
    (made[1] / "adapter_config.json").write_text("[]")
    write_index(build(made, str(tmp_path / "adapters" / "none")), tmp_path / "site")

    for name in (JSON, PAGE, README):
        text = (tmp_path / "site" / name).read_text()
        assert str(tmp_path.parent) not in text.replace(str(tmp_path / "adapters" / "none"), "as the user gave it")


def test_a_folder_named_twice_is_told_and_taken_once(made: list[Path]) -> None:
    index = build(made, str(made[0]), os.path.relpath(made[0].parent))

    assert len(index.adapters) == 5
    assert sorted(left.reason for left in index.left_out) == ["is named twice"] * 6


def test_links_and_hidden_folders_are_not_gone_into(made: list[Path], tmp_path: Path) -> None:
    (tmp_path / "adapters" / "link").symlink_to(made[0], target_is_directory=True)
    (tmp_path / "adapters" / "loop").symlink_to(tmp_path / "adapters", target_is_directory=True)
    shutil.copytree(made[0], tmp_path / "adapters" / ".hidden" / "adapter")
    assert len(build(made).adapters) == 5


def test_a_name_that_is_not_utf8_is_told(made: list[Path]) -> None:
    odd = os.fsdecode(os.fsencode(made[0].parent) + b"/ad\xe4pter")
    made[0].rename(odd)

    (left,) = build(made).left_out

    assert left.reason == "its name is not UTF-8"
    assert left.place.endswith("ad\\xe4pter")


def test_an_odd_folder_name_gives_a_sound_link(made: list[Path]) -> None:
    made[0].rename(made[0].parent / 'javascript:alert(1)"><b>?#%')
    (entry,) = (entry for entry in build(made).adapters if "javascript" in entry.place)
    assert entry.link == "../adapters/javascript%3Aalert%281%29%22%3E%3Cb%3E%3F%23%25/"


def test_where_nothing_can_be_indexed_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(MissingError, match="holds no adapter folder"):
        build_index([str(tmp_path / "empty")], tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_same_adapters_give_the_same_bytes_in_whatever_order(made: list[Path], tmp_path: Path) -> None:
    write_index(build(made), tmp_path / "site")
    first = [(tmp_path / "site" / name).read_bytes() for name in (JSON, PAGE)]
    for path in made:
        os.utime(path / "metrics.json", (0, 0))

    write_index(build_index([str(path) for path in reversed(made)], tmp_path / "site"), tmp_path / "site")

    assert [(tmp_path / "site" / name).read_bytes() for name in (JSON, PAGE)] == first


def test_the_json_gives_the_index_again(made: list[Path]) -> None:
    index = build(made)
    assert Index.model_validate_json(json_text(index)) == index
    assert json.loads(json_text(index))["format"] == 1


def test_an_older_index_is_replaced_and_other_files_are_let_be(made: list[Path], tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_index(build(made), site)
    (site / README).write_text("my own words")
    (site / "CNAME").write_text("adapters.example")
    shutil.rmtree(made[0])

    write_index(build(made[1:]), site)

    assert len(Index.model_validate_json((site / JSON).read_bytes()).adapters) == 4
    assert (site / README).read_text() == "my own words"
    assert sorted(path.name for path in site.iterdir()) == sorted([JSON, PAGE, README, "CNAME"])


@pytest.mark.parametrize("name", [JSON, PAGE])
def test_a_file_that_is_no_index_is_not_written_over(made: list[Path], tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / name).write_text("<h1>my home page</h1>")
    with pytest.raises(StateError, match="not an index"):
        write_index(build(made), site)
    assert [(path.name, path.read_text()) for path in site.iterdir()] == [(name, "<h1>my home page</h1>")]


def test_a_failure_in_writing_leaves_the_older_index(
    made: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write_index(build(made), site)
    before = {path.name: path.read_bytes() for path in site.iterdir()}
    write_text = Path.write_text

    def fail(path: Path, *arguments: object, **named: object) -> int:
        if PAGE in path.name:
            raise OSError(28, "No space left on device")
        return write_text(path, *arguments, **named)

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(LexaugError, match="No space"):
        write_index(build(made[1:]), site)

    assert {path.name: path.read_bytes() for path in site.iterdir()} == before


def test_two_hundred_made_up_adapters_are_indexed(trained: Path, tmp_path: Path) -> None:
    site = make_site(trained, tmp_path, 200)

    index = Index.model_validate_json((site / JSON).read_bytes())

    assert len(index.adapters) == 200
    assert index.left_out == ()
    assert len({entry.code for entry in index.adapters}) == 200
    assert {result.verdict for entry in index.adapters for result in entry.results} == {"helps", "no_effect", "harms"}


def test_a_configuration_that_names_code_is_left_out(made: list[Path]) -> None:
    config = json.loads((made[0] / "adapter_config.json").read_text())
    (made[0] / "adapter_config.json").write_text(json.dumps({**config, "auto_map": {"base_model_class": "evil.Model"}}))

    (left,) = build(made).left_out

    assert "auto_map" in left.reason
