"""The batches of a pass, whole or the part of each that one of several processes works on."""

from __future__ import annotations

from dataclasses import dataclass

from lexaug.training.batch import TokenizedWords, tokenize_words
from lexaug.training.batches import Batch, Batcher, plan, token_lengths
from lexaug.training.samples import Item, Samples
from lexaug.training.seeds import generator
from lexaug.training.student import Student


@dataclass(frozen=True, slots=True)
class _Pass:
    number: int
    items: list[Item]
    tokenized: list[TokenizedWords]
    groups: list[list[int]]


class PassReader:
    """Makes the batches of one pass after the other; the same for the same numbers.

    Args:
        samples: makes the items of a pass.
        batcher: turns items into a batch.
        tokens_per_batch: padded tokens of a batch at most.
        seed: decides order and dropped characters.

    """

    def __init__(self, samples: Samples, batcher: Batcher, tokens_per_batch: int, seed: int) -> None:
        self._samples = samples
        self._batcher = batcher
        self._tokens_per_batch = tokens_per_batch
        self._seed = seed
        self._open: _Pass | None = None

    def label(self, number: int, student: Student) -> None:
        """Let the student label the real text of a pass, where that is to be learned from; before the pass is read."""
        labels = self._samples.labels
        if labels is not None and self._samples.labelled(number):
            labels.write(number, student, self._samples.real_sentences(number))

    def count(self, number: int) -> int:
        """Count the batches of a pass."""
        return len(self._pass(number).groups)

    def batch(self, number: int, place: int, part: int = 0, parts: int = 1) -> tuple[Batch | None, float]:
        """Make a part of a batch, and say what share of the batch's sentences it holds (None and 0 for no sentence)."""
        now = self._pass(number)
        group = now.groups[place]
        chosen = group[part::parts]
        if not chosen:
            return None, 0.0
        random = generator(self._seed, "batch", number, place, part)
        batch = self._batcher.make([now.items[i] for i in chosen], [now.tokenized[i] for i in chosen], random)
        return batch, len(chosen) / len(group)

    def _pass(self, number: int) -> _Pass:
        if self._open is None or self._open.number != number:
            items = self._samples.of_pass(number)
            tokenized = tokenize_words(self._batcher.tokenizer, [item.words for item in items])
            lengths = token_lengths(tokenized, self._batcher.max_length)
            groups = plan(lengths, self._tokens_per_batch, generator(self._seed, "order", number))
            self._open = _Pass(number, items, tokenized, groups)
        return self._open
