"""The sources that a pack is made of: files as given, and UniMorph's tables by the code of their language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lexaug.doubles import equal_files, equal_note, require_distinct
from lexaug.errors import MissingError
from lexaug.languages import language
from lexaug.lexicon.readers.cldf import metadata_file
from lexaug.morphology.download import fetch_unimorph, is_table_code

Given = tuple[Path, str | None]
Notice = Callable[[str], None]
UNIMORPH = "unimorph"


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a pack.

    `given` is the name by which it was asked for, `origin` where it comes from, "" where that is not known.
    """

    kind: str
    path: Path
    format: str | None
    given: str
    origin: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which a licence may be stated for it."""
        return str(self.path), self.path.name, self.given


def gather_sources(
    lexicons: Sequence[Given], paradigms: Sequence[Given], texts: Sequence[Path], notice: Notice
) -> list[Source]:
    """List all sources; a table that is asked for by language is found or downloaded, and `notice` is told which.

    It is also told which files of one kind hold the same.

    Raises:
        MissingError: UniMorph's table is neither there nor could be downloaded.
        ConfigError: the code is that of no language, or a file is given twice as a source of one kind.
        StateError: the folder for UniMorph's tables cannot be used.

    """
    kinds = (
        [Source("lexicon", path, form, str(path)) for path, form in lexicons],
        [source for path, form in paradigms for source in _tables(path, form, notice)],
        [Source("text", path, None, str(path)) for path in texts],
    )
    for sources in kinds:
        paths = [_described(source.path) for source in sources]
        require_distinct(paths)
        for pair in equal_files(paths):
            notice(equal_note(*pair))
    return [source for sources in kinds for source in sources]


def _described(path: Path) -> Path:
    """Give the one file that stands for a data set, which may be named by its folder as well."""
    return metadata_file(path) if path.is_dir() and len(list(path.glob("*-metadata.json"))) == 1 else path


def _tables(path: Path, form: str | None, notice: Notice) -> Iterator[Source]:
    code = str(path)
    if path.is_file() or not is_table_code(code):
        yield Source("paradigms", path, form, code)
        return
    if form != UNIMORPH:
        if path.exists():
            yield Source("paradigms", path, form, code)
            return
        raise MissingError(
            "no such file", file=path, hint=f"check the path; for UniMorph's table write {code}:{UNIMORPH}"
        )
    language(code)
    table = fetch_unimorph(code)
    done = "downloaded" if table.downloaded else "found on this computer"
    for file in table.files:
        notice(f"UniMorph table {code}: {done}, {file} ({table.origin})")
        yield Source("paradigms", file, form, code, table.origin)
