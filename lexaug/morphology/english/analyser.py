"""The shipped English analyser: heads over a frozen encoder's word vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from lexaug.files import require_file, resource
from lexaug.morphology.english.analysis import Analysis
from lexaug.morphology.english.inventory import Inventory, parts_of
from lexaug.morphology.english.tokenizer import tokenize
from lexaug.morphology.english.tree import best_tree
from lexaug.morphology.english.word_shape import shape_features

if TYPE_CHECKING:
    from torch import Tensor

Encode = Callable[[list[list[str]]], list[npt.NDArray[np.float32]]]
"""Sentences as words → per sentence the word vectors [words, layers x hidden] of the layers of `needed_layers`."""

RESOURCE = "english_analyser"
INVENTORY = "inventory.json"
HEADS = "heads.safetensors"
SENTENCES_AT_ONCE = 512
"""Sentences encoded together: enough to batch them by length, few enough to stream."""
SENTENCES_PER_BATCH = 64


def needed_layers(folder: Path | None = None) -> tuple[int, ...]:
    """Name the encoder layers whose concatenated word vectors (mean over tokens) the analyser reads."""
    return Inventory.read((folder or resource(RESOURCE)) / INVENTORY).layers


def load_analyser(encode: Encode, folder: Path | None = None) -> EnglishAnalyser:
    """Load the analyser.

    Args:
        encode: gives the word vectors of the frozen offline backbone; see `needed_layers`.
        folder: where `inventory.json` and `heads.safetensors` lie; the shipped ones if not given.

    Raises:
        MissingError, FormatError: the files are not there or not of this kind.

    """
    from safetensors.torch import load_file

    from lexaug.morphology.english.network import AnalyserNetwork

    folder = folder or resource(RESOURCE)
    inventory = Inventory.read(folder / INVENTORY)
    network = AnalyserNetwork(inventory.network_sizes())
    weights = load_file(require_file(folder / HEADS))
    network.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
    return EnglishAnalyser(encode, inventory, network.eval().requires_grad_(False))


class EnglishAnalyser:
    """Analyses English: `analyser(lines)` for plain text, `analyse_words(sentences)` for text already split."""

    def __init__(self, encode: Encode, inventory: Inventory, network: Any) -> None:  # noqa: ANN401
        self._encode = encode
        self._inventory = inventory
        self._network = network
        self._labels = [parts_of(label) for label in inventory.labels]

    def __call__(self, lines: Sequence[str]) -> Iterator[Analysis]:
        """Analyse lines of plain text, one sentence each; empty lines are left out."""
        split = ((line.strip(), tokenize(line)) for line in lines)
        return self._stream((text, words) for text, words in split if words)

    def analyse_words(self, sentences: Sequence[Sequence[str]]) -> Iterator[Analysis]:
        """Analyse sentences given as words; empty ones are left out."""
        return self._stream((" ".join(words), list(words)) for words in sentences if words)

    def _stream(self, sentences: Iterator[tuple[str, list[str]]]) -> Iterator[Analysis]:
        while chunk := list(islice(sentences, SENTENCES_AT_ONCE)):
            vectors = self._encode([words for _, words in chunk])
            yield from self.analyse_vectors([text for text, _ in chunk], [words for _, words in chunk], vectors)

    def analyse_vectors(
        self, texts: Sequence[str], sentences: Sequence[Sequence[str]], vectors: Sequence[npt.NDArray[Any]]
    ) -> list[Analysis]:
        """Analyse sentences whose word vectors [words, layers x hidden] are known."""
        order = sorted(range(len(sentences)), key=lambda item: -len(sentences[item]))
        results: dict[int, Analysis] = {}
        for start in range(0, len(order), SENTENCES_PER_BATCH):
            group = order[start : start + SENTENCES_PER_BATCH]
            analyses = self._batch([sentences[item] for item in group], [vectors[item] for item in group])
            results |= {item: _analysis(texts[item], *columns) for item, columns in zip(group, analyses, strict=True)}
        return [results[item] for item in range(len(sentences))]

    def _batch(self, sentences: Sequence[Sequence[str]], vectors: Sequence[npt.NDArray[Any]]) -> Iterator[Any]:
        import torch

        with torch.inference_mode():
            scores = self._network(*batch_inputs(sentences, vectors, self._inventory.sizes["buckets"]))
            labels = scores.labels.argmax(-1).tolist()
            for row, words in enumerate(sentences):
                size = len(words)
                heads = best_tree(scores.arcs[row, :size, : size + 1].double().numpy())
                relations = self._network.relations(scores.dependents[row, :size], scores.heads[row, list(heads)])
                yield (
                    tuple(words),
                    self._lemmas(words, scores.scripts[row, :size].numpy()),
                    [self._labels[label] for label in labels[row][:size]],
                    heads,
                    self._deprels(heads, relations),
                )

    def _lemmas(self, words: Sequence[str], scores: npt.NDArray[np.float32]) -> tuple[str, ...]:
        """Apply the best script that fits each form; the form itself where none of the best does."""
        best = np.argsort(-scores, axis=1)[:, :20]
        return tuple(self._lemma(word, row) for word, row in zip(words, best, strict=True))

    def _lemma(self, word: str, best: npt.NDArray[np.intp]) -> str:
        fitting = (script for place in best if (script := self._inventory.scripts[place]).fits(word))
        return next((lemma for script in fitting if (lemma := script.apply(word))), word)

    def _deprels(self, heads: Sequence[int], relations: Tensor) -> tuple[str, ...]:
        """Choose relations: `root` for the root and for nothing else."""
        names = self._inventory.deprels
        relations[:, names.index("root")] = -1e9
        chosen = relations.argmax(-1).tolist()
        return tuple("root" if head == 0 else names[place] for head, place in zip(heads, chosen, strict=True))


def _analysis(
    text: str,
    tokens: tuple[str, ...],
    lemmas: tuple[str, ...],
    labels: Sequence[tuple[str, dict[str, str]]],
    heads: tuple[int, ...],
    deprels: tuple[str, ...],
) -> Analysis:
    upos, feats = zip(*labels, strict=True)
    return Analysis(tokens, lemmas, upos, tuple(dict(values) for values in feats), heads, deprels, text)


def batch_inputs(
    sentences: Sequence[Sequence[str]], vectors: Sequence[npt.NDArray[Any]], buckets: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Make the network's inputs of sentences in order of falling length: vectors, shapes, offsets, lengths."""
    import torch
    from torch.nn.utils.rnn import pad_sequence

    shapes = [shape_features(word, buckets) for words in sentences for word in words]
    offsets = np.cumsum([0, *(len(features) for features in shapes)])[:-1]
    return (
        pad_sequence([torch.from_numpy(np.asarray(rows, np.float32)) for rows in vectors], batch_first=True),
        torch.tensor([number for features in shapes for number in features]),
        torch.from_numpy(offsets),
        torch.tensor([len(words) for words in sentences]),
    )
