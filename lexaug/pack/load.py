"""Loading a pack: its description is checked at once, its files are read when they are needed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from lexaug.described import Description, read_description
from lexaug.doubles import HINT, find_double, twice
from lexaug.errors import ConfigError, LexaugError, MissingError
from lexaug.files import inside, require_file
from lexaug.languages import LanguageSpec, language
from lexaug.lexicon import CitationRules
from lexaug.lexicon.formats import FORMATS as LEXICON_FORMATS
from lexaug.licences import UNKNOWN, check_licence, is_excluded
from lexaug.morphology.grammar import Grammar
from lexaug.morphology.readers import FORMATS as TABLE_FORMATS
from lexaug.pack.description import FILE_NAME, PackDescription, TextSource
from lexaug.pack.pack import LanguagePack
from lexaug.pack.safety import require_bounded, require_learnable
from lexaug.registry import unknown


def load_pack(path: Path, *, strict: bool = False, exclude_licences: Collection[str] = ()) -> LanguagePack:
    """Load a pack.

    Args:
        path: its folder, or the `pack.toml` in it.
        strict: whether an unknown feature tag is an error when the tables are read.
        exclude_licences: licences, or families such as "GPL", whose sources and rows are left out.

    Raises:
        MissingError: the folder, its `pack.toml` or a file it names is not there.
        UnsafeError: a file lies outside the folder or is too large.
        ConfigError: the description is not usable: no TOML, a misspelt key, an unknown language, format or licence, a
            dev or test split among the tables, one file twice. File, line and remedy are given.

    """
    folder = path.parent if path.name == FILE_NAME else path
    if folder.is_file():
        raise MissingError("is a file, a pack is a folder", file=path, hint="lexaug pack init makes one")
    if not folder.is_dir():
        raise MissingError("no such pack", file=path, hint="lexaug pack init makes one")
    text = read_description(folder / FILE_NAME)
    description = text.validate(PackDescription)
    for kind, place, source in description.sources():
        _check_source(text, kind, place, source)
    for kind, sources in description.kinds():
        _check_distinct(text, kind, [source.file for source in sources])
    for name in (*exclude_licences, *description.exclude_licences):
        _check_excluded(text, name)
    return LanguagePack(
        folder,
        description,
        language=_language(text, description.language),
        grammar=Grammar.parse(description.grammar, file=text.path, line=text.line),
        citation=CitationRules.parse(description.citation, file=text.path, line=text.line),
        strict=strict,
        exclude_licences=exclude_licences,
    )


def reload_pack(path: Path, strict: bool, exclude_licences: Collection[str]) -> LanguagePack:
    """Load a pack again in another process."""
    return load_pack(path, strict=strict, exclude_licences=exclude_licences)


def _check_source(text: Description, kind: str, place: int, source: TextSource) -> None:
    """Check a source's path, name, format and licence, telling faults at its lines of `pack.toml`."""
    folder = text.path.parent
    line = text.line((kind, place, "file"))
    try:
        path = inside(folder, source.file)
        require_bounded(path)
        if kind != "lexicon":
            require_file(path)
    except LexaugError as fault:
        message = f"{source.file}: {fault.message}" if isinstance(fault, MissingError) else fault.message
        raise type(fault)(message, file=text.path, line=line, hint=fault.hint) from None
    require_learnable(path, kind, file=text.path, line=line)
    check_licence(source.licence, file=text.path, line=text.line((kind, place, "licence")))
    formats = LEXICON_FORMATS if kind == "lexicon" else TABLE_FORMATS
    name = getattr(source, "format", None)
    if name is not None and name not in formats:
        raise _moved(unknown("format", name, formats), text, text.line((kind, place, "format")))


def _check_distinct(text: Description, kind: str, names: Sequence[str]) -> None:
    if (found := find_double([text.path.parent / name for name in names])) is not None:
        first, second = found
        message = f"{names[second]} {twice(Path(names[first]), Path(names[second]))}"
        raise ConfigError(message, file=text.path, line=text.line((kind, second, "file")), hint=HINT)


def _check_excluded(text: Description, name: str) -> None:
    try:
        is_excluded(UNKNOWN, [name])
    except ConfigError as fault:
        raise _moved(fault, text, text.line(("exclude_licences",))) from None


def _language(text: Description, code: str) -> LanguageSpec:
    try:
        return language(code)
    except ConfigError as fault:
        raise _moved(fault, text, text.line(("language",))) from None


def _moved(fault: ConfigError, text: Description, line: int | None) -> ConfigError:
    return ConfigError(fault.message, file=text.path, line=line, hint=fault.hint)
