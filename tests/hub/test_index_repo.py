"""Indexing repos of a hub: pinned, without weights, and nothing hostile let in or passed over in silence."""

import json
from pathlib import Path

import pytest
from hub_world import BASE, ENGLISH, REPO, TOKEN, keep, report
from index_world import rewrite
from loopback import Hub

from experiments.made_up_adapters import make_up
from lexaug.errors import FormatError, HubError, MissingError, UnsafeError
from lexaug.hub.index.build import build_index
from lexaug.hub.index.find import find
from lexaug.hub.index.opening import open_index
from lexaug.hub.index.schema import Index
from lexaug.hub.index.write import JSON, json_text, write_index


@pytest.fixture
def made(trained: Path, tmp_path: Path) -> list[Path]:
    """Three made-up adapters."""
    return make_up(trained, tmp_path / "adapters", 3)


def put(hub: Hub, name: str, folder: Path, **more: object) -> None:
    """Put a folder into a repo of the hub, in a commit of its own."""
    hub.create(name, files={path.name: path.read_bytes() for path in folder.iterdir()}, **more)


def index(*names: str, output: Path = Path("site")) -> Index:
    """Index repos."""
    return build_index(names, output)


def test_a_repo_is_pinned_and_its_weights_are_not_fetched(hub: Hub, made: list[Path]) -> None:
    put(hub, "maria/amh", made[0])

    (entry,) = index("maria/amh").adapters

    assert (entry.code, entry.kind, entry.place) == ("amh", "repo", "maria/amh")
    assert entry.revision == hub.repos["maria/amh"].commits[-1].oid
    assert entry.link == f"{hub.address}/maria/amh"
    assert entry.weights == (made[0] / "adapter_model.safetensors").stat().st_size
    assert hub.calls("GET", ".safetensors") == hub.calls("HEAD", ".safetensors") == 0
    local = build_index([str(made[0])], Path("site")).adapters[0]
    assert (entry.results, entry.digest, entry.licence) == (local.results, local.digest, local.licence)


def test_a_revision_is_the_one_that_was_asked_for(hub: Hub, made: list[Path]) -> None:
    put(hub, "maria/amh", made[0])
    first = hub.repos["maria/amh"].commits[-1].oid
    hub.repos["maria/amh"].tags["v1"] = first
    rewrite(made[0] / "manifest.json", language="tir")
    rewrite(made[0] / "metrics.json", evaluation=[])
    newer = {path.name: path.read_bytes() for path in made[0].iterdir()}
    hub.repos["maria/amh"].commits.append(type(hub.repos["maria/amh"].commits[0])(hub.new_oid(), newer, "newer"))

    found = index("maria/amh", "maria/amh@v1")

    assert [(entry.code, entry.revision == first) for entry in found.adapters] == [("amh", True), ("tir", False)]


def test_all_repos_of_an_owner_are_indexed_and_others_told(hub: Hub, made: list[Path]) -> None:
    for path in made:
        put(hub, f"maria/{path.name}", path)
    put(hub, "boris/secret", made[0], private=True)
    hub.create("maria/other", files={"README.md": b"not an adapter"})

    found = index("maria/*", "boris/secret", "boris/none", "maria/amh-0@v9")

    assert [entry.place for entry in found.adapters] == ["maria/amh-0", "maria/heb-2", "maria/tir-1"]
    reasons = {left.place: left.reason for left in found.left_out}
    assert set(reasons) == {"maria/other", "boris/secret", "boris/none", "maria/amh-0@v9"}
    assert "no adapter_model.safetensors" in reasons["maria/other"]
    assert "private" in reasons["boris/secret"]
    assert "no such repository" in reasons["boris/none"]
    assert "no such revision" in reasons["maria/amh-0@v9"]


