"""Random draws that depend on seed, sentence, sample, purpose and word alone: never on order or processes.

One BLAKE2b hash per sentence gives its state; each draw is a SplitMix64 step (Steele, Lea & Flood 2014, OOPSLA) of it.
"""

from __future__ import annotations

from enum import IntEnum
from hashlib import blake2b

_MASK = (1 << 64) - 1
_PURPOSE_STEP = 0xD1342543DE82EF95
_INDEX_STEP = 0x9E3779B97F4A7C15


class Purpose(IntEnum):
    """What a draw decides; draws of different purposes are independent."""

    LEMMA = 1
    CELL = 2
    WORD = 3
    ADPOSITION = 4
    PRODROP = 5
    NUMBER = 6
    CONSTRUCTION = 7


def sentence_state(seed: int, sentence: str, sample: int) -> int:
    """Hash (seed, what tells the sentence from others, sample) into 64 bits."""
    return int.from_bytes(blake2b(f"{seed}\0{sample}\0{sentence}".encode(), digest_size=8).digest(), "little")


def draw(state: int, purpose: int, index: int) -> float:
    """Draw uniformly from [0, 1) for one purpose at one word."""
    mixed = (state + purpose * _PURPOSE_STEP + index * _INDEX_STEP) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((mixed ^ (mixed >> 31)) >> 11) * 2.0**-53
