"""XML dictionaries as a stream of small records, safe against entity bombs and external entities."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from lexaug.errors import FormatError, UnsafeError
from lexaug.files import require_file

CHUNK = 1 << 16
MAX_RECORD_CHARACTERS = 1 << 20
"""A record with more text is refused, so that one unclosed element cannot fill the memory."""
MAX_DEPTH = 200


@dataclass(slots=True)
class Element:
    """One element: its name without prefix, attributes, its record's first line, and its text and children in order."""

    name: str
    attributes: dict[str, str]
    line: int
    content: list[str | Element] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """Iterate over the direct children."""
        return (part for part in self.content if isinstance(part, Element))

    def children(self, *names: str) -> Iterator[Element]:
        """Iterate over the direct children of these names, in order."""
        return (part for part in self.content if isinstance(part, Element) and part.name in names)

    def descendants(self, *names: str) -> Iterator[Element]:
        """Iterate over all elements of these names below this one, in order."""
        for part in self.content:
            if isinstance(part, Element):
                if part.name in names:
                    yield part
                yield from part.descendants(*names)

    def text(self) -> str:
        """Join all text below, with white space made single spaces."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        for part in self.content:
            if isinstance(part, Element):
                yield from part._pieces()
            else:
                yield part


def read_records(path: Path, root: str, record: str, *, within: str = "") -> Iterator[Element]:
    """Stream the elements named `record`, those inside an element `within` only if that is given.

    A document type may be named but is not fetched; HTML's entity names are known without it.

    Raises:
        FormatError: the file is not well-formed, its root is not `root`, it is nested too deep or a record is too long.
        UnsafeError: the file declares entities of its own.

    """
    parsing = _Parsing(path, root, record, within)
    with require_file(path).open("rb") as stream:
        while True:
            chunk = stream.read(CHUNK)
            parsing.feed(chunk, final=not chunk)
            yield from parsing.finished()
            if not chunk:
                return


class _Parsing:
    """The state of one pass over an XML file."""

    def __init__(self, path: Path, root: str, record: str, within: str) -> None:
        self._path, self._root, self._record, self._within = path, root, record, within
        self._names: list[str] = []
        self._open: list[Element] = []
        self._done: list[Element] = []
        self._size = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped

    def feed(self, chunk: bytes, *, final: bool) -> None:
        """Parse the next bytes of the file."""
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as fault:
            raise FormatError(
                f"not well-formed XML: {expat.ErrorString(fault.code)}",
                file=self._path,
                line=fault.lineno,
                column=fault.offset + 1,
                hint="is the file complete and UTF-8?",
            ) from None

    def finished(self) -> list[Element]:
        """Hand over the records that are complete."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if not self._names and name != self._root:
            self._fail(f"the root element is <{name}>, not <{self._root}>", "name the right format")
        if len(self._names) >= MAX_DEPTH:
            self._fail(f"elements are nested deeper than {MAX_DEPTH}", "is this a dictionary?")
        if self._open or (name == self._record and (not self._within or self._within in self._names)):
            line = self._open[0].line if self._open else self._parser.CurrentLineNumber
            element = Element(name, attributes, line)
            if self._open:
                self._open[-1].content.append(element)
            self._open.append(element)
        self._names.append(name)

    def _end(self, _: str) -> None:
        self._names.pop()
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._done.append(element)
                self._size = 0

    def _characters(self, text: str) -> None:
        if self._open:
            self._size += len(text)
            if self._size > MAX_RECORD_CHARACTERS:
                self._fail(
                    f"a record holds more than {MAX_RECORD_CHARACTERS:,} characters", "is an element not closed?"
                )
            self._open[-1].content.append(text)

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._characters(html.unescape(f"&{name};"))

    def _entity(self, name: str, *_: object) -> None:
        raise UnsafeError(
            f"the XML declares the entity {name!r}",
            file=self._path,
            line=self._parser.CurrentLineNumber,
            hint="write the text out and remove the declarations",
        )

    def _fail(self, message: str, hint: str) -> None:
        raise FormatError(message, file=self._path, line=self._parser.CurrentLineNumber, hint=hint)
