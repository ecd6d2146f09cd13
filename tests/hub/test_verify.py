"""Verifying: what was published passes, and each way of not being it is told."""

import json
from pathlib import Path

import pytest
from hub_world import REPO, keep, report
from loopback import Hub

from lexaug.cli.console import emit
from lexaug.cli.hub_tables import verified_table
from lexaug.files import fingerprint
from lexaug.hub import repository
from lexaug.hub.card import render_card
from lexaug.hub.folder import read_adapter_folder
from lexaug.hub.trust import Finding
from lexaug.hub.trust.hints import DO_NOT_USE
from lexaug.hub.verify import Verification


def _recorded(folder: Path, name: str) -> None:
    """Let the manifest name the hash that a changed file has now, as a forger would."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] = fingerprint(folder / name)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_what_was_published_is_sound_in_a_folder_and_on_the_hub(hub: Hub, packaged: Path, call) -> None:
    hub.create(REPO, files={path.name: path.read_bytes() for path in packaged.iterdir()})

    for place in (packaged, REPO, f"{REPO}@main"):
        code, found = call("verify", place)
        assert (code, found["sound"]) == (0, True), found
        assert found["adapter"] == str(place)
        origin = [] if place == packaged else ["origin"]
        described = ["files", "licence", "card", "scores", "verdict"]
        assert list(found["checks"]) == ["trust", *described, *origin, "computation"]
        assert found["checks"].get("origin", []) == []


def test_a_copy_in_another_repository_is_named(hub: Hub, package: Path, call) -> None:
    hub.create("boris/copy", files={path.name: path.read_bytes() for path in package.iterdir()})

    code, found = call("verify", "boris/copy")

    assert (code, found["sound"]) == (0, True)
    (warning,) = found["checks"]["origin"]
    assert (warning["kind"], warning["refused"]) == ("copy", False)
    assert f"was published as '{REPO}'" in warning["message"]


def test_weights_that_compute_something_else_are_found(packaged: Path, call) -> None:
    from safetensors.torch import load_file, save_file

    weights = load_file(packaged / "adapter_model.safetensors")
    name = next(name for name in weights if "lora_B" in name)
    weights[name][0] += 0.5  # all of them alike would be taken out by the layer norm
    save_file(weights, packaged / "adapter_model.safetensors", metadata={"format": "pt"})
    code, found = call("verify", packaged)
    assert (code, found["checks"]["files"][0]["file"]) == (1, "adapter_model.safetensors")

    _recorded(packaged, "adapter_model.safetensors")
    code, found = call("verify", packaged)
    assert (code, found["checks"]["files"]) == (1, [])
    assert "does not compute what its publisher stored" in found["checks"]["computation"][0]["message"]


def test_a_path_is_shown_in_one_piece(capsys: pytest.CaptureFixture[str]) -> None:
    place = f"/a folder with a long name/{'x' * 90}/adapter"

    emit(False, {}, lambda: verified_table(place, Verification(Path(place), ())))

    assert f"checks of {place}\n" in capsys.readouterr().out


def test_what_would_steer_a_terminal_is_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    steering = Finding("metrics.json", "harms", "\x1b[2Jpos\u202e\nsound", "do not use it", refused=False)
    checks = (("verdict", (steering,)),)

    emit(False, {}, lambda: verified_table("here", Verification(Path("here"), checks)))

    shown = capsys.readouterr().out
    assert r"\x1b[2Jpos\u202e\nsound" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


def test_a_licence_that_does_not_follow_from_the_data_is_found(packaged: Path, call) -> None:
    manifest = json.loads((packaged / "manifest.json").read_text())
    (packaged / "manifest.json").write_text(json.dumps({**manifest, "licence": "CC-BY-4.0"}))

    code, found = call("verify", packaged)

    kinds = {finding["kind"] for findings in found["checks"].values() for finding in findings if finding["refused"]}
    assert (code, "licence" in kinds) == (1, True)


@pytest.mark.parametrize("text", ["MIT: do what you like\n", ""])
def test_a_licence_file_that_says_something_else_is_found(packaged: Path, call, text: str) -> None:
    (packaged / "LICENSE").write_text(text)

    code, found = call("verify", packaged)

    (finding,) = found["checks"]["licence"]
    assert (code, finding["file"], finding["refused"]) == (1, "LICENSE", True)


def _measured_as(folder: Path, **changes: str) -> None:
    """Put another report in and write the card from it, as whoever wants its scores would."""
    keep(folder, report(**changes))
    _recorded(folder, "metrics.json")
    (folder / "README.md").write_text(render_card(read_adapter_folder(folder)))


def test_scores_of_another_adapter_are_found(packaged: Path, call) -> None:
    own = fingerprint(packaged / "adapter_model.safetensors")[:8]
    for weights in (own, f"01234567,{own}"):
        _measured_as(packaged, signature=f"lexaug:0.1.0|task:pos|weights:{weights}|pack:none")
        assert call("verify", packaged)[0] == 0

    _measured_as(packaged, signature="lexaug:0.1.0|task:pos|weights:01234567,|pack:none")
    code, found = call("verify", packaged)
    assert (code, [finding["kind"] for finding in found["checks"]["scores"]]) == (1, ["scores"])
    code, refused = call("publish", packaged, REPO, "--dry-run")
    assert (code, "of other weights" in refused["error"]["message"]) == (2, True)


def test_scores_of_another_language_are_found(packaged: Path, call) -> None:
    keep(packaged, report(language="fin"))
    _recorded(packaged, "metrics.json")

    code, found = call("verify", packaged)

    (finding,) = found["checks"]["files"]
    assert (code, finding["message"]) == (1, "holds scores of an adapter for 'fin', this one is for 'sme'")


ODD = [
    ("manifest.json", {"backbone": 3}),
    ("manifest.json", {"sample": 3}),
    ("manifest.json", {"sample": [{"source": 3, "target": [[]], "ops": None}, 7]}),
    ("manifest.json", {"logits": {"sentences": [["a"] * 100], "hidden": [[0.0]], "labels": None}}),
    ("manifest.json", {"logits": {"sentences": [["a"]], "hidden": [["x"]], "labels": None}}),
    ("manifest.json", {"logits": 3}),
    ("manifest.json", {"data": [3]}),
    ("metrics.json", {"wall_seconds": "long", "workers": [], "processor": {}}),
    ("metrics.json", {"steps": 10**400}),
    ("metrics.json", {"wall_seconds": 10**400}),
]


@pytest.mark.parametrize(("file", "change"), ODD, ids=[f"{file} {change}"[:60] for file, change in ODD])
def test_odd_values_are_findings_and_no_crash(packaged: Path, call, file: str, change: dict) -> None:
    content = json.loads((packaged / file).read_text())
    (packaged / file).write_text(json.dumps({**content, **change}))
    if file != "manifest.json":
        _recorded(packaged, file)

    code, found = call("verify", packaged)

    assert (code, found["sound"]) == (1, False)


def test_a_trained_folder_is_no_published_one(adapter: Path, call) -> None:
    code, found = call("verify", adapter)

    assert (code, found["sound"]) == (1, False)
    told = {finding["file"]: finding["hint"] for finding in found["checks"]["trust"]}
    assert "--dry-run" in told["README.md"]
    assert "lexaug publish puts names" in told["recipe.toml"]


@pytest.mark.parametrize("place", ["nowhere", "./nowhere", "/nowhere/at/all", ""])
def test_no_folder_is_told(call, place: str) -> None:
    code, failed = call("verify", place)

    assert (code, failed["error"]["message"]) == (2, "no such adapter folder")


def test_what_is_offered_is_looked_at_before_it_is_fetched(hub: Hub, package: Path, tmp_path: Path, call) -> None:
    files = {path.name: path.read_bytes() for path in package.iterdir()}
    hub.create(REPO, files={**files, "pytorch_model.bin": b"\x80\x04"})

    code, refused = call("pull", REPO, "-o", tmp_path / "here")

    assert (code, refused["error"]["kind"]) == (2, "unsafe")
    assert "pytorch_model.bin" in refused["error"]["message"]
    assert not hub.calls("GET", "/resolve/")
    assert not (tmp_path / "here").exists()


def test_what_arrives_is_looked_at_before_it_is_in_place(hub: Hub, package: Path, tmp_path: Path, call) -> None:
    files = {path.name: path.read_bytes() for path in package.iterdir()}
    config = {**json.loads(files["adapter_config.json"]), "auto_map": {"AutoModel": "x.y"}}
    hub.create(REPO, files={**files, "adapter_config.json": json.dumps(config).encode()})

    code, refused = call("pull", REPO, "-o", tmp_path / "here")

    assert (code, refused["error"]["kind"]) == (2, "unsafe")
    assert "auto_map" in refused["error"]["message"]
    commit = hub.repos[REPO].commits[-1].oid
    assert refused["error"]["file"] == f"{REPO}@{commit[:12]}/adapter_config.json"
    assert "tell its publisher" in refused["error"]["hint"]
    assert not [place for place in tmp_path.iterdir() if "here" in place.name]
    code, found = call("verify", REPO)
    assert (code, found["sound"]) == (1, False)
    (finding,) = found["checks"]["trust"]
    assert (finding["file"], "auto_map" in finding["message"]) == ("adapter_config.json", True)
    assert "tell its publisher" in finding["hint"]


def test_who_fetches_is_not_told_to_mend_it(hub: Hub, package: Path, tmp_path: Path, call) -> None:
    files = {path.name: path.read_bytes() for path in package.iterdir()}
    hub.create(REPO, files={**files, "README.md": files["README.md"].replace(b"value: 60.5", b"value: 99.5")})
    _, found = call("verify", REPO)
    assert [finding["hint"] for finding in found["checks"]["card"]] == [DO_NOT_USE]

    metrics = {**json.loads(files["metrics.json"]), "evaluation": 3}
    hub.create(REPO, files={**files, "metrics.json": json.dumps(metrics).encode()})
    _, refused = call("pull", REPO, "-o", tmp_path / "here")
    assert refused["error"]["file"].startswith(f"{REPO}@")
    assert (refused["error"]["hint"], "no report" in refused["error"]["message"]) == (DO_NOT_USE, True)


def test_the_owner_of_a_folder_is_told_what_an_owner_can_do(packaged: Path, call) -> None:
    config = json.loads((packaged / "adapter_config.json").read_text())
    (packaged / "adapter_config.json").write_text(json.dumps({**config, "auto_map": {"AutoModel": "x.y"}}))

    _, found = call("verify", packaged)
    _, refused = call("publish", packaged, REPO, "--dry-run")

    for told in (found["checks"]["trust"][0], refused["error"]):
        assert "auto_map" in told["message"]
        assert "train or package it again" in told["hint"]
        assert "publisher" not in told["hint"]


def test_a_repository_without_end_is_not_listed_to_its_end(
    hub: Hub, tmp_path: Path, call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "MOST", 20)
    hub.create(REPO, files={f"{number}.json": b"{}" for number in range(40)})

    code, refused = call("pull", REPO, "-o", tmp_path / "here")

    assert (code, refused["error"]["kind"], refused["error"]["file"]) == (2, "unsafe", REPO)
    assert "more than 20 files" in refused["error"]["message"]
    code, found = call("verify", REPO)
    assert (code, found["sound"]) == (1, False)


def test_what_is_there_already_is_examined_too(hub: Hub, package: Path, tmp_path: Path, call) -> None:
    files = {path.name: path.read_bytes() for path in package.iterdir()}
    config = {**json.loads(files["adapter_config.json"]), "auto_map": {"AutoModel": "x.y"}}
    hub.create(REPO, files={**files, "adapter_config.json": json.dumps(config).encode()})
    (tmp_path / "here").mkdir()
    for name, content in hub.repos[REPO].commits[-1].files.items():
        if name != ".gitattributes":
            (tmp_path / "here" / name).write_bytes(content)

    code, refused = call("pull", REPO, "-o", tmp_path / "here")

    assert (code, refused["error"]["kind"]) == (2, "unsafe")


def test_fetched_again_nothing_is_fetched(hub: Hub, package: Path, tmp_path: Path, call) -> None:
    hub.create(REPO, files={path.name: path.read_bytes() for path in package.iterdir()})
    call("pull", REPO, "-o", tmp_path / "here")
    hub.log.clear()

    code, again = call("pull", REPO, "-o", tmp_path / "here")

    assert (code, again["state"]) == (0, "unchanged")
    assert not hub.calls("GET", "/resolve/")
    (tmp_path / "here" / "mine.txt").touch()
    code, refused = call("pull", REPO, "-o", tmp_path / "here")
    assert (code, refused["error"]["kind"]) == (2, "state")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("maria/nothing", "no such repository"),
        (f"{REPO}@v9", "no such revision"),
        (f"{REPO}@", "names no revision"),
        ("tiny-sme", "is no name of the form owner/name"),
        ("../etc/passwd", "is no name of the form owner/name"),
        ("mаria/tiny-sme", "is no name of the form owner/name"),
    ],
)
def test_a_name_that_is_none_is_told(hub: Hub, package: Path, tmp_path: Path, call, name: str, says: str) -> None:
    hub.create(REPO, files={path.name: path.read_bytes() for path in package.iterdir()})

    code, failed = call("pull", name, "-o", tmp_path / "here")

    assert (code, says in failed["error"]["message"]) == (2, True), failed
    assert failed["error"]["hint"]
    assert not (tmp_path / "here").exists()
