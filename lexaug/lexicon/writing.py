"""Writing a lexicon as a table with header."""

from __future__ import annotations

from pathlib import Path

from lexaug.files import atomic_file
from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.store import Lexicon

HEADER = ("english", "target", "pos", "source")
UNKNOWN_LICENCE = "LicenseRef-unknown"


def write_tsv(lexicon: Lexicon, path: Path) -> None:
    """Write `english target pos source`, with `weight` and `sense` behind where an entry has them; whole or not at all.

    `source` holds the origin's label, or else its file, and its licence in parentheses: what `read_lexicon` reads
    back. White space inside a cell becomes one space; quotation marks are letters like any other.
    """
    extra = tuple(
        name
        for name, used in (
            ("weight", any(entry.weight != 1.0 for entry in lexicon)),
            ("sense", any(entry.sense for entry in lexicon)),
        )
        if used
    )
    with atomic_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("\t".join(HEADER + extra) + "\n")
        for entry in lexicon:
            stream.write("\t".join(" ".join(cell.split()) for cell in _cells(entry, extra)) + "\n")


def _cells(entry: LexiconEntry, extra: tuple[str, ...]) -> tuple[str, ...]:
    more = {"weight": repr(float(entry.weight)), "sense": entry.sense}
    return (entry.source, entry.target, entry.pos, source_cell(entry), *(more[name] for name in extra))


def source_cell(entry: LexiconEntry) -> str:
    """Write an origin as `label(licence)`, an unknown licence left out."""
    if entry.origin is None:
        return ""
    label = (entry.origin.label or entry.origin.file).replace("(", "[").replace(")", "]")
    licence = "" if entry.origin.licence == UNKNOWN_LICENCE else f"({entry.origin.licence})"
    return label + licence
