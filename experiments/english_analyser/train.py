"""Training of the analyser's heads on cached word vectors."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence

from experiments.english_analyser.choices import UNKNOWN, Gold
from lexaug.morphology.english.analyser import batch_inputs
from lexaug.morphology.english.inventory import Inventory
from lexaug.morphology.english.network import AnalyserNetwork


@dataclass(frozen=True, slots=True)
class Settings:
    """How the heads are trained."""

    passes: int = 8
    words_per_batch: int = 1000
    learning_rate: float = 2e-3
    weight_decay: float = 0.01
    warmup: float = 0.05
    dropout: float = 0.33
    average: float = 0.995
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A training sentence: its words, their vectors [words, width] and the gold choices."""

    words: tuple[str, ...]
    vectors: npt.NDArray[np.float16]
    gold: Gold


def train_heads(sentences: Sequence[Sentence], inventory: Inventory, settings: Settings) -> AnalyserNetwork:
    """Train with AdamW under a warm-up and cosine schedule; the result is the running average of the weights."""
    torch.manual_seed(settings.seed)
    network = AnalyserNetwork(inventory.network_sizes(), settings.dropout)
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(settings.average)
    )
    batches = [list(_batches(sentences, settings, number)) for number in range(settings.passes)]
    optimizer = torch.optim.AdamW(
        network.parameters(), settings.learning_rate, betas=(0.9, 0.95), weight_decay=settings.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, settings.learning_rate, total_steps=sum(map(len, batches)), pct_start=settings.warmup
    )
    network.train()
    for number, plan in enumerate(batches, 1):
        start, losses = time.monotonic(), []
        for batch in plan:
            loss = _loss(network, [sentences[item] for item in batch], inventory)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(network)
            losses.append(float(loss.detach()))
        seconds = time.monotonic() - start
        print(f"pass {number}: loss {np.mean(losses):.3f}, {seconds:.0f} s", file=sys.stderr, flush=True)
    averaged: Any = average.module
    return averaged.eval().requires_grad_(False)


def _batches(sentences: Sequence[Sentence], settings: Settings, number: int) -> Iterator[list[int]]:
    """Give sentences of like length together, longest first within a batch, the batches in random order."""
    dice = random.Random(f"{settings.seed} {number}")
    order = sorted(range(len(sentences)), key=lambda item: (-len(sentences[item].words), dice.random()))
    cuts, words = [0], 0
    for place, item in enumerate(order):
        words += len(sentences[item].words)
        if words >= settings.words_per_batch:
            cuts.append(place + 1)
            words = 0
    plan = [order[start:end] for start, end in pairwise([*cuts, len(order)]) if end > start]
    dice.shuffle(plan)
    yield from plan


def _loss(network: AnalyserNetwork, batch: Sequence[Sentence], inventory: Inventory) -> Tensor:
    inputs = batch_inputs([s.words for s in batch], [s.vectors for s in batch], inventory.sizes["buckets"])
    labels, scripts, heads, deprels = (
        pad_sequence([torch.from_numpy(getattr(s.gold, name)) for s in batch], batch_first=True, padding_value=UNKNOWN)
        for name in ("labels", "scripts", "heads", "deprels")
    )
    scores = network(*inputs)
    inside = heads != UNKNOWN
    rows = torch.arange(len(batch))[:, None].expand_as(heads)[inside]
    relations = network.relations(scores.dependents[inside], scores.heads[rows, heads[inside]])
    return (
        cross_entropy(scores.labels[inside], labels[inside], ignore_index=UNKNOWN)
        + cross_entropy(scores.scripts[inside], scripts[inside], ignore_index=UNKNOWN)
        + cross_entropy(scores.arcs[inside], heads[inside])
        + cross_entropy(relations, deprels[inside], ignore_index=UNKNOWN)
    )
