"""manifest.json and recipe.toml: names stay in the folder, hashes are hashes, no paths of somebody's machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath, PureWindowsPath

from lexaug.hub.header import CARD
from lexaug.hub.trust.finding import Finding, shown
from lexaug.hub.trust.hints import DO_NOT_USE, LOCAL
from lexaug.hub.trust.names import odd_file_name, odd_repository
from lexaug.hub.trust.suspect import Suspect
from lexaug.training.backbone import OFFLINE
from lexaug.training.offline import HUB_ID
from lexaug.training.workplace import MANIFEST

_SHA256 = re.compile(r"[0-9a-f]{64}")
_TABLES = (".json", ".toml")
_PROSE = (CARD, "LICENSE", "NOTICE.md")
_SENTENCES = ("sample", "logits")
"""Keys of the manifest under which words stand, which may look like anything."""
MACHINE = re.compile(r"(?<![\w.~])(?:/(?:home|root|Users|tmp|var|mnt|opt|data|srv)/|~/|[A-Za-z]:\\)")
"""Where a path of a machine begins within a text."""
_QUOTED = ">"
"""Begins a line of a card that shows sentences."""
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def check_manifest(suspect: Suspect) -> Iterator[Finding]:
    """See that files have plain names and SHA-256 sums, the backbone's weights such a sum, the repository a name."""
    manifest = suspect.manifest
    if not manifest:
        return
    files = manifest.get("files")
    if not isinstance(files, dict):
        yield _refuse("names no files")
        files = {}
    for name, digest in files.items():
        if reason := odd_file_name(name):
            yield _refuse(f"names the file {shown(name)}, which {reason}", "name")
        elif name not in suspect.files:
            yield _refuse(f"names the file {shown(name)}, which is not there", "missing")
        if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
            yield _refuse(f"has {shown(digest)} for {shown(name)}, which is no SHA-256")
    backbone = manifest.get("backbone")
    weights = backbone.get("weights_before") if isinstance(backbone, dict) else None
    if not isinstance(weights, str) or not _SHA256.fullmatch(weights):
        yield _refuse("does not say which weights the backbone had: no SHA-256 in backbone.weights_before")
    if suspect.published and isinstance(backbone, dict):
        yield from _backbone(backbone, suspect.config)
    repository = manifest.get("repository", "a/b")
    if not isinstance(repository, str) or odd_repository(repository):  # the card has it in commands to copy
        yield _refuse(f"says that it was published as {shown(repository)}, which is no repository's name", "name")


def _backbone(backbone: Mapping[str, object], config: Mapping[str, object]) -> Iterator[Finding]:
    """See that the backbone that lexaug would load is the one that config and card name, at the same commit."""
    name, base = backbone.get("name"), config.get("base_model_name_or_path")
    if name and (HUB_ID if name == OFFLINE else name) != base:
        yield _refuse(f"names the backbone {shown(name)}; adapter_config.json says {shown(base)}", "backbone")
    revision = backbone.get("revision")
    if revision and revision != config.get("revision"):
        other = shown(config.get("revision"))
        yield _refuse(f"pins the backbone to {shown(revision)}; adapter_config.json says {other}", "backbone")


def check_paths(suspect: Suspect) -> Iterator[Finding]:
    """Find paths of a machine in what was published; they tell about the publisher and lead out of the folder."""
    if not suspect.published:
        return
    for file in (name for name in suspect.files if name.endswith(_TABLES)):
        said = {name: value for name, value in suspect.table(file).items() if name not in _SENTENCES}
        for place, text in _texts(said, ()):
            if _leads_out(text) or MACHINE.search(text):
                yield Finding(file, "path", f"holds the path {shown(text)} at {place}", LOCAL)
    for file in (name for name in _PROSE if name in suspect.files):
        for number, line in enumerate(suspect.prose(file).splitlines(), start=1):
            if not line.startswith(_QUOTED) and (found := MACHINE.search(line)) and not found[0].startswith("~"):
                yield Finding(file, "path", f"line {number} holds the path {shown(line[found.start() :])}", LOCAL)


def _texts(value: object, place: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield ".".join(place), value
    elif isinstance(value, Mapping):
        for name, child in value.items():
            yield from _texts(child, (*place, str(name)))
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child, place)


def _leads_out(text: str) -> bool:
    if _URL.match(text):
        return text.casefold().startswith("file:")
    if "\n" in text or len(text) > 4096:
        return False
    absolute = PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()
    return (absolute and len(text) > 1) or text.startswith(("~/", "./", "../")) or "/../" in text


def _refuse(message: str, kind: str = "manifest") -> Finding:
    return Finding(MANIFEST, kind, message, DO_NOT_USE)
