"""The errors a user can cause: each names the place, says what is wrong there and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class LexaugError(Exception):
    """Bad input that the user can mend.

    Args:
        message: what is wrong, in one sentence without the place.
        file: the file it stands in.
        line: its line, counted from 1.
        column: its column, counted from 1.
        hint: what to do about it.

    """

    kind = "error"

    def __init__(
        self,
        message: str,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = None if file is None else str(file)
        self.line = line
        self.column = column
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the place when the error crosses a process boundary."""
        return _rebuild, (type(self), self.message, self.file, self.line, self.column, self.hint)

    def __str__(self) -> str:
        """One line: `file:line:column: message (hint)`."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} ({self.hint})" if self.hint else text

    def as_json(self) -> dict[str, object]:
        """Give the object that `--json` prints under `error`."""
        return {"kind": self.kind, "message": self.message, "file": self.file, "line": self.line, "hint": self.hint}


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that could not be used: where it stands and why."""

    file: str
    line: int
    reason: str


class FormatError(LexaugError):
    """A file does not hold what its format promises."""

    kind = "format"


class ConfigError(LexaugError):
    """A setting, a flag, a recipe or a pack description is not usable."""

    kind = "config"


class MissingError(LexaugError):
    """Something that is needed is not there: a file, an extra, a download."""

    kind = "missing"


class LeakError(LexaugError):
    """What is to be scored also stands in what is learned from."""

    kind = "leak"


class UnsafeError(LexaugError):
    """A path leaves its folder, a file is too large, or weights are not safetensors."""

    kind = "unsafe"


class StateError(LexaugError):
    """An output folder is in use, half-written, or belongs to another run."""

    kind = "state"


class HubError(LexaugError):
    """A hub cannot be reached, does not have what is asked for, or does not let one do what is asked."""

    kind = "hub"


def _rebuild(
    kind: type[LexaugError],
    message: str,
    file: str | None,
    line: int | None,
    column: int | None,
    hint: str | None,
) -> LexaugError:
    return kind(message, file=file, line=line, column=column, hint=hint)
