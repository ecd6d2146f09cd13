"""Writing an index folder: index.json, index.html, and a README.md with which the Hub shows it."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

from lexaug.errors import StateError
from lexaug.files import atomic_file, resource
from lexaug.hub.index.page import render_page
from lexaug.hub.index.schema import Index

JSON = "index.json"
PAGE = "index.html"
README = "README.md"
_MARK = "lexaug index"


def write_index(index: Index, folder: Path) -> None:
    """Write an index into a folder; one that lies there already is replaced, other files are let be.

    All files are written whole before the first takes its place. A README.md that lies there already is kept.

    Raises:
        StateError: another index.json or index.html lies there, or the place cannot be written to.

    """
    contents = {JSON: json_text(index), PAGE: render_page(index)}
    for name in contents:
        _require_own(folder / name)
    if not (folder / README).exists():
        contents[README] = resource("index_page/README.md").read_text(encoding="utf-8")
    with ExitStack() as files:
        for name, text in contents.items():
            files.enter_context(atomic_file(folder / name)).write_text(text, encoding="utf-8")


def json_text(index: Index) -> str:
    """Give the text of index.json: an entry a line, so that versions of it can be compared."""
    value = index.model_dump(mode="json")
    lists = {key: value.pop(key) for key in ("adapters", "left_out")}
    head = json.dumps({"generator": _MARK, **value}, ensure_ascii=False)[:-1]
    parts = [f'"{key}": [{_lines(items)}]' for key, items in lists.items()]
    return ",\n".join([head, *parts]) + "}\n"


def _lines(items: list[object]) -> str:
    return ",".join(f"\n{json.dumps(item, ensure_ascii=False)}" for item in items)


def _require_own(path: Path) -> None:
    """Refuse to write over a file that is no index of lexaug."""
    if not path.exists():
        return
    with path.open("rb") as stream:
        if _MARK.encode() not in stream.read(4096):
            raise StateError("is another file, not an index of lexaug", file=path, hint="choose another -o or move it")
