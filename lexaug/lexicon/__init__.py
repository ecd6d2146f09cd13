"""Bilingual lexicons: entries, the store, and readers and writers for the formats lexicons come in."""

from lexaug.lexicon.citation import CitationRules
from lexaug.lexicon.entry import LexiconEntry, Origin
from lexaug.lexicon.reading import LexiconReading, read_lexicon
from lexaug.lexicon.store import Lexicon
from lexaug.lexicon.writing import write_tsv
from lexaug.lexicon.writing_cldf import write_cldf

__all__ = [
    "CitationRules",
    "Lexicon",
    "LexiconEntry",
    "LexiconReading",
    "Origin",
    "read_lexicon",
    "write_cldf",
    "write_tsv",
]
