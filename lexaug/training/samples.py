"""What one pass reads: fresh pseudo-sentences, English with gold labels, and real text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from lexaug.synthesis.example import PseudoExample
from lexaug.synthesis.source import SourceSentence
from lexaug.training.head import IGNORED
from lexaug.training.seeds import generator

if TYPE_CHECKING:
    from lexaug.training.student import Student

Synthesis = Callable[[SourceSentence, int], PseudoExample | None]
"""Makes the pseudo-sentence of a source sentence and a sample number."""

NO_SOURCE = -1


@dataclass(frozen=True, slots=True)
class Item:
    """One training sentence.

    `labels` has one label number per word (`IGNORED` for none). `source` numbers the English sentence whose teacher
    vectors the alignment (source word, word) points at, or is `NO_SOURCE`. `gaps`: some of its tokens
    are to be masked.
    """

    words: tuple[str, ...]
    labels: tuple[int, ...]
    source: int = NO_SOURCE
    alignment: tuple[tuple[int, int], ...] = ()
    gaps: bool = False


class Labels(Protocol):
    """Label numbers of real text, pass by pass."""

    def write(self, number: int, student: Student, sentences: Sequence[tuple[str, ...]]) -> None:
        """Let the student label the real sentences of a pass."""
        ...

    def read(self, number: int, sentences: Sequence[tuple[str, ...]]) -> list[tuple[int, ...]]:
        """Give one label number per word of the real sentences that a pass reads."""
        ...


@dataclass(frozen=True, slots=True)
class Samples:
    """Makes the items of each pass.

    Args:
        sources: the analysed source sentences.
        synthesis: makes a pseudo-sentence, or None where too little of a sentence can be translated.
        numbers: turns tags into label numbers.
        texts: real sentences of the language, as words.
        english_share: English sentences per pseudo-sentence.
        text_share: real sentences per source sentence.
        gaps: whether tokens of real text (of pseudo-sentences where there is none) are to be masked.
        versions: pseudo-sentences of each source sentence in a pass.
        fresh: whether each pass has new samples; otherwise the first ones come again.
        seed: decides which English and real sentences a pass reads.
        labels: of real text in the passes after the first; None where nothing labels it.

    """

    sources: Sequence[SourceSentence]
    synthesis: Synthesis
    numbers: Callable[[Sequence[str]], tuple[int, ...]]
    texts: Sequence[tuple[str, ...]]
    english_share: float
    text_share: float
    gaps: bool
    versions: int
    fresh: bool
    seed: int
    labels: Labels | None = None

    def of_pass(self, number: int) -> list[Item]:
        """Make the items of a pass, numbered from 0; the same for the same number."""
        first = number * self.versions if self.fresh else 0
        items = [item for version in range(self.versions) for item in self.pseudo(first + version)]
        english = self._draw("english", number, len(self.sources), round(self.english_share * len(items)))
        items += [self._english(place) for place in english]
        return items + self._real(number)

    def real_sentences(self, number: int) -> list[tuple[str, ...]]:
        """Draw the real sentences of a pass; none where it could learn nothing from them."""
        if not self.gaps and not self.labelled(number):
            return []
        wanted = round(self.text_share * len(self.sources) * self.versions)
        return [self.texts[place] for place in self._draw("text", number, len(self.texts), wanted)]

    def labelled(self, number: int) -> bool:
        """Tell whether the real sentences of a pass have labels: not before something has been learned."""
        return self.labels is not None and number > 0

    def pseudo(self, sample: int) -> list[Item]:
        """Make the pseudo-sentences of a sample number."""
        made = ((place, self.synthesis(sentence, sample)) for place, sentence in enumerate(self.sources))
        return [
            Item(
                example.target, self.numbers(example.upos), place, example.alignment, gaps=self.gaps and not self.texts
            )
            for place, example in made
            if example is not None
        ]

    def _english(self, place: int) -> Item:
        sentence = self.sources[place]
        return Item(sentence.tokens, self.numbers(sentence.upos))

    def _real(self, number: int) -> list[Item]:
        sentences = self.real_sentences(number)
        labels = [(IGNORED,) * len(words) for words in sentences]
        if self.labels is not None and self.labelled(number):
            labels = self.labels.read(number, sentences)
        return [Item(words, own, gaps=self.gaps) for words, own in zip(sentences, labels, strict=True)]

    def _draw(self, what: str, number: int, available: int, wanted: int) -> list[int]:
        order = generator(self.seed, what, number).permutation(available)
        return sorted(int(place) for place in order[:wanted])
