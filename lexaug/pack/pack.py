"""A language pack: described facts, read when they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from lexaug.files import fingerprint, fingerprint_json, inside
from lexaug.languages import LanguageSpec
from lexaug.lexicon import CitationRules, Lexicon
from lexaug.licences import Whole, combine, is_excluded
from lexaug.morphology.grammar import Grammar
from lexaug.morphology.table import ParadigmTable
from lexaug.pack.description import PackDescription, TextSource
from lexaug.pack.read import ReadLexicon, ReadParadigms, read_pack_lexicon, read_pack_table, read_text
from lexaug.pack.safety import files_of

ENGLISH = "eng"
Source = TypeVar("Source", bound=TextSource)


class LanguagePack:
    """The facts of one language; files are read at the first call that needs them and then kept.

    Args:
        path: the pack's folder.
        description: its checked `pack.toml`.
        language: the language of its code.
        grammar: its `[grammar]` table.
        citation: its `[citation]` table.
        strict: whether an unknown feature tag is an error.
        exclude_licences: licences, or families of them, whose sources and rows are left out.

    """

    def __init__(
        self,
        path: Path,
        description: PackDescription,
        *,
        language: LanguageSpec,
        grammar: Grammar,
        citation: CitationRules,
        strict: bool = False,
        exclude_licences: Collection[str] = (),
    ) -> None:
        self.path = path
        self.description = description
        self.language = language
        self.grammar = grammar
        self.citation = citation
        self.strict = strict
        self.exclude_licences = tuple(sorted({*exclude_licences, *description.exclude_licences}))

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary as a path: the facts are read again there."""
        from lexaug.pack.load import reload_pack

        return reload_pack, (self.path, self.strict, self.exclude_licences)

    @property
    def name(self) -> str:
        """The pack's name, by default its language's."""
        return self.description.name or self.language.name

    def lexicon(self) -> Lexicon:
        """Give all lexicons as one: weights of facts on which several agree add up.

        Raises:
            LexaugError: a file is not readable, with place and remedy.

        """
        return self._lexicon

    def paradigms(self) -> ParadigmTable:
        """Give all tables as one.

        Raises:
            LexaugError: a file is not readable, with place and remedy.

        """
        return self._paradigms

    def texts(self) -> Iterator[str]:
        """Stream the lines of real text that hold something; errors as in `text_lines`."""
        return (text for _, _, text in self.text_lines())

    def text_lines(self) -> Iterator[tuple[Path, int, str]]:
        """Stream the same lines, each with its file and number.

        Raises:
            LexaugError: a file is not readable, with place and remedy.

        """
        for source in self.used_texts():
            path = inside(self.path, source.file)
            yield from ((path, number, text) for number, text in read_text(path))

    def left_out(self) -> list[tuple[str, TextSource]]:
        """List (kind, source) of the sources that are left out whole, by their licence."""
        sources = [(kind, source) for kind, _, source in self.description.sources()]
        return [(kind, source) for kind, source in sources if not self._used([source])]

    def used_texts(self) -> list[TextSource]:
        """List the text sources that no excluded licence covers."""
        return self._used(self.description.text)

    @cached_property
    def read_lexicons(self) -> tuple[ReadLexicon, ...]:
        """What each used lexicon file gave."""
        return tuple(
            read_pack_lexicon(inside(self.path, source.file), source, self.language.code, self.exclude_licences)
            for source in self._used(self.description.lexicon)
        )

    @cached_property
    def read_tables(self) -> tuple[ReadParadigms, ...]:
        """What each used table gave."""
        return tuple(
            read_pack_table(inside(self.path, source.file), source, self.language.code, strict=self.strict)
            for source in self._used(self.description.paradigms)
        )

    @cached_property
    def whole(self) -> Whole:
        """The licence of everything that is used, from files and rows."""
        sources = {
            source.file: source.licence for source in self._used((*self.description.paradigms, *self.description.text))
        }
        for lexicon in self.read_lexicons:
            sources |= lexicon.licences()
        return combine(sources)

    @property
    def licence(self) -> str:
        """SPDX expression of the whole."""
        return self.whole.licence

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the description, of what is left out and of every file used."""
        used = self._used([source for _, _, source in self.description.sources()])
        hashes = [
            [fingerprint(file) for file in files_of(_hashed(inside(self.path, source.file), source))] for source in used
        ]
        return fingerprint_json([self.description.model_dump(mode="json"), list(self.exclude_licences), hashes])

    def as_json(self) -> dict[str, object]:
        """Give the JSON object of `lexaug pack show`."""
        described = self.description.model_dump(mode="json", exclude_none=True)
        return {
            "path": str(self.path),
            "language": self.language.code,
            "language_name": self.language.name,
            "name": self.name,
            "version": self.description.version,
            "licence": self.licence,
            "fingerprint": self.fingerprint,
            "exclude_licences": list(self.exclude_licences),
            **{key: described[key] for key in ("lexicon", "paradigms", "text", "grammar", "citation")},
        }

    @cached_property
    def _lexicon(self) -> Lexicon:
        parts = [Lexicon(ENGLISH, self.language.code, read.entries) for read in self.read_lexicons]
        return parts[0].merge(*parts[1:]) if parts else Lexicon(ENGLISH, self.language.code, ())

    @cached_property
    def _paradigms(self) -> ParadigmTable:
        return ParadigmTable(self.language.code, (row for read in self.read_tables for row in read.rows))

    def _used(self, sources: Collection[Source]) -> list[Source]:
        return [source for source in sources if not is_excluded(source.licence, self.exclude_licences)]


def _hashed(path: Path, source: TextSource) -> Path:
    """Give what a source is made of: the folder, where its file only describes the tables beside it."""
    return path.parent if getattr(source, "format", None) == "cldf" and path.is_file() else path
