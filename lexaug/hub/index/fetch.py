"""Small files from the Hub or from any web server, never more of them than wanted."""

from __future__ import annotations

import ipaddress
import time
from urllib.parse import urlsplit

from lexaug.errors import LexaugError, MissingError, UnsafeError

SILENCE = 20
"""Seconds that a server may stay silent."""
PATIENCE = 300
"""Seconds that one file may take in all."""


def fetch_repo_file(repo: str, revision: str, name: str, limit: int, *, kind: str = "model") -> bytes:
    """Fetch one file of a Hub repo at a revision, with the user's token if there is one.

    Raises:
        UnsafeError: the file is larger than `limit` bytes.
        MissingError: it cannot be had; the message says why.

    """
    from huggingface_hub import constants, hf_hub_url
    from huggingface_hub.utils import build_hf_headers

    url = hf_hub_url(repo, name, revision=revision, repo_type=kind, endpoint=constants.ENDPOINT)
    return _fetch(url, limit, build_hf_headers(), f"{repo}/{name}")


def fetch_url(url: str, limit: int) -> bytes:
    """Fetch a file from a web server; no token goes there.

    Raises:
        UnsafeError: the address is not https (http only to this machine itself), or the file is larger than `limit`.
        MissingError: it cannot be had; the message says why.

    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and _own_machine(parts.hostname or "")):
        raise UnsafeError("is not fetched without encryption", file=url, hint="give an https address")
    return _fetch(url, limit, {}, url)


def _own_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _fetch(url: str, limit: int, headers: dict[str, str], what: str) -> bytes:
    import httpx2
    from huggingface_hub.utils import get_session, hf_raise_for_status

    whole, end = bytearray(), time.monotonic() + PATIENCE
    identity = {**headers, "accept-encoding": "identity"}
    try:
        with get_session().stream("GET", url, headers=identity, follow_redirects=True, timeout=SILENCE) as reply:
            hf_raise_for_status(reply)
            for piece in reply.iter_raw():
                whole += piece
                if len(whole) > limit:
                    raise UnsafeError(f"is larger than {limit:,} bytes", file=what, hint="no index needs as much")
                if time.monotonic() > end:
                    raise TimeoutError(f"it takes longer than {PATIENCE} seconds")
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as fault:
        raise unreachable(what, fault) from None
    return bytes(whole)


def unreachable(what: str, fault: Exception) -> LexaugError:
    """Say why something on the Hub or a server could not be had."""
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

    text = str(fault).strip().partition("\n")[0] or type(fault).__name__
    if isinstance(fault, GatedRepoError):
        return MissingError("access to it must be asked for", file=what, hint="ask for it on its page, then log in")
    if isinstance(fault, RepositoryNotFoundError):
        return MissingError(
            "no such repo, or it is private", file=what, hint="check the name, or log in: hf auth login"
        )
    if isinstance(fault, RevisionNotFoundError):
        return MissingError("no such revision", file=what, hint="give a branch, tag or commit of the repo")
    return MissingError(f"could not be fetched: {text}", file=what, hint="check the address and the connection")
