"""A small lexicon file in one call."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from lexaug.lexicon import LexiconEntry, LexiconReading, Origin, read_lexicon
from lexaug.scripts import mixed_script

Read = Callable[..., LexiconReading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a text to a file of the given name and read it as a lexicon."""

    def write_and_read(name: str, text: str | bytes, kind: str | None = None, target: str = "swa", **more: str):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_lexicon(path, kind, target_lang=target, **more)

    return write_and_read


@pytest.fixture
def facts() -> Callable[[LexiconReading], list[tuple[str, str, str]]]:
    """Give the (source, target, part of speech) of a reading's entries."""
    return lambda reading: [(entry.source, entry.target, entry.pos) for entry in reading.entries]


@pytest.fixture
def reasons() -> Callable[[LexiconReading], list[tuple[int, str]]]:
    """Give the (line, reason) of a reading's rejections."""
    return lambda reading: [(rejection.line, rejection.reason) for rejection in reading.rejected]


@pytest.fixture(scope="session")
def entry_lists() -> st.SearchStrategy[list[LexiconEntry]]:
    """Lists of entries as readers give them: citation forms with odd characters, no fact twice."""
    sources = phrases("abküß\"',;()|#").filter(lambda text: not text.startswith(("a ", "the ", "to ")))
    origins = st.builds(
        Origin,
        file=st.sampled_from(["a.tsv", "b c.tei"]),
        line=st.integers(1, 10**9),
        licence=st.sampled_from(["LicenseRef-unknown", "CC-BY-4.0", "GPL-2.0-or-later OR (MIT AND X11)"]),
        label=st.sampled_from(["", "wiktionary", "two words"]),
    )
    entries = st.builds(
        LexiconEntry,
        source=sources,
        target=phrases("жчлӕኣक\"',;(|"),
        pos=st.sampled_from(["", "NOUN", "VERB", "X"]),
        weight=st.floats(0.001, 1000),
        sense=st.one_of(st.just(""), phrases("gl,\"'")),
        origin=origins,
    ).filter(lambda entry: not mixed_script(entry.target))
    return st.lists(entries, min_size=1, max_size=8, unique_by=lambda entry: (entry.source, entry.target, entry.pos))


def phrases(letters: str) -> st.SearchStrategy[str]:
    """One to three words of these letters, at least one of them a real letter."""
    words = st.text(st.sampled_from(letters), min_size=1, max_size=4)
    texts = st.lists(words, min_size=1, max_size=3).map(" ".join)
    return texts.filter(lambda text: any(map(str.isalnum, text)) and not text.isspace())
