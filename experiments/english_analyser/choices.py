"""What the analyser is to choose among, counted in the training sentences, and the gold choices as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from lexaug.morphology.english.analysis import Analysis
from lexaug.morphology.english.inventory import Inventory, label_of
from lexaug.morphology.english.lemma_scripts import LemmaScript, script_for
from lexaug.morphology.english.network import Sizes

UNKNOWN = -100
"""Gold choice that is not in the inventory: the losses pass over it."""
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold choices of one sentence, one number per word."""

    labels: Numbers
    scripts: Numbers
    heads: Numbers
    deprels: Numbers


def count_choices(sentences: Sequence[Analysis], layers: tuple[int, ...], hidden: int, least: int) -> Inventory:
    """Take every label and script that occurs at least `least` times, and every relation."""
    labels = _frequent((label for s in sentences for label in _labels(s)), least)
    scripts = _frequent((script for s in sentences for script in _scripts(s)), least)
    deprels = _frequent((deprel for s in sentences for deprel in s.deprels), 1)
    sizes = Sizes(len(layers) * hidden, len(labels), len(scripts), len(deprels))
    return Inventory(labels, tuple(LemmaScript.parse(script) for script in scripts), deprels, layers, asdict(sizes))


def gold_choices(sentences: Iterable[Analysis], inventory: Inventory) -> list[Gold]:
    """Give the gold choices as numbers."""
    labels = {label: number for number, label in enumerate(inventory.labels)}
    scripts = {str(script): number for number, script in enumerate(inventory.scripts)}
    deprels = {deprel: number for number, deprel in enumerate(inventory.deprels)}
    return [
        Gold(
            np.array([labels.get(label, UNKNOWN) for label in _labels(sentence)]),
            np.array([scripts.get(script, UNKNOWN) for script in _scripts(sentence)]),
            np.array(sentence.heads),
            np.array([deprels.get(deprel, UNKNOWN) for deprel in sentence.deprels]),
        )
        for sentence in sentences
    ]


def _labels(sentence: Analysis) -> list[str]:
    return [label_of(upos, feats) for upos, feats in zip(sentence.upos, sentence.feats, strict=True)]


def _scripts(sentence: Analysis) -> list[str]:
    return [str(script_for(form, lemma)) for form, lemma in zip(sentence.tokens, sentence.lemmas, strict=True)]


def _frequent(names: Iterable[str], least: int) -> tuple[str, ...]:
    return tuple(name for name, count in Counter(names).most_common() if count >= least)
