"""What a check finds wrong with an adapter folder."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lexaug.errors import LexaugError
from lexaug.hub.trust.hints import DO_NOT_USE, for_owner, for_stranger


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: with which file, what kind of fault, what exactly, and what to do.

    `refused` is whether the adapter must not be loaded for it; otherwise it is a warning. `file` is a name in the
    folder, or "" for the folder as a whole.
    """

    file: str
    kind: str
    message: str
    hint: str
    refused: bool = True

    def __str__(self) -> str:
        """One line: `file: message (hint)`."""
        return f"{self.file or 'the folder'}: {self.message} ({self.hint})"

    def as_json(self) -> dict[str, object]:
        """Give the object that `--json` prints."""
        return {
            "file": self.file,
            "kind": self.kind,
            "message": self.message,
            "hint": self.hint,
            "refused": self.refused,
        }


def to_owner(finding: Finding) -> Finding:
    """Give a finding as it is told to whose own the adapter is."""
    return replace(finding, hint=for_owner(finding.hint))


def to_stranger(finding: Finding) -> Finding:
    """Give a finding as it is told to who fetched the adapter; warnings are for everybody."""
    return replace(finding, hint=for_stranger(finding.hint)) if finding.refused else finding


def of_error(file: str, kind: str, fault: LexaugError) -> Finding:
    """Make the finding of a reader's error."""
    return Finding(file, kind, fault.message, fault.hint or DO_NOT_USE)


def shown(value: object) -> str:
    """Quote what a stranger wrote: short, and without characters that steer a terminal."""
    whole = value if isinstance(value, str) else str(value)
    cut = whole if len(whole) <= SHOWN else whole[:SHOWN] + "…"
    if not isinstance(value, str) and cut.isprintable():
        return cut
    return repr(cut) if cut.isprintable() else ascii(cut)


SHOWN = 60
