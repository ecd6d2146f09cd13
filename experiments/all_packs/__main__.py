"""The same table for all packs, settings unchanged: `python -m experiments.all_packs [--part K/N] [--only CODE...]`.

What was measured of a cell is a committed file and is not measured again, so the study can be run in parts, on any
machine. `--settings` first chooses the systems' settings on the dev languages; `--part K/N` then trains and evaluates
every N-th cell, the first seed of all packs first; `--page` writes the page and names what is not measured yet.
"""

from __future__ import annotations

import argparse

from experiments.all_packs.jobs import DEV, PRESETS, SEEDS, Job, choose_settings, has
from experiments.all_packs.page import write
from experiments.packs import INGREDIENTS
from experiments.study import part_of


def main() -> None:
    """Train, evaluate, write docs/results/all_packs.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--settings", nargs="*", choices=list(DEV), help="choose settings on these dev languages")
    parser.add_argument("--part", default="", help="K/N: measure every N-th cell from the K-th, and write no page")
    parser.add_argument("--page", action="store_true", help="measure nothing: write the page from what there is")
    parser.add_argument("--only", nargs="*", default=sorted(INGREDIENTS), help="languages")
    parser.add_argument("--tasks", nargs="*", default=list(PRESETS), choices=list(PRESETS))
    parser.add_argument("--seeds", nargs="*", type=int, default=list(SEEDS))
    options = parser.parse_args()
    if options.settings is not None:
        choose_settings(options.settings or list(DEV))
        return
    jobs = [Job(code, task) for task in options.tasks for code in options.only if has(code, task)]
    if not options.page:
        for job, seed in part_of([(job, seed) for seed in options.seeds for job in jobs], options.part):
            job.measure(seed)
    if not options.part:
        write(jobs, options.seeds)


if __name__ == "__main__":
    main()
