"""Leaving sources and rows under a licence out of a pack: one line of its `pack.toml`."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path

from lexaug.files import atomic_file
from lexaug.pack.description import FILE_NAME
from lexaug.pack.load import load_pack
from lexaug.pack.pack import LanguagePack

_LINE = re.compile(r"^exclude_licences\s*=\s*\[[^\]]*\][^\n]*\n?", re.MULTILINE)


def exclude_licences(path: Path, names: Collection[str]) -> LanguagePack:
    """Add licences, or families such as "GPL", to those whose sources and rows a pack leaves out.

    The rest of `pack.toml` stays as it is, comments included.

    Raises:
        ConfigError: a licence is not known.
        MissingError: there is no such pack.

    """
    pack = load_pack(path, exclude_licences=names)
    file = pack.path / FILE_NAME
    line = f"exclude_licences = {json.dumps(list(pack.exclude_licences))}\n"
    with atomic_file(file) as temporary:
        temporary.write_text(line + _LINE.sub("", file.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    return load_pack(pack.path)
