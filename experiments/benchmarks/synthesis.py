"""Synthesis with full morphology beside a plain re-implementation of word replacement; and its peak memory."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from experiments.benchmarks.measure import Figure, best_rates
from experiments.packs import make_pack
from lexaug.pack import load_pack
from lexaug.synthesis.source import SourceSentence, read_conllu
from lexaug.synthesis.synthesizer import build_synthesizer

SENTENCES = 6_000
SMALL, LARGE = 10_000, 1_000_000


def synthesis(data: Path) -> list[Figure]:
    """CoNLL-U in, pseudo-sentences out, one core: full morphology, and word replacement as the papers describe it."""
    english = _english(data)
    pack = load_pack(make_pack("sme", data))
    synthesizer = build_synthesizer(pack, mode="morph", seed=0)
    translations = defaultdict(list)
    for entry in pack.lexicon():
        translations[entry.source.lower()].append(entry.target)

    def ours() -> int:
        return sum(1 for sentence in islice(read_conllu(english), SENTENCES) if synthesizer(sentence) or True)

    def theirs() -> int:
        return sum(
            1 for sentence in islice(_plain_conllu(english), SENTENCES) if _replace(sentence, translations) or True
        )

    fast, slow = best_rates(ours, theirs)
    return [
        Figure("synthesis, full morphology", "sentences/s", fast, 2_000.0, "wanted rate", 1.0),
        Figure("synthesis, full morphology", "sentences/s", fast, slow, "plain word replacement", None),
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


def memory(data: Path) -> Figure:
    """Peak memory of writing a corpus from 10,000 and from 1,000,000 sentences, each in a process of its own."""
    small, large = (_peak(data, count) for count in (SMALL, LARGE))
    return Figure(
        "synthesis, peak memory", "MiB at 1M sentences", large, small, "at 10k sentences", None, "flat: near 1"
    )


def _peak(data: Path, count: int) -> float:
    command = (sys.executable, "-m", "experiments.benchmarks.synthesis", str(data), str(count))
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(answer.stdout.split()[-1])


def _repeated(english: Path, count: int) -> Iterator[SourceSentence]:
    """English sentences again and again under new ids, so that nothing remembered by id can help."""


def _english(data: Path) -> Path:
    return data / "english" / "UD_English-EWT" / "en_ewt-ud-train.conllu"
