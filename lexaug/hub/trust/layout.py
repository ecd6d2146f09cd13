"""The folder itself: which files there are, of what kind and size, before any is read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from lexaug.hub.header import CARD
from lexaug.hub.trust.finding import Finding, shown
from lexaug.hub.trust.hints import NO_CARD, NOT_WHOLE, TAKE_OUT
from lexaug.hub.trust.limits import (
    MAX_CARD_BYTES,
    MAX_FILES,
    MAX_FOLDER_BYTES,
    MAX_JSON_BYTES,
    MAX_TEXT_BYTES,
    MAX_TOML_BYTES,
    MAX_WEIGHT_BYTES,
)
from lexaug.hub.trust.names import odd_file_name
from lexaug.hub.trust.suspect import CHARACTER_WEIGHTS, CHARACTERS, HEAD, HEAD_WEIGHTS
from lexaug.training.part_files import CONFIG, METRICS, PEFT_WEIGHTS, RECIPE
from lexaug.training.workplace import MANIFEST

KNOWN_FILES = {
    **dict.fromkeys((CONFIG, CHARACTERS, HEAD, MANIFEST, METRICS), MAX_JSON_BYTES),
    **dict.fromkeys((PEFT_WEIGHTS, CHARACTER_WEIGHTS, HEAD_WEIGHTS), MAX_WEIGHT_BYTES),
    **dict.fromkeys((".gitattributes", "LICENSE", "NOTICE.md"), MAX_TEXT_BYTES),
    RECIPE: MAX_TOML_BYTES,
    CARD: MAX_CARD_BYTES,
}
"""The files of an adapter and the most bytes of each. A tokenizer is none of them: the backbone's own is used."""
REQUIRED = (CONFIG, PEFT_WEIGHTS, MANIFEST, CARD)
"""What a published adapter has at least."""
_PICKLES = re.compile(r"(?i)\.(bin|pt|pth|ckpt|pkl|pickle|joblib|dill|npy|npz|h5|keras|msgpack|onnx|gguf|pb)$")
_CODE = re.compile(r"(?i)\.(py|pyc|pyd|pyw|so|dll|dylib|exe|sh|bash|bat|cmd|ps1|js|mjs|html?|svg|jar|wasm|ipynb|pth)$")


def scan(folder: Path) -> tuple[dict[str, int], list[Finding]]:
    """List the plain files of a folder with their bytes, and what else is found there."""
    files: dict[str, int] = {}
    findings: list[Finding] = []
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number >= MAX_FILES:
                findings.append(_refuse("", "count", f"holds more than {MAX_FILES} files"))
                break
            facts = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(facts.st_mode):
                files[entry.name] = facts.st_size
            else:
                findings.append(_refuse(entry.name, *_kind(facts.st_mode)))
    return dict(sorted(files.items())), sorted(findings, key=lambda finding: finding.file)


def check_listing(files: Iterable[tuple[str, int]], *, published: bool = True) -> Iterator[Finding]:
    """Look at names and sizes alone: of a folder, or of what a repository offers before it is fetched."""
    listed = list(files)
    if len(listed) > MAX_FILES:
        yield _refuse("", "count", f"holds {len(listed)} files; {MAX_FILES} are room for any adapter")
    total = sum(size for _, size in listed)
    if total > MAX_FOLDER_BYTES:
        yield _refuse("", "size", f"holds {total:,} bytes; {MAX_FOLDER_BYTES:,} are room for any adapter")
    for name, size in listed:
        if finding := _of_file(name, size, published):
            yield finding


def check_required(names: Iterable[str]) -> Iterator[Finding]:
    """See that a published adapter is whole."""
    for name in sorted(set(REQUIRED) - set(names)):
        yield Finding(name, "missing", "is not there", NO_CARD if name == CARD else NOT_WHOLE)


def _of_file(name: str, size: int, published: bool) -> Finding | None:
    if name in KNOWN_FILES:
        limit = KNOWN_FILES[name]
        return _refuse(name, "size", f"has {size:,} bytes; {limit:,} are enough") if size > limit else None
    if reason := odd_file_name(name):
        return _refuse(name, "name", f"its name {shown(name)} {reason}")
    if _PICKLES.search(name):
        return _refuse(name, "pickle", "is a weights format that can run code or is not checked; only safetensors is")
    if _CODE.search(name):
        return _refuse(name, "code", "is code, which no adapter needs")
    return Finding(name, "extra", "is no file of an adapter", TAKE_OUT, refused=published)


def _kind(mode: int) -> tuple[str, str]:
    if stat.S_ISLNK(mode):
        return "link", "is a symbolic link, which can lead out of the folder"
    if stat.S_ISDIR(mode):
        return "folder", "is a folder; an adapter's files lie side by side"
    return "device", "is neither file nor folder"


def _refuse(file: str, kind: str, message: str) -> Finding:
    return Finding(file, kind, message, TAKE_OUT)
