"""`cldf`: CLDF Dictionaries, read through their CSVW metadata.

Two tables and half a dozen columns are wanted, so the standard library reads them; pycldf's object layer is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lexaug.errors import FormatError, MissingError
from lexaug.lexicon.codes import same_language
from lexaug.lexicon.entry import LexiconEntry, Origin
from lexaug.lexicon.pos import upos
from lexaug.lexicon.readers.csvw import Table, find_table, read_metadata
from lexaug.lexicon.readers.wiktionary import gloss_items
from lexaug.lexicon.request import Item, ReadRequest


@dataclass(frozen=True, slots=True)
class _Headword:
    text: str
    label: str
    language: str


def read_cldf(request: ReadRequest) -> Iterator[Item]:
    """Read a CLDF Dictionary: headwords in the target language, sense descriptions in the source language.

    A sense's `Equivalent`, which `write_cldf` adds, is taken as it is; a `Description` is a gloss and is cut into
    equivalents. Facts keep their place in the sense table.

    Raises:
        FormatError: the data set is no Dictionary, or holds several languages and none of them is the target.
        MissingError: the metadata or a table is not there.
        UnsafeError: a table lies outside the folder.

    """
    path = metadata_file(request.path)
    metadata = read_metadata(path)
    entries, senses = (_required(metadata, component, path) for component in ("EntryTable", "SenseTable"))
    headwords = dict(_headwords(entries))
    languages = _languages(metadata, path, {headword.language for headword in headwords.values()})
    wanted = {name for name, code in languages.items() if not code or same_language(code, request.target_lang)}
    if len(languages) > 1 and not wanted:
        found = ", ".join(sorted({code for code in languages.values() if code}))
        hint = f"the data set holds {found}"
        raise FormatError(f"no entry of language {request.target_lang}", file=entries.path, hint=hint)
    in_table = ReadRequest(senses.path, request.source_lang, request.target_lang, request.licence)
    yield from _facts(in_table, senses, headwords, wanted if len(languages) > 1 else set(languages))


def metadata_file(path: Path) -> Path:
    """Find the metadata file of a data set, given itself or its folder; raise MissingError where there is not one."""
    if not path.is_dir():
        return path
    found = sorted(path.glob("*-metadata.json"))
    if len(found) != 1:
        raise MissingError(f"{len(found)} files *-metadata.json, one is needed", file=path, hint="name the file itself")
    return found[0]


def _required(metadata: dict[str, Any], component: str, path: Path) -> Table:
    table = find_table(metadata, component, path)
    if table is None:
        module = str(metadata.get("dc:conformsTo", "")).rpartition("#")[2] or "unknown"
        raise FormatError(f"no {component} (module {module})", file=path, hint="a CLDF Dictionary is needed")
    return table


def _headwords(table: Table) -> Iterator[tuple[str, _Headword]]:
    key, headword = table.column("id"), table.column("headword")
    label, language = table.optional("partOfSpeech"), table.optional("languageReference")
    for _, row in table.rows():
        text = " ".join(row[headword].split())
        yield row[key], _Headword(text, row[label] if label else "", row[language] if language else "")


def _languages(metadata: dict[str, Any], path: Path, used: set[str]) -> dict[str, str]:
    """Map the language ids that entries use to their ISO 639-3 codes, "" where the data set does not tell."""
    codes = dict.fromkeys(used, "")
    table = find_table(metadata, "LanguageTable", path)
    if table is not None and (code := table.optional("iso639P3code")):
        key = table.column("id")
        codes.update({row[key]: row[code] for _, row in table.rows() if row[key] in used})
    return codes


def _facts(request: ReadRequest, senses: Table, headwords: dict[str, _Headword], languages: set[str]) -> Iterator[Item]:
    reference, description = senses.column("entryReference", "entry_id"), senses.column("description")
    for number, row in senses.rows():
        headword = headwords.get(row[reference])
        if headword is None:
            yield request.reject(number, "its entry is not in the entry table")
        elif headword.language not in languages:
            yield request.reject(number, f"a word of language {headword.language!r}")
        elif row.get("Equivalent"):
            yield _written(request, number, row, headword)
        else:
            yield from gloss_items(request, number, headword.text, headword.label, [row[description]])


def _written(request: ReadRequest, number: int, row: dict[str, str], headword: _Headword) -> Item:
    """Read a row of `write_cldf`, whose weight, place and licence stand in columns of their own."""
    try:
        weight, line = float(row.get("Weight") or 1), int(row.get("Line") or number)
    except ValueError:
        return request.reject(number, "weight or line is not a number")
    licence = request.licence_of(row.get("Licence", ""))
    origin = Origin(row.get("File") or request.path.name, line, licence, row.get("Label", ""))
    return LexiconEntry(
        row["Equivalent"], headword.text, upos(headword.label), weight, sense=row.get("Sense", ""), origin=origin
    )