HOSTILE = {
    "pickled weights": (lambda files: files.update({"adapter_model.bin": b"\x80\x02"}), "adapter_model.bin"),
    "code": (lambda files: files.update({"setup.py": b"import os"}), "setup.py"),
    "a name that leads out": (lambda files: files.update({"../../evil.json": b"{}"}), "leads out"),
    "huge description": (lambda files: files.update({"metrics.json": b" " * (5 << 20)}), "metrics.json"),
    "deep JSON": (lambda files: files.update({"metrics.json": b"[" * 100_000}), "metrics.json"),
    "no manifest": (lambda files: files.pop("manifest.json"), "manifest.json"),
    "other weights": (
        lambda files: files.update({"adapter_model.safetensors": b"other"}),
        "not those that its manifest",
    ),
    "too many files": (lambda files: files.update({f"{n}.txt": b"" for n in range(500)}), "files; 32"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_repo_is_left_out_with_its_reason(hub: Hub, made: list[Path], kind: str) -> None:
    spoil, says = HOSTILE[kind]
    put(hub, "maria/amh", made[0])
    put(hub, "maria/tir", made[1])
    spoil(hub.repos["maria/amh"].commits[-1].files)

    found = index("maria/amh", "maria/tir")

    assert [entry.place for entry in found.adapters] == ["maria/tir"]
    (left,) = found.left_out
    assert left.place == "maria/amh"
    assert says in left.reason


def test_a_name_that_imitates_another_is_warned_of(hub: Hub, made: list[Path]) -> None:
    put(hub, "FacebookA1/xlm-roberta-base", made[0])
    (entry,) = index("FacebookA1/xlm-roberta-base").adapters
    assert any("looks like 'FacebookAI/xlm-roberta-base'" in warning for warning in entry.warnings)


@pytest.mark.parametrize("kind", ["status", "cut"])
def test_a_fault_that_passes_is_outlasted(hub: Hub, made: list[Path], kind: str) -> None:
    put(hub, "maria/amh", made[0])
    hub.fail(kind, "GET", "metrics.json", value=503)
    assert len(index("maria/amh").adapters) == 1


@pytest.mark.parametrize(("kind", "says"), [("status", "500"), ("truncate", "not the file that the hub listed")])
def test_a_fault_that_stays_is_told(hub: Hub, made: list[Path], kind: str, says: str) -> None:
    put(hub, "maria/amh", made[0])
    put(hub, "maria/tir", made[1])
    hub.fail(kind, "GET", "/maria/amh/resolve", times=99, value=500)

    (left,) = index("maria/amh", "maria/tir").left_out

    assert says in left.reason
    assert TOKEN not in left.reason


def test_an_index_is_searched_where_it_was_published(hub: Hub, made: list[Path], tmp_path: Path) -> None:
    for path in made:
        put(hub, f"maria/{path.name}", path)
    built = index("maria/*")
    write_index(built, tmp_path / "site")
    put(hub, "maria/index", tmp_path / "site")

    opened = open_index("maria/index")

    assert opened.index == built
    assert opened.folder is None
    assert str(find("tir", index="maria/index")) == f"maria/tir-1@{hub.repos['maria/tir-1'].commits[-1].oid}"
    assert open_index(f"maria/index@{hub.repos['maria/index'].commits[0].oid}").index == built


def test_an_index_that_cannot_be_had_is_told(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HubError, match="no such repository"):
        open_index("maria/none")
    with pytest.raises(MissingError, match="could not be fetched"):
        open_index(f"{hub.address}/nothing.json")
    with pytest.raises(UnsafeError, match="without encryption"):
        open_index("http://adapters.example/index.json")
    with pytest.raises(UnsafeError, match="without encryption"):
        open_index("ftp://adapters.example")
    for address in ("https://a b/index.json", "https://[nonsense", "https://127.0.0.1:1/index.json"):
        with pytest.raises(MissingError, match="could not be fetched"):
            open_index(address)
    hub.create("maria/huge", files={JSON: b" " * 2000})
    monkeypatch.setattr("lexaug.hub.index.opening.MAX_INDEX", 1000)
    with pytest.raises(UnsafeError, match="larger than 1,000 bytes"):
        open_index("maria/huge")


def test_an_address_gets_no_token(hub: Hub) -> None:
    text = json_text(Index())
    hub.create("maria/index", private=True, files={JSON: text.encode()})
    assert open_index("maria/index").index == Index()
    with pytest.raises(MissingError, match="401"):
        open_index(f"{hub.address}/maria/index/resolve/main/index.json")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"format": 1, "adapters": [{"code": "sme"}]}',
        b'{"format": 1, "adapters": 3}',
        b"\xff\xfe",
        b"<html>not here</html>",
    ],
)
def test_what_is_no_index_is_told_in_one_line(hub: Hub, content: bytes) -> None:
    hub.create("maria/index", files={JSON: content})
    with pytest.raises(FormatError, match="no index of lexaug") as caught:
        open_index("maria/index")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_an_index_of_a_newer_format_asks_for_a_newer_lexaug(tmp_path: Path) -> None:
    (tmp_path / JSON).write_text(json.dumps({"format": 2, "adapters": "something new"}))
    with pytest.raises(FormatError, match="format 1"):
        open_index(tmp_path)


def test_what_is_published_is_indexed_found_and_fetched(hub: Hub, adapter: Path, tmp_path: Path, call) -> None:
    keep(adapter, report())
    code, published = call("publish", adapter, REPO, "--source-licence", ENGLISH)
    assert code == 0, published

    code, built = call("index", "build", REPO, "-o", tmp_path / "site")
    assert (code, built["adapters"], built["left_out"]) == (0, 1, [])
    code, answer = call("search", "sme", "--base", BASE, "--index", tmp_path / "site")
    assert code == 0
    (found,) = answer["found"]
    assert (found["place"], found["revision"]) == (REPO, published["commit"])
    assert found["results"][0]["verdict"] == report()["verdict"]

    located = find("sme", base=BASE, index=tmp_path / "site")
    code, fetched = call("pull", str(located), "-o", tmp_path / "pulled")
    assert (code, fetched["commit"]) == (0, published["commit"])
