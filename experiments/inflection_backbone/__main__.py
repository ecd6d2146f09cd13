"""Pre-train inflect-mini: `python -m experiments.inflection_backbone --minutes M`; again, to go on; `--cool` to finish.

Each run goes on from resources/inflect_mini (weights in half precision, and their curve), which is all that another
machine needs; on the same one the optimiser goes on as well. Commit the folder after each run. Minutes are those of one
CPU thread, or with `--device cuda`, which wants larger batches, of wall time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from experiments.inflection_backbone.card import write_card
from experiments.inflection_backbone.data import DEV_ROWS, SEED, Material, gather
from experiments.inflection_backbone.state import State, open_state, save_state
from experiments.inflection_backbone.store import disguised, model_input
from experiments.study import say
from lexaug.inflection.alphabet import PAD
from lexaug.inflection.pointer import LONGER
from lexaug.inflection.settings import InflectorSettings
from lexaug.inflection.train import SETTLED, put

WARM_UP, AVERAGING, CLIP = 300, 0.999, 1.0
"""Steps in which the rate rises where the optimiser starts anew; share of the running mean kept per step."""
CHECKED_ROWS = 50
"""Rows of each dev split that a check scores; the last check of a run scores all that are kept."""
SCORED = 512
"""Rows inflected at once."""
HIDDEN = InflectorSettings().hidden


def main() -> None:
    """Read the data, go on training for some minutes, leave weights, curve and card."""
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    torch.set_float32_matmul_precision("high")
    material = gather(arguments.only or ())
    device = torch.device(arguments.device)
    state = open_state(arguments.output, material.alphabet, SEED, device)
    torch.manual_seed(SEED + state.curve.examples)
    say(
        f"{len(material.train):,} rows, {len(material.sources)} files, {len(material.languages)} languages; "
        f"{state.model.num_parameters():,} weights; so far {state.curve.minutes:.0f} minutes, "
        f"{state.curve.examples:,} examples; the optimiser {'goes on' if state.warm else 'starts anew'}"
    )
    _Training(state, material, arguments, device).run()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, required=True, help="minutes of this run")
    parser.add_argument("--cool", action="store_true", help="let the rate fall to zero in this run: the last one")
    parser.add_argument("--device", default="cpu", help="cpu, or cuda")
    parser.add_argument("--batch", type=int, default=64, help="rows of a batch")
    parser.add_argument("--rate", type=float, default=1e-3, help="learning rate")
    parser.add_argument("--every", type=float, default=20.0, help="minutes from one check to the next")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", nargs="*", help="codes of the languages to use, for a trial")
    parser.add_argument("--output", type=Path, default=Path("resources/inflect_mini"))
    return parser.parse_args()


class _Training:
    """One run: steps, and checks of dev now and then."""

    def __init__(self, state: State, material: Material, arguments: argparse.Namespace, device: torch.device) -> None:
        self._state, self._material, self._arguments = state, material, arguments
        self._train, self._dev = material.train.to(device), material.dev.to(device)
        self._weights = list(state.model.parameters())
        self._clock: Callable[[], float] = time.process_time if device.type == "cpu" else time.monotonic
        self._losses: list[Tensor] = []
        self._before, self._began = state.curve.minutes, state.curve.examples
        self._started = self._clock()

    @property
    def _spent(self) -> float:
        return (self._clock() - self._started) / 60

    def run(self) -> None:
        """Train until the minutes are over."""
        curve, given = self._state.curve, self._arguments
        next_check = given.every
        for step, batch in enumerate(self._train.batches(given.batch, [SEED, curve.examples])):
            self._losses.append(self._learn(batch, self._rate(step)))
            curve.examples += len(batch["form"])
            spent = self._spent
            curve.minutes = self._before + spent
            if spent >= min(given.minutes, next_check):
                next_check += given.every
                self._check(DEV_ROWS if spent >= given.minutes else CHECKED_ROWS)
            if spent >= given.minutes:
                return

    def _rate(self, step: int) -> float:
        warmth = 1.0 if self._state.warm else min(1.0, (step + 1) / WARM_UP)
        left = max(0.0, 1 - self._spent / self._arguments.minutes) if self._arguments.cool else 1.0
        return float(self._arguments.rate * warmth * left)

    def _learn(self, batch: dict[str, Tensor], rate: float) -> Tensor:
        model, optimiser = self._state.model, self._state.optimiser
        alphabet = self._material.alphabet
        for group in optimiser.param_groups:
            group["lr"] = rate
        model.train()
        loss: Tensor = model(**model_input(disguised(batch, alphabet, HIDDEN), alphabet)).loss
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._weights, CLIP)
        optimiser.step()
        steps = self._state.curve.examples / len(batch["form"])
        kept = min(AVERAGING, 1 - 1 / (1 + steps / SETTLED))
        torch._foreach_lerp_(self._state.mean, [weight.detach() for weight in self._weights], 1 - kept)
        return loss.detach()

    def _check(self, rows: int) -> None:
        curve, given = self._state.curve, self._arguments
        seconds = 60 * self._spent
        found = self._scores(rows)
        check = {
            "minutes": round(curve.minutes, 1),
            "device": given.device,
            "batch": given.batch,
            "rate": given.rate,
            "examples": curve.examples,
            "loss": round(float(torch.stack(self._losses).mean()), 4),
            "dev": round(sum(found.values()) / len(found), 2),
            "rows": rows,
            "examples_per_second": round((curve.examples - self._began) / seconds),
        }
        curve.checks.append(check)
        self._losses.clear()
        say(" ".join(f"{name} {value}" for name, value in check.items()))
        facts = {
            "seed": SEED,
            "rows": len(self._train),
            "dev": {name: round(score, 1) for name, score in found.items()},
        }
        save_state(self._state, given.output, facts)
        write_card(given.output, self._state, self._material, facts["dev"])

    def _scores(self, rows: int) -> dict[str, float]:
        """Give the accuracy on dev of each source, with the mean weights."""
        current = [weight.detach().clone() for weight in self._weights]
        put(self._weights, self._state.mean)
        self._state.model.eval()
        counts, right = (torch.zeros(len(self._material.sources)) for _ in range(2))
        for sources, batch in self._dev.parts(SCORED, rows):
            counts.index_add_(0, sources, torch.ones(len(sources)))
            right.index_add_(0, sources, self._right(batch).float().cpu())
        put(self._weights, current)
        shares = (100 * right / counts).tolist()
        return {f"{x.code} {x.year}": share for x, share in zip(self._material.sources, shares, strict=True)}

    def _right(self, batch: dict[str, Tensor]) -> Tensor:
        """Tell which forms come out."""
        form = batch.pop("form")
        alphabet = self._material.alphabet
        extended = max(alphabet.size, int(batch["copies"].max()) + 1)
        longest = batch["copies"].shape[1] + LONGER
        written, _ = self._state.model.inflect(**model_input(batch, alphabet), extended=extended, longest=longest)
        width = max(written.shape[1], form.shape[1])
        same = [torch.nn.functional.pad(table, (0, width - table.shape[1]), value=PAD) for table in (written, form)]
        return (same[0] == same[1]).all(1)


if __name__ == "__main__":
    main()
