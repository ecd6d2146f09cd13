"""Train the shipped English analyser on UD English-EWT and measure it: `python -m experiments.english_analyser`.

About 13 CPU minutes on one core: 8.5 for the heads, the rest for word vectors, those of train kept in the cache.
`--score` measures the shipped files without training.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path

import numpy.typing as npt
import torch

from experiments.english_analyser.choices import count_choices, gold_choices
from experiments.english_analyser.report import Run, write_report
from experiments.english_analyser.score import accuracies, raw_text_f1
from experiments.english_analyser.train import Sentence, Settings, train_heads
from experiments.english_analyser.treebank import read_treebank, treebank_file
from experiments.english_analyser.vectors import word_vectors
from lexaug.files import atomic_file
from lexaug.morphology.english.analyser import HEADS, INVENTORY, load_analyser, needed_layers
from lexaug.morphology.english.analysis import Analysis
from lexaug.training.backbone import Backbone, load_backbone
from lexaug.training.encode import encode_words

LAYERS = (2, 6, 10)
"""Chosen on dev among (2, 6, 10) and (4, 8, 12)."""
LEAST = 2
"""A label or lemma script must occur this often in training."""
ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("LEXAUG_DATA", ROOT.parent / "shared" / "data"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train (unless told only to score), measure, write the report."""
    parser = argparse.ArgumentParser(prog="experiments.english_analyser", description=__doc__)
    parser.add_argument("--treebank", type=Path, default=DATA / "english" / "UD_English-EWT")
    parser.add_argument("--output", type=Path, default=ROOT / "resources" / "english_analyser")
    parser.add_argument("--report", type=Path, default=ROOT / "docs" / "results" / "english_analyser.md")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--score", action="store_true", help="measure what lies in the output folder, train nothing")
    asked = parser.parse_args(arguments)
    backbone = load_backbone(threads=1)
    settings = Settings(seed=asked.seed)
    if not asked.score:
        train(backbone, read_treebank(treebank_file(asked.treebank, "train")), settings, asked.output)
    runs = [measure(backbone, asked.treebank, split, asked.output) for split in ("dev", "test")]
    write_report(asked.report, asked.output, settings, runs)


def train(backbone: Backbone, sentences: Sequence[Analysis], settings: Settings, output: Path) -> None:
    """Train the heads and write `inventory.json` and `heads.safetensors` (float16)."""
    from safetensors.torch import save_file

    inventory = replace(count_choices(sentences, LAYERS, backbone.hidden_size, LEAST), backbone=backbone.weights_hash)
    vectors = _by_sentence(word_vectors(backbone, sentences, LAYERS), sentences)
    gold = gold_choices(sentences, inventory)
    examples = [
        Sentence(sentence.tokens, rows, choices)
        for sentence, rows, choices in zip(sentences, vectors, gold, strict=True)
    ]
    start = time.process_time()
    network = train_heads(examples, inventory, settings)
    print(f"heads trained in {time.process_time() - start:.0f} CPU seconds")
    inventory.write(output / INVENTORY)
    weights = {name: tensor.to(torch.float16).contiguous() for name, tensor in network.state_dict().items()}
    with atomic_file(output / HEADS) as temporary:
        save_file(weights, temporary)
    for name in (HEADS, INVENTORY):
        (output / name).chmod(0o644)


def measure(backbone: Backbone, treebank: Path, split: str, folder: Path) -> Run:
    """Score the analyser on a split: on gold words, and on plain text with its own words."""
    gold = read_treebank(treebank_file(treebank, split))
    layers = needed_layers(folder)
    analyser = load_analyser(
        lambda words: encode_words(backbone.model, backbone.tokenizer, words, layers=layers), folder
    )
    start = time.process_time()
    found = list(analyser.analyse_words([sentence.tokens for sentence in gold]))
    seconds = time.process_time() - start
    raw = list(analyser([sentence.text for sentence in gold]))
    return Run(split, len(gold), accuracies(gold, found), raw_text_f1(gold, raw), seconds)


def _by_sentence(vectors: npt.NDArray, sentences: Sequence[Analysis]) -> list[npt.NDArray]:
    ends = accumulate((len(sentence.tokens) for sentence in sentences), initial=0)
    return [vectors[start:end] for start, end in pairwise(ends)]


if __name__ == "__main__":
    main()
