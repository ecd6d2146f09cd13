"""LoRA training in tokens per second: beside `transformers.Trainer` with peft, and beside the floor of the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict

from experiments.benchmarks.measure import Figure
from experiments.benchmarks.training_setup import Setup
from experiments.study import say

ROUNDS = 2
WANTED = 2.0
CORES = (1, 2)
TOKEN_MFLOP = 93.0
"""Floating-point operations of a training token through LoRA on all blocks, in millions: 45 forward, 48 backward."""
BLOCKS = 12

LEXAUG = tuple(Setup("lexaug", cores) for cores in CORES)
TRAINER = tuple(Setup("trainer", cores, grouped=grouped) for cores in CORES for grouped in (False, True))
PLAIN = tuple(Setup("trainer", cores, grouped=False, cut=False) for cores in CORES)
PRODUCTS = Setup("products", 1, seconds=5.0)
Rates = dict[Setup, float]


def training() -> list[Figure]:
    """Train on the tagging objectives without characters, each setup in turn in a process of its own."""
    load = os.getloadavg()[0]
    setups = (*LEXAUG, *TRAINER, *PLAIN, PRODUCTS)
    rounds = [{setup: _measure(setup) for setup in setups} for _ in range(ROUNDS)]
    rates: Rates = {setup: max(found[setup]["rate"] for found in rounds) for setup in setups}
    blocks = int(rounds[0][LEXAUG[0]]["depth"])
    busy = f"{ROUNDS} rounds; load before the run {load:.1f}"
    return [
        _against(rates, TRAINER, f"Trainer + peft, the same {blocks} blocks", WANTED, busy),
        _against(rates, PLAIN, f"Trainer + peft, all {BLOCKS} blocks run", None, busy),
        *(_floor(rates, setup, blocks) for setup in LEXAUG),
    ]


def _measure(setup: Setup) -> dict[str, float]:
    command = (sys.executable, "-m", "experiments.benchmarks.training_side", json.dumps(asdict(setup)))
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(answer.stdout.splitlines()[-1])
    say(f"{_name(setup)}: {found['rate']:,.1f}")
    return found


def _against(rates: Rates, theirs: tuple[Setup, ...], baseline: str, bar: float | None, busy: str) -> Figure:
    """Compare the best setups of both sides."""
    ours, other = (max(rates[setup] for setup in side) for side in (LEXAUG, theirs))
    each = ", ".join(f"{_name(setup)} {rates[setup]:,.0f}" for setup in (*LEXAUG, *theirs))
    return Figure("LoRA training, words + labels", "tokens/s", ours, other, baseline, bar, f"{each}; {busy}")


def _floor(rates: Rates, setup: Setup, blocks: int) -> Figure:
    """Compare with what the cores would reach if they did nothing but the needed matrix products."""
    token, speed = TOKEN_MFLOP * blocks / BLOCKS, rates[PRODUCTS]
    floor = setup.cores * speed * 1e3 / token
    note = f"{token:.0f} MFLOP a token in {blocks} of {BLOCKS} blocks; {speed:.0f} GFLOP/s a core in matrix products"
    name = f"LoRA training, share of the floor, {_name(setup)}"
    return Figure(name, "tokens/s", rates[setup], floor, "matrix products alone", None, note)


def _name(setup: Setup) -> str:
    if setup.side == "lexaug":
        return f"{setup.cores} process{'es' if setup.cores > 1 else ''}"
    threads = f"{setup.cores} thread{'s' if setup.cores > 1 else ''}"
    if setup.side == "products":
        return f"matrix products, GFLOP/s, {threads}"
    return f"Trainer {threads}{', like lengths' if setup.grouped else ''}{'' if setup.cut else ', all blocks'}"
