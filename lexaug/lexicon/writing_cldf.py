"""Writing a lexicon as a CLDF Dictionary."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from lexaug.files import atomic_folder, write_json
from lexaug.lexicon.entry import LexiconEntry
from lexaug.lexicon.store import Lexicon

CLDF = "http://cldf.clld.org/v1.0/terms.rdf"
METADATA = "Dictionary-metadata.json"

_ENTRIES = (
    ("ID", "id"),
    ("Language_ID", "languageReference"),
    ("Headword", "headword"),
    ("Part_Of_Speech", "partOfSpeech"),
)
_SENSES = (("ID", "id"), ("Entry_ID", "entryReference"), ("Description", "description"))
_LANGUAGES = (("ID", "id"), ("ISO639P3code", "iso639P3code"))
_OWN = ("Equivalent", "Weight", "Sense", "File", "Line", "Licence", "Label")
"""Columns that CLDF has no term for: the exact equivalent, its weight and sense label, and where it was read."""


def write_cldf(lexicon: Lexicon, folder: Path) -> None:
    """Write a CLDF Dictionary into a new or empty folder; whole or not at all.

    One entry per target word and part of speech, one sense per fact in the lexicon's order; the sense's description
    is its label or else the source word.

    Raises:
        StateError: the folder holds something already, or cannot be written.

    """
    words = dict.fromkeys((entry.target, entry.pos) for entry in lexicon)
    ids = {word: f"e{number}" for number, word in enumerate(words, 1)}
    with atomic_folder(folder) as temporary:
        headwords = ([ids[target, pos], lexicon.target_lang, target, pos] for target, pos in ids)
        _write(temporary / "entries.csv", [name for name, _ in _ENTRIES], headwords)
        senses = (_sense(number, ids[entry.target, entry.pos], entry) for number, entry in enumerate(lexicon, 1))
        _write(temporary / "senses.csv", [name for name, _ in _SENSES] + list(_OWN), senses)
        _write(temporary / "languages.csv", [name for name, _ in _LANGUAGES], [[lexicon.target_lang] * 2])
        write_json(temporary / METADATA, _metadata(lexicon))


def _sense(number: int, entry_id: str, entry: LexiconEntry) -> list[str]:
    cells = [f"s{number}", entry_id, entry.sense or entry.source, entry.source, repr(float(entry.weight)), entry.sense]
    origin = entry.origin
    return cells + (
        ["", "", "", ""] if origin is None else [origin.file, str(origin.line), origin.licence, origin.label]
    )


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _metadata(lexicon: Lexicon) -> dict[str, Any]:
    licences = sorted({entry.origin.licence for entry in lexicon if entry.origin})
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:conformsTo": f"{CLDF}#Dictionary",
        "dc:title": f"Lexicon {lexicon.source_lang}-{lexicon.target_lang}",
        "dc:license": " AND ".join(licences),
        "dialect": {"commentPrefix": None},
        "tables": [
            _table("entries.csv", "EntryTable", _ENTRIES, {"Language_ID": "languages.csv"}),
            _table("senses.csv", "SenseTable", _SENSES, {"Entry_ID": "entries.csv"}, own=_OWN),
            _table("languages.csv", "LanguageTable", _LANGUAGES, {}),
        ],
    }


def _table(
    url: str, component: str, columns: Sequence[tuple[str, str]], keys: dict[str, str], own: Sequence[str] = ()
) -> dict[str, Any]:
    described: list[dict[str, Any]] = [
        {"name": name, "propertyUrl": f"{CLDF}#{term}", "datatype": "string", "required": name == "ID"}
        for name, term in columns
    ]
    types = {"Weight": "decimal", "Line": "integer"}
    described += [{"name": name, "datatype": types.get(name, "string")} for name in own]
    foreign = [
        {"columnReference": [name], "reference": {"resource": target, "columnReference": ["ID"]}}
        for name, target in keys.items()
    ]
    schema = {"columns": described, "primaryKey": ["ID"], "foreignKeys": foreign}
    return {"url": url, "dc:conformsTo": f"{CLDF}#{component}", "tableSchema": schema}
