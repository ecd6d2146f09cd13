"""Names a stranger chose, of files, repositories and backbones: what is odd about them, and what they imitate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lexaug.hub.trust.bases import KNOWN
from lexaug.hub.trust.finding import Finding, shown
from lexaug.hub.trust.limits import MAX_NAME
from lexaug.scripts import LOOK_ALIKES, mixed_script

HUB_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,95})?")
"""How the Hub names a repository: letters, digits, `.`, `_` and `-`, with an owner before the slash."""
_PLAIN = re.compile(r"\.?[A-Za-z0-9][A-Za-z0-9._+-]*")
_DEVICE = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_TO_LATIN = {
    strange: latin for script in ("CYRILLIC", "GREEK") for strange, latin in LOOK_ALIKES[(script, "LATIN")].items()
}
_ASCII_ALIKE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("i", "l"))
_CAREFUL = "compare the name letter by letter with the one that you were told"


def odd_file_name(name: str) -> str | None:
    """Say what is wrong with a file's name in a repository or a manifest, or None where it is a plain one."""
    if name.startswith(("/", "\\", "~")) or re.match(r"[A-Za-z]:", name):
        return "is an absolute path"
    parts = re.split(r"[/\\]", name)
    if ".." in parts:
        return "leads out of the folder"
    if len(parts) > 1:
        return "lies in a folder of its own"
    if len(name) > MAX_NAME or not _PLAIN.fullmatch(name) or name.endswith(".") or _DEVICE.fullmatch(name):
        return f"is no plain name of at most {MAX_NAME} letters, digits, '.', '_' and '-'"
    return None


def odd_repository(repo: str) -> str | None:
    """Say what is wrong with a repository's name, or None where the Hub could have it."""
    owner, slash, name = repo.partition("/")
    if not slash or not HUB_ID.fullmatch(repo) or any(".." in part or "--" in part for part in (owner, name)):
        return "is no name of the form owner/name of letters, digits, '.', '_' and '-'"
    return None


def look_alikes(name: str, known: Iterable[str] = tuple(KNOWN)) -> Iterator[str]:
    """Say how a name deceives the eye: letters of several scripts, or the look of a known name that it is not."""
    if mixed_script(name):
        yield "mixes letters of several scripts"
    elif not name.isascii():
        yield "has letters that the Hub's names cannot have"
    if name not in known:
        look = skeleton(name)
        yield from (f"looks like {other!r}, and is another" for other in known if skeleton(other) == look)


def skeleton(name: str) -> str:
    """Bring a name to what the eye sees: look-alike letters of other scripts, and of ASCII, become one."""
    plain = "".join(_TO_LATIN.get(letter, letter) for letter in name).casefold()
    for alike, seen in _ASCII_ALIKE:
        plain = plain.replace(alike, seen)
    return plain


def examine_name(repo: str) -> tuple[Finding, ...]:
    """Look at a repository's name before anything of it is fetched."""
    reason = odd_repository(repo)
    ascii_fault = [Finding("", "name", f"the repository's name {shown(repo)} {reason}", _CAREFUL)] if reason else []
    warnings = (
        Finding("", "look-alike", f"the repository's name {shown(repo)} {what}", _CAREFUL, refused=False)
        for what in look_alikes(repo)
    )
    return (*ascii_fault, *warnings)
