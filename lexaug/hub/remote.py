"""Talking to a hub: one connection with time limits, patience with faults that pass, and errors that say what to do."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import lexaug
from lexaug.errors import ConfigError, HubError, LexaugError

if TYPE_CHECKING:
    from huggingface_hub import HfApi

Answer = TypeVar("Answer")
TIMEOUT = 60.0
"""Seconds that a hub may take for one step of an answer; the client itself would wait for ever."""
ATTEMPTS = 4
LONGEST_WAIT = 300
"""Seconds: a hub that asks for more patience than this is told to the user instead."""
PASSING = (408, 429, 500, 502, 503, 504)
LOG_IN = "log in with `hf auth login`, or set HF_TOKEN to a token with the right to do this"
AGAIN = "run the same command again: what is there already is not sent or fetched twice"


@contextmanager
def connected() -> Iterator[HfApi]:
    """Give the hub's client, at HF_ENDPOINT where that is set, with the token from the standard place.

    Raises:
        ConfigError: HF_ENDPOINT is no address of a hub.
        HubError: the token can be none, or whatever goes wrong in the block between here and the hub, with what to do
            about it.

    """
    from huggingface_hub import HfApi, set_client_factory
    from huggingface_hub.utils._http import default_client_factory

    def patient() -> Any:  # noqa: ANN401
        client = default_client_factory()
        client.timeout = TIMEOUT
        return client

    endpoint = _endpoint()
    _require_sound_token()
    set_client_factory(patient)
    try:
        with explained():
            yield HfApi(
                endpoint=endpoint,
                library_name="lexaug",
                library_version=lexaug.__version__,
            )
    finally:
        set_client_factory(default_client_factory)


def _endpoint() -> str | None:
    """Give the hub that HF_ENDPOINT names; an index has its address in links, so no password may stand in it."""
    named = os.environ.get("HF_ENDPOINT", "").rstrip("/")
    if not named:
        return None
    try:
        parts = urlsplit(named)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        sound = False
    if not sound:
        raise ConfigError(
            "HF_ENDPOINT is no plain address of a hub", hint="give https://HOST, without user or password"
        )
    return named


def _require_sound_token() -> None:
    """Refuse a token that no request can carry, without a word of it."""
    from huggingface_hub import get_token

    if not (get_token() or "").isascii():
        raise HubError("the token holds letters that no token has", hint=LOG_IN)


@contextmanager
def explained() -> Iterator[None]:
    """Turn the client's errors into HubError as soon as they leave the block: some of them pass for errors of files."""
    try:
        yield
    except LexaugError:
        raise
    except Exception as fault:
        if (told := explain(fault)) is None:
            raise
        raise told from fault


def persist(call: Callable[[], Answer]) -> Answer:
    """Make a call that may be made again, again, where a fault passes: waits as long as the hub asks for."""
    for attempt in range(1, ATTEMPTS):
        try:
            return call()
        except Exception as fault:
            wait = patience(fault, attempt)
            if wait is None:
                raise
            time.sleep(wait)
    return call()


def explain(fault: BaseException) -> HubError | None:
    """Say what a fault of the hub's client means; None for one that is none."""
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalTokenNotFoundError, OfflineModeIsEnabled

    for cause in _causes(fault):
        if isinstance(cause, HfHubHTTPError):
            return _answered(cause)
        if isinstance(cause, OfflineModeIsEnabled):
            return HubError("the network is switched off", hint="unset HF_HUB_OFFLINE")
        if isinstance(cause, LocalTokenNotFoundError):
            return HubError("the hub asks who you are, and there is no token", hint=LOG_IN)
        if isinstance(cause, HFValidationError):
            return HubError(f"the hub has no such names: {_line(cause)}", hint="give OWNER/NAME")
        if _network(cause):
            return HubError(f"the connection to the hub failed: {_line(cause)}", hint=AGAIN)
    return None


def status_of(fault: BaseException) -> int | None:
    """Give the HTTP status that a fault is about, None for one without."""
    from huggingface_hub.errors import HfHubHTTPError

    return next((cause.response.status_code for cause in _causes(fault) if isinstance(cause, HfHubHTTPError)), None)


def _answered(fault: Any) -> HubError:  # noqa: ANN401
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

    status = fault.response.status_code
    if isinstance(fault, GatedRepoError):
        return HubError("the repository is gated", hint="ask for access on its page, then " + LOG_IN)
    if isinstance(fault, RevisionNotFoundError):
        return HubError("the repository has no such revision", hint="give a branch, a tag or a commit that it has")
    if isinstance(fault, RepositoryNotFoundError) or status == 401:
        return HubError(
            f"there is no such repository, or it is private and you may not see it (HTTP {status})",
            hint=f"check the name; if it is private, {LOG_IN}",
        )
    if status == 403:
        return HubError("the token does not allow this (HTTP 403)", hint=LOG_IN)
    if status in (409, 412):
        return HubError("somebody else changed the repository at the same time", hint=AGAIN)
    if status == 429:
        return HubError("the hub asks for a pause (HTTP 429)", hint=f"wait a while, then {AGAIN}")
    message = getattr(fault, "server_message", None) or _line(fault)
    hint = AGAIN if status in PASSING else "the hub's own words say what it wants changed"
    return HubError(f"the hub answered with HTTP {status}: {message}", hint=hint)


def patience(fault: BaseException, attempt: int) -> float | None:
    """Give the seconds to wait before another attempt, None where none would help or the hub asks for too long."""
    status = status_of(fault)
    if status is None:
        return 2.0 ** (attempt - 1) if any(map(_network, _causes(fault))) else None
    if status not in PASSING:
        return None
    asked = next((c.response.headers.get("Retry-After") for c in _causes(fault) if hasattr(c, "response")), None)
    seconds = float(asked) if asked is not None and asked.isdigit() else 2.0 ** (attempt - 1)
    return seconds if seconds <= LONGEST_WAIT else None


def _network(fault: BaseException) -> bool:
    """Tell a fault on the way to the hub from everything else."""
    from huggingface_hub.errors import HfHubHTTPError, HTTPError, OfflineModeIsEnabled

    if isinstance(fault, HfHubHTTPError | OfflineModeIsEnabled):
        return False
    return isinstance(fault, HTTPError | ConnectionError | TimeoutError)


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    """Go through an error and those it came of: the client wraps what happens in its threads."""
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or fault.__context__


def _line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:300] or type(fault).__name__
