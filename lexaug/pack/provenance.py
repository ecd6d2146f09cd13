"""What of a pack goes into what is learned from it: every source with its licence, origin and fingerprint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lexaug.files import fingerprint, fingerprint_json, inside
from lexaug.pack.safety import files_of

if TYPE_CHECKING:
    from lexaug.pack.description import TextSource
    from lexaug.pack.pack import LanguagePack


def describe_data(pack: LanguagePack) -> list[dict[str, str]]:
    """List the used sources: kind, name, licence, origin, SHA-256.

    Rows of a lexicon that state a licence of their own stand as a source of their own, as in the pack's `licence`.
    """
    return [*_lexicons(pack), *_others(pack)]


def _lexicons(pack: LanguagePack) -> Iterator[dict[str, str]]:
    for read in pack.read_lexicons:
        for name, licence in read.licences().items():
            yield _entry(pack, "lexicon", name, licence, read.source)


def _others(pack: LanguagePack) -> Iterator[dict[str, str]]:
    for table in pack.read_tables:
        yield _entry(pack, "paradigms", table.source.file, table.source.licence, table.source)
    for source in pack.used_texts():
        yield _entry(pack, "text", source.file, source.licence, source)


def _entry(pack: LanguagePack, kind: str, name: str, licence: str, source: TextSource) -> dict[str, str]:
    path = inside(pack.path, source.file)
    digest = fingerprint(path) if path.is_file() else fingerprint_json([fingerprint(file) for file in files_of(path)])
    return {"kind": kind, "name": name, "licence": licence, "origin": source.origin, "sha256": digest}
