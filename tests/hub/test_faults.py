"""What goes wrong on the way: nothing is half-published, nothing corrupt is taken, and the same command completes."""

from pathlib import Path

import pytest
from hub_world import REPO
from loopback import Hub

from lexaug.hub import remote

ALWAYS = 99
SENDING = {
    "cut in the middle of the weights": ("cut", "PUT", "/large/", {}),
    "cut in the middle of the commit": ("cut", "POST", "/commit/", {}),
    "the answer to the commit is lost": ("after", "POST", "/commit/", {}),
    "the answer to the upload is lost": ("after", "PUT", "/large/", {}),
    "asked to wait before the commit": ("status", "POST", "/commit/", {"value": 429, "headers": {"Retry-After": "7"}}),
    "asked to wait before the upload": ("status", "PUT", "/large/", {"value": 429, "headers": {"Retry-After": "7"}}),
    "asked to wait at once": ("status", "GET", "/api/models/maria", {"value": 429, "headers": {"Retry-After": "7"}}),
    "an error of the hub when making it": ("status", "POST", "/api/repos/create", {"value": 500}),
    "an error of the hub at the commit": ("status", "POST", "/commit/", {"value": 500}),
    "an error of the hub at the batch": ("status", "POST", "/objects/batch", {"value": 503}),
}


@pytest.mark.parametrize("name", SENDING)
def test_a_fault_that_passes_is_waited_out(hub: Hub, packaged: Path, call, name: str) -> None:
    kind, method, path, more = SENDING[name]
    hub.fail(kind, method, path, **more)

    code, done = call("publish", packaged, REPO)

    assert code == 0, done
    assert len(hub.repos[REPO].commits) == 2
    assert _published(hub) == _content(packaged)
    assert not [fault for fault in hub.faults if fault.times]
    if "headers" in more:
        assert max(hub.waits) >= 7


@pytest.mark.parametrize("name", SENDING)
def test_a_fault_that_stays_is_told_and_the_same_command_completes(hub: Hub, packaged: Path, call, name: str) -> None:
    kind, method, path, more = SENDING[name]
    hub.fail(kind, method, path, times=ALWAYS, **more)

    code, failed = call("publish", packaged, REPO)

    if kind == "after":
        assert (code, len(hub.repos[REPO].commits)) == (0, 2)  # it was carried out, and seen to be
        return
    assert (code, failed["error"]["kind"]) == (2, "hub"), failed
    assert failed["error"]["hint"]
    assert len(hub.repos[REPO].commits) == 1 if REPO in hub.repos else True  # none but the empty first one
    hub.faults.clear()
    code, done = call("publish", packaged, REPO)
    assert (code, done["state"], len(hub.repos[REPO].commits)) == (0, "published", 2)
    assert _published(hub) == _content(packaged)


def test_what_was_uploaded_before_the_break_is_not_sent_again(hub: Hub, packaged: Path, call) -> None:
    hub.fail("status", "POST", "/commit/", times=ALWAYS, value=500)
    assert call("publish", packaged, REPO)[0] == 2
    hub.faults.clear()
    hub.log.clear()

    assert call("publish", packaged, REPO)[0] == 0
    assert hub.calls("PUT", "/large/") == 0


def test_a_slow_hub_is_not_waited_for_without_end(
    hub: Hub, packaged: Path, call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "TIMEOUT", 0.2)
    hub.fail("slow", "POST", "/commit/", value=0.5)
    code, done = call("publish", packaged, REPO)
    assert (code, len(hub.repos[REPO].commits)) == (0, 2), done

    hub.fail("slow", "GET", "/refs", times=ALWAYS, value=0.5)
    code, failed = call("publish", packaged, REPO)
    assert (code, failed["error"]["kind"]) == (2, "hub")
    assert "connection to the hub failed" in failed["error"]["message"]


def test_somebody_else_at_the_same_time_is_not_overwritten(hub: Hub, packaged: Path, call) -> None:
    call("publish", packaged, REPO)
    hub.repos[REPO].commits[-1].files["README.md"] = b"---\nlicense: mit\n---\nold"
    moved, taken = hub.repos[REPO], hub.fault

    def first_another_commits(method: str, path: str, *kinds: str) -> object:
        if "status" in kinds and "/commit/" in path:
            moved.commits.append(
                type(moved.commits[0])(hub.new_oid(), dict(moved.commits[-1].files), "of somebody else")
            )
        return taken(method, path, *kinds)

    hub.fault = first_another_commits
    code, failed = call("publish", packaged, REPO)

    assert (code, "at the same time" in failed["error"]["message"]) == (2, True), failed
    assert moved.commits[-1].message == "of somebody else"


