"""Leaks: what is to be scored and also stands in a pack's tables or texts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from lexaug.conllu import SUFFIXES, read_blocks
from lexaug.errors import FormatError, LeakError
from lexaug.files import read_lines
from lexaug.morphology.leaks import find_leaks
from lexaug.morphology.readers import read_table
from lexaug.morphology.row import spelling
from lexaug.pack.pack import LanguagePack
from lexaug.pack.plain import passage_keys, sentence_key, words_of

SHORTEST = 15
"""Letters of a sentence that can leak; shorter ones (greetings, headings) recur by themselves."""

SHOWN = 3
LONGEST_SHOWN = 50
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Leak:
    """What leaks of one held-out file: `leaked` of its `total` lemmas or sentences, some of them, the first's line."""

    file: str
    kind: str
    leaked: int
    total: int
    examples: tuple[str, ...]
    line: int | None = None

    @property
    def remedy(self) -> str:
        """Say what to do about it."""
        if self.kind == "lemmas":
            return "take the lemmas out of the table before synthesis or training"
        return "take the sentences out of the pack's texts"

    def __str__(self) -> str:
        """Say it in one line."""
        where = "tables" if self.kind == "lemmas" else "texts"
        shown = ", ".join(textwrap.shorten(example, LONGEST_SHOWN, placeholder=" …") for example in self.examples)
        return f"{self.leaked:,} of {self.total:,} held-out {self.kind} also stand in the pack's {where} ({shown})"


def find_pack_leaks(pack: LanguagePack, held_out: Sequence[Path]) -> tuple[Leak, ...]:
    """Compare held-out files with the pack; files without any leak are left out.

    An inflection table (UniMorph or SIGMORPHON) is compared by lemma with the pack's tables; CoNLL-U, `token tag` lines
    and plain text are compared by sentence, letters and digits only, with the pack's texts.

    Raises:
        LexaugError: a held-out file is not readable.

    """
    tables = [path for path in held_out if _is_table(path)]
    texts = [path for path in held_out if path not in tables]
    leaks = [_lemmas(pack, path) for path in tables] + _sentences(pack, texts)
    return tuple(leak for leak in leaks if leak.leaked)


def require_no_pack_leaks(pack: LanguagePack, held_out: Sequence[Path]) -> None:
    """Raise LeakError at the first held-out file that leaks."""
    for leak in find_pack_leaks(pack, held_out):
        raise LeakError(str(leak), file=leak.file, line=leak.line, hint=leak.remedy)


def _lemmas(pack: LanguagePack, path: Path) -> Leak:
    rows = read_table(path, lang=pack.language.code).rows
    leaked = find_leaks(pack.paradigms(), rows)
    spelt = {spelling(lemma) for lemma in leaked}
    first = next((row.line for row in rows if spelling(row.lemma) in spelt), None)
    return Leak(str(path), "lemmas", len(leaked), len({spelling(row.lemma) for row in rows}), leaked[:SHOWN], first)


def _sentences(pack: LanguagePack, paths: Sequence[Path]) -> list[Leak]:
    held = {path: _held_keys(path) for path in paths}
    found: dict[Path, dict[str, _Held]] = {path: {} for path in paths}
    for key in (key for line in pack.texts() for key in passage_keys(line)) if paths else ():
        for path, keys in held.items():
            if key in keys:
                found[path][key] = keys[key]
    return [_leak(path, tuple(found[path].values()), len(held[path])) for path in paths]


def _leak(path: Path, leaked: Sequence[_Held], total: int) -> Leak:
    shown = tuple(held.text for held in leaked[:SHOWN])
    return Leak(str(path), "sentences", len(leaked), total, shown, min((held.line for held in leaked), default=None))


class _Held(NamedTuple):
    """A held-out sentence and the line it begins on."""

    text: str
    line: int


_Sentence = tuple[int, Sequence[str]]


def _held_keys(path: Path) -> dict[str, _Held]:
    keys: dict[str, _Held] = {}
    for key, held in _keys(_held_sentences(path)):
        keys.setdefault(key, held)
    if not keys:
        hint = "give a file with text, or an inflection table"
        raise FormatError(f"holds no sentence of at least {SHORTEST} letters to look for", file=path, hint=hint)
    return keys


def _keys(sentences: Iterable[_Sentence]) -> Iterator[tuple[str, _Held]]:
    for line, words in sentences:
        key = sentence_key(words)
        if len(key) >= SHORTEST:
            yield key, _Held(" ".join(words), line)


def _held_sentences(path: Path) -> Iterator[_Sentence]:
    if path.suffix in SUFFIXES:
        return ((block.lines[0], block.forms) for block in read_blocks(path))
    lines = [line for _, line in read_lines(path)]
    return _tagged(lines) if _is_tagged(lines) else ((at, words_of(line)) for at, line in enumerate(lines, start=1))


def _is_table(path: Path) -> bool:
    """Tell an inflection table from text: most of its lines have three or four columns, and it reads as one."""
    if path.suffix in SUFFIXES:
        return False
    rows = [line for _, line in islice(read_lines(path), _SAMPLE) if line.strip()]
    if 2 * sum(line.count("\t") in (2, 3) for line in rows) <= len(rows):
        return False
    try:
        return bool(read_table(path, lang="und").rows)
    except FormatError:
        return False


def _is_tagged(lines: Sequence[str]) -> bool:
    """Tell `token tag` lines: two columns each, the second a tag in capitals."""
    rows = [line.split() for line in lines[:_SAMPLE] if line.strip()]
    return bool(rows) and sum(len(row) == 2 and row[1].isupper() and row[1].isalpha() for row in rows) > 0.9 * len(rows)


def _tagged(lines: Sequence[str]) -> Iterator[_Sentence]:
    sentence: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            sentence.append(line.split()[0])
        elif sentence:
            yield number - len(sentence), sentence
            sentence = []
