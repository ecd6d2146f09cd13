"""Small files from the Hub or from any web server, never more of them than wanted."""

from __future__ import annotations

import contextlib
import ipaddress
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lexaug.errors import LexaugError, MissingError, UnsafeError
from lexaug.hub.remote import TIMEOUT, persist
from lexaug.hub.trust.finding import shown

if TYPE_CHECKING:
    from huggingface_hub import HfApi

PATIENCE = 300
"""Seconds that one file may take in all."""
HOPS = 5
"""Times that a server may lead on to another address for one file."""


def fetch_repo_file(api: HfApi, repo: str, revision: str, name: str, limit: int, *, kind: str = "model") -> bytes:
    """Fetch one file of a Hub repo at a revision.

    Raises:
        UnsafeError: the file is larger than `limit` bytes.
        Exception: the client's own, for `lexaug.hub.remote.connected` to explain.

    """
    from huggingface_hub import hf_hub_url
    from huggingface_hub.utils import build_hf_headers

    url = hf_hub_url(repo, name, revision=revision, repo_type=kind, endpoint=api.endpoint)
    return persist(lambda: _fetch(url, limit, build_hf_headers(), f"{repo}/{name}"))


def fetch_url(url: str, limit: int) -> bytes:
    """Fetch a file from a web server; no token goes there.

    Raises:
        UnsafeError: the address, or one that it leads on to, is not https (http only to this machine itself); it leads
            on without end; or the file is larger than `limit`.
        MissingError: it cannot be had; the message says why.

    """
    try:
        if not _encrypted(url) and not _own_machine(url):
            raise UnsafeError("is not fetched without encryption", file=url, hint="give an https address")
        return persist(lambda: _fetch(url, limit, {}, url))
    except LexaugError:
        raise
    except Exception as fault:
        reason = str(fault).strip().partition("\n")[0] or type(fault).__name__
        raise MissingError(f"could not be fetched: {reason}", file=url, hint="check the address") from None


def _encrypted(url: str) -> bool:
    return urlsplit(url).scheme == "https"


def _own_machine(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return parts.scheme == "http" and (host == "localhost" or ipaddress.ip_address(host).is_loopback)
    except ValueError:
        return False


def _origin(url: str) -> tuple[str, str]:
    return urlsplit(url)[:2]


def _fetch(url: str, limit: int, headers: dict[str, str], what: str) -> bytes:
    """Fetch as it was sent: compressed, a small reply could grow to a huge one.

    Each address that the server leads on to is looked at before it is asked; the client leaves the token out where
    that is another server's.
    """
    from huggingface_hub.utils import get_session, hf_raise_for_status

    session, end = get_session(), time.monotonic() + PATIENCE
    plain = {**headers, "accept-encoding": "identity"}
    request = session.build_request("GET", url, headers=plain, timeout=TIMEOUT)
    for _ in range(HOPS + 1):
        reply = session.send(request, stream=True, follow_redirects=False)
        with contextlib.closing(reply):
            if reply.next_request is None:
                hf_raise_for_status(reply)
                return _read(reply.iter_raw(), limit, end, what)
        request = reply.next_request
        _require_safe(str(request.url), url, what)
    raise UnsafeError(f"leads on more than {HOPS} times", file=what, hint="give the address itself")


def _require_safe(url: str, start: str, what: str) -> None:
    """Refuse to be led away from encryption, or from elsewhere to a server on this machine."""
    if not (_encrypted(url) or _origin(url) == _origin(start) or (_own_machine(url) and _own_machine(start))):
        place = shown(f"{urlsplit(url).scheme}://{urlsplit(url).netloc}")
        raise UnsafeError(f"leads on to {place}, without encryption", file=what, hint="ask whoever runs that server")


def _read(pieces: Iterator[bytes], limit: int, end: float, what: str) -> bytes:
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > limit:
            raise UnsafeError(f"is larger than {limit:,} bytes", file=what, hint="no index needs as much")
        if time.monotonic() > end:
            raise TimeoutError(f"it takes longer than {PATIENCE} seconds")
    return bytes(whole)
