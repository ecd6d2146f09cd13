"""Synthesis with full morphology beside a plain re-implementation of word replacement, on one core."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from experiments.benchmarks.measure import Figure, best_rates
from experiments.packs import ENGLISH, make_pack
from lexaug.pack import load_pack
from lexaug.synthesis import build_synthesizer, read_conllu

SENTENCES = 12_000
WANTED = 2_000.0


def synthesis() -> list[Figure]:
    """Read CoNLL-U and make pseudo-sentences: ours with full morphology, theirs as plain replacement of lemmas."""
    treebank = ENGLISH / "en_ewt-ud-train.conllu"
    pack = load_pack(make_pack("sme"))
    synthesizer = build_synthesizer(pack, mode="morph", seed=0)
    translations: dict[str, list[str]] = defaultdict(list)
    for entry in pack.lexicon():
        translations[entry.source.lower()].append(entry.target)

    def ours() -> int:
        return len([synthesizer(sentence) for sentence in islice(read_conllu(treebank), SENTENCES)])

    def theirs() -> int:
        return len([_replace(sentence, translations) for sentence in islice(_plain_conllu(treebank), SENTENCES)])

    fast, plain = best_rates(ours, theirs)
    name = "synthesis, full morphology, CoNLL-U read"
    return [
        Figure(name, "sentences/s", fast, WANTED, "wanted", 1.0),
        Figure(name, "sentences/s", fast, plain, "plain word replacement", None),
    ]


def _plain_conllu(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Read (token, lemma) of each sentence with as little code as will do."""
    words: list[tuple[str, str]] = []
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line == "\n":
                yield words
                words = []
            elif line[0].isdigit():
                columns = line.split("\t")
                if columns[0].isdigit():
                    words.append((columns[1], columns[2]))


def _replace(sentence: list[tuple[str, str]], translations: dict[str, list[str]]) -> list[str]:
    return [random.choice(found) if (found := translations.get(lemma.lower())) else token for token, lemma in sentence]
