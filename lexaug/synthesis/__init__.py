"""From analysed English sentences to pseudo-sentences of another language, and to corpora of them."""

from lexaug.synthesis.example import PseudoExample
from lexaug.synthesis.source import SourceSentence, read_conllu, read_sources
from lexaug.synthesis.synthesizer import MODES, Synthesizer, build_synthesizer

__all__ = [
    "MODES",
    "PseudoExample",
    "SourceSentence",
    "Synthesizer",
    "build_synthesizer",
    "read_conllu",
    "read_sources",
]
