"""Analysed source sentences, read from CoNLL-U or made of plain text by an analyser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final, NoReturn

from lexaug.conllu import COLUMNS, SUFFIXES, Block, read_blocks
from lexaug.errors import ConfigError, FormatError
from lexaug.files import read_lines
from lexaug.lexicon.pos import UPOS
from lexaug.morphology.english.analysis import Analyser, Analysis
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.ud import from_ud

_IDS: Final = tuple(str(number) for number in range(1, 10_001))
_LONGEST_NUMBER: Final = len(_IDS[-1])
_ANALYSED_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """One analysed sentence; all tuples have one item per syntactic word.

    `heads` are 1-based as in CoNLL-U (0 is the root); `bundles` hold the UniMorph bundle of the word's UD features.
    """

    id: str
    tokens: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    bundles: tuple[FeatureBundle, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    text: str


def read_sources(
    paths: Sequence[Path], *, analyser: Analyser | None = None, limit: int | None = None
) -> Iterator[SourceSentence]:
    """Stream the sentences of several files: `.conllu` as they are, anything else as text, one sentence a line.

    Args:
        paths: the files, read in this order.
        analyser: what analyses plain text.
        limit: stop after so many sentences.

    Raises:
        ConfigError: a file is plain text and there is no analyser.
        FormatError: as `read_conllu` and `read_lines` do; or CoNLL-U under a name of plain text.

    """
    return islice((sentence for path in paths for sentence in _read(path, analyser)), limit)


def nothing_made(count: int, paths: Sequence[Path]) -> ConfigError:
    """Give the error that says why so many sentences of some files became no pseudo-sentence."""
    file = paths[0] if len(paths) == 1 else None
    if not count:
        return ConfigError("the source holds no sentence", file=file, hint="give English sentences")
    message = f"no sentence of {count:,} has enough words that the lexicon translates"
    return ConfigError(message, file=file, hint="is the source English? does the lexicon have its everyday words?")


def read_conllu(path: Path) -> Iterator[SourceSentence]:
    """Stream the analysed sentences of a CoNLL-U file.

    Raises:
        FormatError: as `read_blocks`; or ids do not count up, a head is no word, heads go in a circle, a tag is
            unknown.

    """
    for count, block in enumerate(read_blocks(path), start=1):
        yield _sentence(block, block.id or f"{path.stem}-{count}", path)


def _read(path: Path, analyser: Analyser | None) -> Iterator[SourceSentence]:
    if path.suffix in SUFFIXES:
        yield from read_conllu(path)
        return
    if analyser is None:
        raise ConfigError("plain text needs an analyser", file=path, hint="give CoNLL-U, or load the English analyser")
    lines = _plain(path)
    number = 0
    while batch := list(islice(lines, _ANALYSED_AT_ONCE)):
        for found in analyser(batch):
            number += 1
            yield _from_analysis(found, f"{path.stem}-{number}")


def _plain(path: Path) -> Iterator[str]:
    for number, line in read_lines(path):
        if line.startswith("1\t") and line.count("\t") == COLUMNS - 1:
            raise FormatError("is CoNLL-U, not plain text", file=path, line=number, hint="end its name in .conllu")
        if text := line.strip():
            yield text


def _from_analysis(found: Analysis, name: str) -> SourceSentence:
    bundles = tuple(map(from_ud, found.upos, found.feats))
    return SourceSentence(name, found.tokens, found.lemmas, found.upos, bundles, found.heads, found.deprels, found.text)


@lru_cache(maxsize=100_000)
def _bundle(upos: str, feats: str) -> FeatureBundle:
    pairs = (item.partition("=") for item in feats.split("|") if "=" in item)
    return from_ud(upos, {key: value for key, _, value in pairs})


def _sentence(block: Block, name: str, path: Path) -> SourceSentence:
    ids, tokens, lemmas, upos, _, feats, heads, deprels, _, _ = zip(*block.rows, strict=True)
    try:
        governors = tuple(map(int, heads))
    except ValueError:
        _reject(block, path)
    if (
        ids != _IDS[: len(ids)]
        or max(governors) > len(ids)
        or min(governors) < 0
        or not UPOS.issuperset(upos)
        or _in_circle(governors)
    ):
        _reject(block, path)
    if "_" in lemmas:
        lemmas = tuple(token.lower() if lemma == "_" else lemma for lemma, token in zip(lemmas, tokens, strict=True))
    bundles = tuple(map(_bundle, upos, feats))
    return SourceSentence(name, tokens, lemmas, upos, bundles, governors, deprels, block.text or " ".join(tokens))


def _in_circle(heads: Sequence[int]) -> int:
    """Give a word from which the way up leads back to itself, 0 where there is none."""
    walks = [0] * (len(heads) + 1)
    for start in range(1, len(heads) + 1):
        word = start
        while word and not walks[word]:
            walks[word] = start
            word = heads[word - 1]
        if word and walks[word] == start:
            return word
    return 0


def _reject(block: Block, path: Path) -> NoReturn:
    count = len(block.rows)
    for number, (row, line) in enumerate(zip(block.rows, block.lines, strict=True), start=1):
        if row[0] != str(number):
            _fail(f"word id {row[0]} where {number} was due", path, line)
        if not row[6].isdecimal() or len(row[6]) > _LONGEST_NUMBER or int(row[6]) > count:
            hint = "the file must be parsed: every word needs a head"
            _fail(f"head {row[6]!r} is no word of this sentence", path, line, hint)
        if row[3] not in UPOS:
            _fail(f"{row[3]!r} is no UPOS tag", path, line)
    if word := _in_circle([int(row[6]) for row in block.rows]):
        _fail(f"the heads above word {word} go in a circle", path, block.lines[word - 1], "mend the parse")
    _fail(f"sentence is longer than {len(_IDS)} words", path, block.lines[0], "split it")


def _fail(message: str, path: Path, line: int, hint: str = "is this CoNLL-U of Universal Dependencies?") -> NoReturn:
    raise FormatError(message, file=path, line=line, hint=hint)
