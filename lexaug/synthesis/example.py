"""What synthesis makes: a pseudo-sentence whose every token says where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PseudoExample:
    """A source sentence and its pseudo-translation.

    `alignment` holds (source index, target index) pairs in order of the target. `ops` and `upos` have one item per
    target token: how it came (`lexaug.synthesis.ops`) and the UPOS tag projected from its source word. `coverage` is
    the share (0-1) of the source's words (punctuation, numerals and names aside) that the lexicon could translate.
    """

    id: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    alignment: tuple[tuple[int, int], ...]
    ops: tuple[str, ...]
    upos: tuple[str, ...]
    coverage: float
