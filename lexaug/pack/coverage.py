"""How far a pack's facts meet each other and running English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lexaug.files import read_lines, resource
from lexaug.pack.pack import LanguagePack
from lexaug.pack.plain import conllu_sentences, words_of
from lexaug.pack.report import Coverage
from lexaug.pack.safety import TREEBANKS

FREQUENT = "english_frequent.txt"
UNCOUNTED = frozenset(("PUNCT", "SYM", "NUM", "PROPN", "X"))
"""What no lexicon is asked for: synthesis copies it."""


def measure_coverage(pack: LanguagePack, source: Path | None = None) -> Coverage:
    """Measure the shares of lexicon targets that the table knows and of English words that the lexicon knows.

    Args:
        pack: the facts.
        source: English whose words are counted as they run, CoNLL-U (by lemma) or plain text (as written); without it
            the shipped list of frequent content words, each once.

    """
    table, lexicon = pack.paradigms(), pack.lexicon()
    targets = {(entry.target, entry.pos) for entry in lexicon if " " not in entry.target}
    different = {target for target, _ in targets}
    plain = {target for target in different if table.has(target)}
    by_rules = plain | {
        target
        for target, pos in targets
        if target not in plain and any(map(table.has, pack.citation.candidates(target, pos)))
    }
    words = list(_frequent() if source is None else _running(source))
    return Coverage(
        targets=len(different),
        in_table=_share(len(plain), len(different) if table else 0),
        in_table_by_rules=_share(len(by_rules), len(different) if table else 0),
        english=lexicon.coverage(words) if words else None,
        english_words=len(words),
        english_source=f"{len(words)} frequent English content words" if source is None else source.name,
    )


def _frequent() -> Iterator[str]:
    for _, line in read_lines(resource(FREQUENT)):
        if not line.startswith("#"):
            yield from line.split()


def _running(source: Path) -> Iterator[str]:
    if source.suffix in TREEBANKS:
        for sentence in conllu_sentences(source):
            yield from (word.lemma for word in sentence if word.upos not in UNCOUNTED)
    else:
        for _, line in read_lines(source):
            yield from (word for word in words_of(line) if not any(map(str.isdigit, word)))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
