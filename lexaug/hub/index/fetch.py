"""Small files from the Hub or from any web server, never more of them than wanted."""

from __future__ import annotations

import ipaddress
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lexaug.errors import LexaugError, MissingError, UnsafeError
from lexaug.hub.remote import TIMEOUT, persist

if TYPE_CHECKING:
    from huggingface_hub import HfApi

PATIENCE = 300
"""Seconds that one file may take in all."""


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
        UnsafeError: the address is not https (http only to this machine itself), or the file is larger than `limit`.
        MissingError: it cannot be had; the message says why.

    """
    try:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and _own_machine(parts.hostname or "")):
            raise UnsafeError("is not fetched without encryption", file=url, hint="give an https address")
        return persist(lambda: _fetch(url, limit, {}, url))
    except LexaugError:
        raise
    except Exception as fault:
        reason = str(fault).strip().partition("\n")[0] or type(fault).__name__
        raise MissingError(f"could not be fetched: {reason}", file=url, hint="check the address") from None


def _own_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _fetch(url: str, limit: int, headers: dict[str, str], what: str) -> bytes:
    """Fetch as it was sent: compressed, a small reply could grow to a huge one."""
    from huggingface_hub.utils import get_session, hf_raise_for_status

    whole, end = bytearray(), time.monotonic() + PATIENCE
    plain = {**headers, "accept-encoding": "identity"}
    with get_session().stream("GET", url, headers=plain, follow_redirects=True, timeout=TIMEOUT) as reply:
        hf_raise_for_status(reply)
        for piece in reply.iter_raw():
            whole += piece
            if len(whole) > limit:
                raise UnsafeError(f"is larger than {limit:,} bytes", file=what, hint="no index needs as much")
            if time.monotonic() > end:
                raise TimeoutError(f"it takes longer than {PATIENCE} seconds")
    return bytes(whole)
