"""Pre-train inflect-mini: `python -m experiments.inflection_backbone --minutes M`; again, to go on; `--cool` to finish.

Each run goes on from resources/inflect_mini (weights in half precision, and their curve), which is all that another
machine needs; on the same one the optimiser goes on as well. Commit the folder after each run.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch

from experiments.inflection_backbone.card import write_card
from experiments.inflection_backbone.data import Material, Tagged, batches, gather, language_of, make_alphabet
from experiments.inflection_backbone.state import SHAPE, State, open_state, save_state
from experiments.study import say
from lexaug.inflection.alphabet import Alphabet
from lexaug.inflection.batches import make_batch
from lexaug.inflection.pointer import PointerLearner
from lexaug.inflection.run import accuracy

SEED = 0
RATE, WARM_UP, AVERAGING, CLIP = 1e-3, 300, 0.999, 1.0
"""Learning rate; steps in which it rises where the optimiser starts anew; share of the running mean kept per step."""
CHECK_MINUTES = 20.0
DEV_ROWS = 50
"""Rows of each dev split that a check scores; the last check of a run scores `DEV_ROWS_AT_END`."""
DEV_ROWS_AT_END = 300


def main() -> None:
    """Read the data, go on training for some CPU minutes, leave weights, curve and card."""
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    material = gather(DEV_ROWS_AT_END, SEED, arguments.only or ())
    state = open_state(arguments.output, make_alphabet(material), SEED)
    torch.manual_seed(SEED + state.curve.examples)
    alphabet = state.model.config.alphabet
    say(
        f"{material.rows:,} rows, {len(material.train)} files, {len(material.languages)} languages; "
        f"{state.model.num_parameters():,} weights; so far {state.curve.minutes:.0f} minutes, "
        f"{state.curve.examples:,} examples; the optimiser {'goes on' if state.warm else 'starts anew'}"
    )
    _train(state, material, alphabet, arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, required=True, help="CPU minutes of this run")
    parser.add_argument("--cool", action="store_true", help="let the rate fall to zero in this run: the last one")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", nargs="*", help="codes of the languages to use, for a trial")
    parser.add_argument("--output", type=Path, default=Path("resources/inflect_mini"))
    return parser.parse_args()


def _train(state: State, material: Material, alphabet: Alphabet, arguments: argparse.Namespace) -> None:
    random = np.random.default_rng([SEED, state.curve.examples])
    before, started = state.curve.minutes, time.process_time()
    start_examples, next_check, losses = state.curve.examples, CHECK_MINUTES, list[float]()
    for step, batch in enumerate(batches(material, alphabet, SHAPE.batch, [SEED, state.curve.examples])):
        spent = (time.process_time() - started) / 60
        warmth = 1.0 if state.warm else min(1.0, (step + 1) / WARM_UP)
        losses.append(_learn(state, batch, alphabet, _rate(spent / arguments.minutes, arguments.cool) * warmth, random))
        state.curve.examples += len(batch)
        state.curve.minutes = before + spent
        over = spent >= arguments.minutes
        if over or spent >= next_check:
            next_check += CHECK_MINUTES
            rate = (state.curve.examples - start_examples) / (60 * spent)
            _check(
                state, material, float(np.mean(losses)), rate, arguments.output, DEV_ROWS_AT_END if over else DEV_ROWS
            )
            losses.clear()
        if over:
            return


def _rate(done: float, cool: bool) -> float:
    return RATE * (max(0.0, 1 - done) if cool else 1.0)


def _learn(state: State, batch: list[Tagged], alphabet: Alphabet, rate: float, random: np.random.Generator) -> float:
    readings = []
    for found in batch:
        row = found.row
        hidden = row.lemma[int(random.integers(len(row.lemma)))] if random.random() < SHAPE.hidden else None
        readings.append(alphabet.read(row.lemma, row.bundle, row.form, language=found.language, hidden=hidden))
    for group in state.optimiser.param_groups:
        group["lr"] = rate
    state.model.train()
    loss = state.model(**make_batch(readings)).loss
    state.optimiser.zero_grad()
    loss.backward()
    weights = list(state.model.parameters())
    torch.nn.utils.clip_grad_norm_(weights, CLIP)
    state.optimiser.step()
    steps = state.curve.examples / SHAPE.batch
    kept = min(AVERAGING, 1 - 1 / (1 + steps / 10))
    torch._foreach_lerp_(state.mean, [weight.detach() for weight in weights], 1 - kept)
    return float(loss.detach())


def _check(state: State, material: Material, loss: float, rate: float, output: Path, rows: int) -> None:
    found = _scores(state, material, rows)
    mean = sum(found.values()) / len(found)
    check = {
        "minutes": round(state.curve.minutes, 1),
        "examples": state.curve.examples,
        "loss": round(loss, 4),
        "dev": round(mean, 2),
        "rows": rows,
        "examples_per_second": round(rate),
    }
    state.curve.checks.append(check)
    say(" ".join(f"{name} {value}" for name, value in check.items()))
    facts = {"seed": SEED, "rows": material.rows, "dev": {name: round(score, 1) for name, score in found.items()}}
    save_state(state, output, facts)
    write_card(output, state, material, facts["dev"])


def _scores(state: State, material: Material, rows: int) -> dict[str, float]:
    """Give the accuracy on dev of each source, with the mean weights."""
    weights = list(state.model.parameters())
    current = [weight.detach().clone() for weight in weights]
    _put(weights, state.mean)
    state.model.eval()
    found = {}
    for source, dev in material.dev.items():
        learner = PointerLearner(state.model, state.model.config.alphabet, language=language_of(source))
        found[f"{source.code} {source.year}"] = accuracy(learner, dev[:rows])
    _put(weights, current)
    return found


@torch.no_grad()
def _put(weights: list[torch.nn.Parameter], values: list[torch.Tensor]) -> None:
    for weight, value in zip(weights, values, strict=True):
        weight.copy_(value)


if __name__ == "__main__":
    main()
