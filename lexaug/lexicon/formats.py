"""The lexicon formats by name, and how a format is found out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from lexaug.errors import ConfigError, FormatError
from lexaug.files import read_lines
from lexaug.lexicon.direction import english_side
from lexaug.lexicon.readers.cldf import metadata_file, read_cldf
from lexaug.lexicon.readers.dix import read_dix
from lexaug.lexicon.readers.gatitos import FILE_NAME, read_gatitos
from lexaug.lexicon.readers.kaikki import read_kaikki
from lexaug.lexicon.readers.pairs import read_pairs, read_pairs_reverse
from lexaug.lexicon.readers.tei import read_tei
from lexaug.lexicon.readers.tsv import is_header, read_tsv
from lexaug.lexicon.readers.wiktionary import is_article, read_wiktionary
from lexaug.lexicon.request import Reader
from lexaug.registry import Registry

FORMATS: Registry[Reader] = Registry(
    "lexicon format",
    {
        "tsv": read_tsv,
        "pairs": read_pairs,
        "pairs-reverse": read_pairs_reverse,
        "gatitos": read_gatitos,
        "tei": read_tei,
        "dix": read_dix,
        "wiktionary-tsv": read_wiktionary,
        "kaikki": read_kaikki,
        "cldf": read_cldf,
    },
)

_SUFFIXES = {".tei": "tei", ".dix": "dix", ".jsonl": "kaikki", ".ndjson": "kaikki"}
_SAMPLE = 2000
"""Lines looked at to tell `pairs` from `pairs-reverse`."""


def detect_format(path: Path, source_lang: str = "eng") -> str:
    """Find out the format of a file from its name and its first lines.

    Raises:
        ConfigError: nothing tells the format, or not on which side the source language stands.

    """
    if path.is_dir() or path.name.endswith("-metadata.json"):
        metadata_file(path)
        return "cldf"
    if path.suffix.lower() in _SUFFIXES:
        return _SUFFIXES[path.suffix.lower()]
    lines = [(number, text) for number, text in islice(read_lines(path), _SAMPLE) if text.strip()]
    if not lines:
        raise FormatError("the lexicon is empty", file=path, hint="it needs at least one row")
    return next((name for name, fits in _SNIFFERS.items() if fits(path, lines[0][1])), "") or _pairs(
        path, [text for _, text in lines], source_lang
    )


def _is_xml(root: str) -> Callable[[Path, str], bool]:
    def fits(path: Path, first: str) -> bool:
        if not first.lstrip().startswith("<"):
            return False
        return any(f"<{root}" in text for _, text in islice(read_lines(path), 100))

    return fits


_SNIFFERS: dict[str, Callable[[Path, str], bool]] = {
    "tsv": lambda _, first: is_header(first),
    "tei": _is_xml("TEI"),
    "dix": _is_xml("dictionary"),
    "kaikki": lambda _, first: first.startswith("{") and '"word"' in first,
    "wiktionary-tsv": lambda _, first: is_article(first),
    "gatitos": lambda path, _: FILE_NAME.fullmatch(path.name) is not None,
}


def _pairs(path: Path, rows: list[str], source_lang: str) -> str:
    cells = [text.split("\t") if "\t" in text else text.split() for text in rows]
    side = english_side((row[0], row[1]) for row in cells if len(row) == 2) if source_lang == "eng" else ""
    if not side:
        hint = f"name it as FILE:FORMAT; formats: {', '.join(FORMATS)}"
        raise ConfigError("the lexicon's format cannot be told from its name and first lines", file=path, hint=hint)
    return {"left": "pairs", "right": "pairs-reverse"}[side]
