"""How a command line ends: exit codes, and the one error that is told where something went wrong."""

from __future__ import annotations

import traceback

import typer
from typer.exceptions import TyperException

from lexaug.errors import ConfigError, LexaugError, StateError

USER_ERROR = 2
INTERNAL = 70
"""A fault of lexaug, as sysexits.h numbers it; not 1, which `pack check` keeps for findings."""
INTERRUPTED = 130
PIPE_CLOSED = 141
NO_VERB = "no verb is given"

STOPPED = StateError(
    "interrupted", hint="the same command continues `lexaug train`, `demo` and `eval`, and begins anything else anew"
)


class InternalError(LexaugError):
    """A fault of lexaug itself."""

    kind = "internal"


def ending(fault: BaseException) -> tuple[int, LexaugError | None]:
    """Give the exit code of a command that ended in an exception, and what to tell of it.

    The traceback of a fault of lexaug goes to stderr.
    """
    if isinstance(fault, BrokenPipeError | SystemExit):  # typer leaves by SystemExit where nobody reads its output
        return PIPE_CLOSED, None
    if isinstance(fault, KeyboardInterrupt | typer.Abort):
        return INTERRUPTED, STOPPED
    if isinstance(fault, LexaugError | TyperException | OSError):
        return USER_ERROR, _as_lexaug(fault)
    traceback.print_exception(fault)
    return INTERNAL, InternalError(f"{type(fault).__name__}: {fault}", hint="report it with the traceback")


def _as_lexaug(fault: Exception) -> LexaugError:
    if isinstance(fault, LexaugError):
        return fault
    if isinstance(fault, OSError):
        return StateError(
            fault.strerror or str(fault), file=fault.filename, hint="check the path, its rights and the disk"
        )
    message = getattr(fault, "format_message", lambda: str(fault))()
    if not message or getattr(fault, "option_name", "") == "--json":  # every verb knows --json
        message = NO_VERB
    verb = getattr(getattr(fault, "ctx", None), "command_path", "lexaug")
    return ConfigError(message, hint=f"see {verb} --help")
