"""How far a pack's facts meet each other and running English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lexaug.conllu import SUFFIXES, read_blocks
from lexaug.errors import FormatError
from lexaug.files import read_lines, resource
from lexaug.pack.pack import LanguagePack
from lexaug.pack.plain import words_of
from lexaug.pack.report import Coverage

FREQUENT = "english_frequent.txt"
UNCOUNTED = frozenset(("PUNCT", "SYM", "NUM", "PROPN", "X"))
"""What no lexicon is asked for: synthesis copies it."""


def measure_coverage(pack: LanguagePack, sources: Sequence[Path] = ()) -> Coverage:
    """Measure the shares of lexicon targets that the table knows and of English words that the lexicon knows.

    A target without part of speech is tried under the citation rules of every one: in a sentence, the English word's
    decides.

    Args:
        pack: the facts.
        sources: English whose words are counted as they run, CoNLL-U (by lemma) or plain text (as written); without any
            the shipped list of frequent content words, each once.

    """
    table, lexicon = pack.paradigms(), pack.lexicon()
    targets = {(entry.target, entry.pos) for entry in lexicon if " " not in entry.target}
    met = {
        (target, lemma)
        for target, pos in targets
        for tag in ([pos] if pos else ["", *pack.citation.by_pos])
        for lemma in pack.citation.candidates(target, tag)
        if lemma in table.lemmas
    }
    plain = {target for target, lemma in met if target == lemma}
    different = len({target for target, _ in targets}) if table.lemmas else 0
    words = [word for source in sources for word in _words(source)] if sources else list(_frequent())
    return Coverage(
        targets=len({target for target, _ in targets}),
        in_table=_share(len(plain), different),
        in_table_by_rules=_share(len({target for target, _ in met}), different),
        lemmas=len(table.lemmas),
        reached=_share(len(plain), len(table.lemmas)),
        reached_by_rules=_share(len({lemma for _, lemma in met}), len(table.lemmas)),
        english=lexicon.coverage(words) if words else None,
        english_words=len(words),
        english_source=", ".join(source.name for source in sources) or "frequent content words",
    )


def _frequent() -> Iterator[str]:
    for _, line in read_lines(resource(FREQUENT)):
        if not line.startswith("#"):
            yield from line.split()


def _words(source: Path) -> list[str]:
    words = list(_running(source))
    if not words:
        raise FormatError("holds no word to count", file=source, hint="give English text, or CoNLL-U")
    return words


def _running(source: Path) -> Iterator[str]:
    if source.suffix in SUFFIXES:
        for block in read_blocks(source):
            yield from (lemma for _, _, lemma, upos, *_ in block.rows if upos not in UNCOUNTED)
    else:
        for _, line in read_lines(source):
            yield from (word for word in words_of(line) if not any(map(str.isdigit, word)))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
