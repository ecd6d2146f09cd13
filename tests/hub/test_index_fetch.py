"""Fetching from a web server: over encryption or from this machine, wherever the address leads, and not without end."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from huggingface_hub import constants

from lexaug.errors import MissingError, UnsafeError
from lexaug.hub.index.fetch import HOPS, _require_safe, fetch_url

LEADS = {
    "/once": "/there",
    "/to-plain-http": "http://example.org/there",
    "/to-a-file": "file:///etc/passwd",
    "/round": "/round",
}


class _Leading(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        to = LEADS.get(self.path)
        self.send_response(302 if to else 200)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"here")

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture(autouse=True)
def _online(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def address(asked: list[str]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Leading,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_server_may_lead_on(address: str) -> None:
    assert fetch_url(f"{address}/once", 10) == b"here"


def test_but_not_away_from_encryption(address: str, asked: list[str]) -> None:
    with pytest.raises(UnsafeError, match=r"leads on to 'http://example\.org', without encryption"):
        fetch_url(f"{address}/to-plain-http", 10)
    assert asked == ["/to-plain-http"]


def test_nor_to_something_that_is_no_web_server(address: str) -> None:
    with pytest.raises((UnsafeError, MissingError)):
        fetch_url(f"{address}/to-a-file", 10)


def test_nor_without_end(address: str, asked: list[str]) -> None:
    with pytest.raises(UnsafeError, match=f"leads on more than {HOPS} times"):
        fetch_url(f"{address}/round", 10)
    assert len(asked) == HOPS + 1


def test_a_server_elsewhere_cannot_lead_to_this_machine() -> None:
    start = "https://example.org/index.json"
    with pytest.raises(UnsafeError, match="without encryption"):
        _require_safe("http://localhost:8080/", start, "index.json")
    _require_safe("https://cdn.example.org/x", start, "index.json")


@pytest.mark.parametrize(
    "address", ["http://example.org/index.json", "ftp://example.org/x", "http://127.0.0.1.evil.org/"]
)
def test_what_is_not_encrypted_is_not_asked(address: str) -> None:
    with pytest.raises(UnsafeError, match="without encryption"):
        fetch_url(address, 10)
