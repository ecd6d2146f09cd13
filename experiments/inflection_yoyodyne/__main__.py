"""Beside yoyodyne: `python -m experiments.inflection_yoyodyne --python BENCH/bin/python`; again, to go on.

Yoyodyne has an environment of its own, since it is needed for this study alone:

    python -m venv BENCH
    BENCH/bin/pip install -c constraints.txt torch yoyodyne==0.5.27
    BENCH/bin/pip uninstall -y torchvision torchaudio

(the last two come as its requirements, are not used, and their usual builds do not load beside a torch for CPUs).
`LEXAUG_YOYODYNE` may name the interpreter instead of `--python`. First yoyodyne is tuned on dev, then both sides are
measured, taking turns. What is measured is passed over: commit docs/results after each run. With `--part K/N`, for N
processes at once, runs on two threads are left for a run without it, on an idle machine.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence

import torch

from experiments.inflection_cells import work_through
from experiments.inflection_yoyodyne.page import write_page
from experiments.inflection_yoyodyne.plan import PLAN, Plan
from experiments.inflection_yoyodyne.runs import Run, Yoyodyne
from experiments.study import part_of, say

WAIT, LONGEST_WAIT = 5.0, 1_000.0
"""Seconds between looks whether other parts have finished a step of the tuning, and those that a part waits at most."""


def main() -> None:
    """Tune and measure until the time is over, then write the page."""
    arguments = _arguments()
    torch.set_num_threads(1)
    plan = Plan(PLAN.folder, Yoyodyne(PLAN.theirs.folder, arguments.python))
    if not arguments.page:
        if not arguments.python:
            raise SystemExit("yoyodyne's interpreter is needed: --python PATH or LEXAUG_YOYODYNE (see the docstring)")
        _work(plan, arguments.part, arguments.until)
    write_page(plan)


def _work(plan: Plan, part: str, until: float) -> None:
    started = time.monotonic()

    def left() -> float:
        return until - (time.monotonic() - started) / 60

    while runs := plan.tuning():
        if not work_through(part_of(runs, part), left(), plan.theirs):
            return
        if not _others_finish(plan, runs, min(LONGEST_WAIT, 60 * left())):
            say("the other parts have not finished this step of the tuning: run again")
            return
    cells = [cell for cell in plan.cells() if not part or not isinstance(cell, Run) or cell.threads == 1]
    work_through(part_of(cells, part), left(), plan)


def _others_finish(plan: Plan, runs: Sequence[Run], seconds: float) -> bool:
    """Wait until a step of the tuning is over; tells whether it is."""
    until = time.monotonic() + seconds
    while not all(plan.theirs.found(run) for run in runs):
        if time.monotonic() > until:
            return False
        time.sleep(WAIT)
    return True


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=os.environ.get("LEXAUG_YOYODYNE", ""), metavar="PATH")
    parser.add_argument("--until", type=float, default=1e9, metavar="MINUTES", help="start nothing that ends later")
    parser.add_argument("--part", default="", metavar="K/N", help="every N-th run from the K-th")
    parser.add_argument("--page", action="store_true", help="write the page only")
    return parser.parse_args()


if __name__ == "__main__":
    main()
