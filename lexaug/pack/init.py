"""Making a pack: sources are read once to see that they are usable, copied, and described."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from lexaug.errors import ConfigError, MissingError
from lexaug.files import atomic_folder, resource
from lexaug.languages import LanguageSpec, language
from lexaug.lexicon.formats import FORMATS as LEXICON_FORMATS
from lexaug.lexicon.readers.cldf import metadata_file
from lexaug.licences import check_licence
from lexaug.morphology.readers import FORMATS as TABLE_FORMATS
from lexaug.pack.description import FILE_NAME, LexiconSource, TableSource
from lexaug.pack.init_source import Given, Notice, Source, gather_sources
from lexaug.pack.load import load_pack
from lexaug.pack.pack import ENGLISH, LanguagePack
from lexaug.pack.read import read_pack_lexicon, read_pack_table, read_text
from lexaug.pack.safety import files_of, require_bounded, require_learnable
from lexaug.registry import suggest, unknown

FOLDERS = {"lexicon": "lexicons", "paradigms": "paradigms", "text": "texts"}


def init_pack(
    code: str,
    *,
    lexicons: Sequence[Given] = (),
    paradigms: Sequence[Given] = (),
    texts: Sequence[Path] = (),
    licences: Mapping[str, str] | str,
    output: Path,
    name: str = "",
    notice: Notice = lambda _: None,
) -> LanguagePack:
    """Make a pack folder from sources, which are copied into it, and from the shipped grammar of the language.

    Args:
        code: ISO 639-3 code of the language.
        lexicons: (file or CLDF folder, format or None to find it out) of each bilingual lexicon.
        paradigms: (file, format or None) of each inflection table; train splits only. A language code that is no file,
            with the format `unimorph`, is the table that UniMorph has of it: from `$UNIMORPH`, else downloaded.
        texts: files of real text.
        licences: SPDX expression by file (its path as given, or its name) or code; under "" the one of all other files.
            A text alone is the licence of all files.
        output: the folder to make; it must not exist or be empty.
        name: the pack's name, by default the language's.
        notice: is told where a table that was asked for by code came from.

    Raises:
        ConfigError: the code, a format or a licence is unknown, a source has none, a table is a dev or test split.
        FormatError: a source does not hold what its format promises.
        MissingError, UnsafeError: a source is not there, could not be downloaded, or is too large.
        StateError: the folder exists already or could not be written; nothing is left behind.

    """
    spec = language(code)
    if code == ENGLISH:
        raise ConfigError("the pack's language is English, which lexaug translates from", hint="give the other code")
    if not (lexicons or paradigms or texts):
        raise ConfigError("a pack needs at least one source", hint="--lexicon FILE, --paradigms FILE or --text FILE")
    given = gather_sources(lexicons, paradigms, texts, notice)
    stated = _licences(given, {"": licences} if isinstance(licences, str) else licences)
    formats = [_check(source, spec, licence) for source, licence in zip(given, stated, strict=True)]
    with atomic_folder(output) as folder:
        head: dict[str, Any] = {"language": code, "name": name or spec.name, "version": "1"}
        for source, form, licence in zip(given, formats, stated, strict=True):
            entry = {"file": _copy(source, folder), "format": form, "licence": licence, "origin": source.origin}
            head.setdefault(source.kind, []).append({key: value for key, value in entry.items() if value})
        (folder / FILE_NAME).write_text(_description(head, spec), encoding="utf-8")
        load_pack(folder)
    return load_pack(output)


def _licences(given: Sequence[Source], stated: Mapping[str, str]) -> list[str]:
    """Give the licence of each source; every statement must be valid and name a source."""
    names = {name for source in given for name in source.names}
    for name, expression in stated.items():
        check_licence(expression)
        if name and name not in names:
            near = suggest(name, {source.path.name for source in given})
            raise ConfigError(
                f"--license names {name!r}, which is no source", hint=f"did you mean {near!r}?" if near else None
            )
    found = []
    for source in given:
        licence = next(filter(None, (stated.get(name) for name in (*source.names, ""))), None)
        if not licence:
            hint = f"--license SPDX for all, or --license {source.path.name}=SPDX; LicenseRef-unknown if it states none"
            raise ConfigError("no licence is stated for this source", file=source.path, hint=hint)
        found.append(check_licence(licence))
    return found


def _check(source: Source, spec: LanguageSpec, licence: str) -> str | None:
    """Read a source to its end and give its format."""
    path = require_bounded(source.path)
    require_learnable(path, source.kind)
    _require_format(source)
    if source.kind == "lexicon":
        described = LexiconSource(file=path.absolute().name, format=source.format, licence=licence)
        return read_pack_lexicon(path, described, spec.code, ()).reading.format or source.format
    if source.kind == "paradigms":
        table = TableSource(file=path.absolute().name, format=source.format, licence=licence)
        read_pack_table(path, table, spec.code, strict=False)
        return source.format
    for _ in read_text(path):
        pass
    return None


def _require_format(source: Source) -> None:
    """Refuse a format that is none of those of the source's kind."""
    formats = LEXICON_FORMATS if source.kind == "lexicon" else TABLE_FORMATS
    if source.format is not None and source.format not in formats:
        fault = unknown("format", source.format, formats)
        raise ConfigError(fault.message, file=source.path, hint=fault.hint)


def _copy(source: Source, folder: Path) -> str:
    """Copy a source into the pack and give its name there: the file's own, which may tell direction and split."""
    if source.path.is_dir() or source.format == "cldf" or source.path.name.endswith("-metadata.json"):
        return _copy_data_set(metadata_file(source.path), folder)
    target = _free(folder / FOLDERS[source.kind], source.path.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source.path, target)
    return target.relative_to(folder).as_posix()


def _copy_data_set(metadata: Path, folder: Path) -> str:
    target = _free(folder / FOLDERS["lexicon"], metadata.resolve().parent.name)
    for file in files_of(metadata.parent):
        if file.suffix in (".csv", ".bib") or file == metadata:
            copy = target / file.relative_to(metadata.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
    return (target / metadata.name).relative_to(folder).as_posix()


def _free(folder: Path, name: str) -> Path:
    """Give a path of that name that is not taken: in the folder, else in a numbered one inside it."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / str(number) / name
    return path


def _description(head: Mapping[str, Any], spec: LanguageSpec) -> str:
    """Put the sources and the shipped grammar, with its comments, into one description."""
    grammar = _grammar(spec)
    text = f"{tomli_w.dumps(dict(head))}\n{grammar}"
    if tomllib.loads(text) != {**head, **tomllib.loads(grammar)}:
        raise ConfigError(f"the shipped grammar of {spec.code} is not a list of tables", hint="reinstall lexaug")
    return text


def _grammar(spec: LanguageSpec) -> str:
    """Give the text of the language's shipped grammar, else of its macrolanguage's, else none."""
    for code in filter(None, (spec.code, spec.macrolanguage)):
        try:
            return resource(f"grammars/{code}.toml").read_text(encoding="utf-8")
        except MissingError:
            continue
    return ""
