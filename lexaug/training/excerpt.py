"""A few of the pseudo-sentences that an adapter learned from, kept with it so that anyone can judge them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lexaug.training.material import Material

SENTENCES = 5
SHORTEST, LONGEST = 4, 20
"""Words of a sentence that is kept: enough to show something, and to be read at a glance."""


def excerpt(material: Material) -> list[dict[str, list[str]]]:
    """Give the first pseudo-sentences of readable length: English words, words, and how each word came."""
    return list(islice(_readable(material), SENTENCES))


def _readable(material: Material) -> Iterator[dict[str, list[str]]]:
    for sentence in material.sources:
        example = material.synthesis(sentence, 0)
        if example is not None and SHORTEST <= len(example.target) <= LONGEST and not _addressed(example.source):
            yield {"source": list(example.source), "target": list(example.target), "ops": list(example.ops)}


def _addressed(words: tuple[str, ...]) -> bool:
    """Tell a sentence with addresses or paths in it: they are no language, and may be somebody's."""
    return any("/" in word or "@" in word for word in words)