FETCHING = {
    "cut in the middle of the weights": ("cut", "GET", "adapter_model.safetensors", {}),
    "cut in the middle of the manifest": ("cut", "GET", "manifest.json", {}),
    "a truncated file": ("truncate", "GET", "adapter_model.safetensors", {}),
    "a truncated description": ("truncate", "GET", "metrics.json", {}),
    "another ETag": ("etag", "HEAD", "head.safetensors", {}),
    "another commit": ("commit", "HEAD", "characters.safetensors", {}),
    "an error of the hub": ("status", "GET", "resolve", {"value": 500}),
    "an error of the hub at the listing": ("status", "GET", "/tree/", {"value": 502}),
    "asked to wait": ("status", "GET", "resolve", {"value": 429, "headers": {"Retry-After": "7"}}),
    "asked to wait at the listing": ("status", "GET", "/tree/", {"value": 429, "headers": {"Retry-After": "7"}}),
}


@pytest.fixture
def offered(hub: Hub, package: Path) -> Hub:
    """The hub with the adapter on it."""
    hub.create(REPO, files=_content(package))
    return hub


@pytest.mark.parametrize("name", FETCHING)
def test_a_fault_on_the_way_here_that_passes(offered: Hub, package: Path, tmp_path: Path, call, name: str) -> None:
    kind, method, path, more = FETCHING[name]
    offered.fail(kind, method, path, **more)

    code, done = call("pull", REPO, "-o", tmp_path / "here")

    assert code == 0, done
    assert _content(tmp_path / "here") == _content(package)
    assert not [fault for fault in offered.faults if fault.times]


@pytest.mark.parametrize("name", FETCHING)
def test_a_fault_on_the_way_here_that_stays(offered: Hub, package: Path, tmp_path: Path, call, name: str) -> None:
    kind, method, path, more = FETCHING[name]
    offered.fail(kind, method, path, times=ALWAYS, **more)

    code, failed = call("pull", REPO, "-o", tmp_path / "here")

    assert (code, failed["error"]["kind"]) == (2, "hub"), failed
    assert not [place for place in tmp_path.iterdir() if "here" in place.name]
    offered.faults.clear()
    assert call("pull", REPO, "-o", tmp_path / "here")[0] == 0
    assert _content(tmp_path / "here") == _content(package)


def test_another_content_under_the_same_name_is_not_taken(
    offered: Hub, tmp_path: Path, call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The listing says one thing, the download another of the same size, as of a changed revision or a bad mirror."""
    import loopback_http

    there = offered.repos[REPO].commits[-1]
    listed = loopback_http.tree(type("Asked", (), {"commit": lambda *_: there})(), b"", REPO, "main")
    weights = bytearray(there.files["adapter_model.safetensors"])
    weights[-1] ^= 1
    there.files["adapter_model.safetensors"] = bytes(weights)
    route = next(route for route in loopback_http.ROUTES if route[2] is loopback_http.tree)
    place = loopback_http.ROUTES.index(route)
    routes = [*loopback_http.ROUTES[:place], (*route[:2], lambda *_, **__: listed), *loopback_http.ROUTES[place + 1 :]]
    monkeypatch.setattr(loopback_http, "ROUTES", routes)

    code, failed = call("pull", REPO, "-o", tmp_path / "here")

    assert (code, "ETag" in failed["error"]["message"]) == (2, True)
    assert not (tmp_path / "here").exists()


def test_a_slow_answer_on_the_way_here(offered: Hub, tmp_path: Path, call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "TIMEOUT", 0.2)
    offered.fail("slow", "GET", "/tree/", value=0.5)

    assert call("pull", REPO, "-o", tmp_path / "here")[0] == 0


def _published(hub: Hub) -> dict[str, bytes]:
    files = hub.repos[REPO].commits[-1].files
    return {name: content for name, content in files.items() if name != ".gitattributes"}


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
