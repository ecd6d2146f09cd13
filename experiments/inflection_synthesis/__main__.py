"""What an inflector adds to synthesis: `python -m experiments.inflection_synthesis [--part K/N] [--page]`.

For each language the share of inserted content words that are inflected, how many held-out forms come out right, and
what that does to tagging, and to retrieval where there is bitext; without an inflector, with rules learnt from the
table, and with a trained model, which is trained first. What was measured of an adapter is a committed file and is not
measured again (with a model: of its very weights): `--part K/N` trains and evaluates every N-th, `--page` trains
nothing and writes the page from what is there.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import torch

from experiments.all_packs.jobs import PRESETS, SEEDS, Job, has
from experiments.all_packs.jobs import STUDY as ALL_PACKS
from experiments.inflection_synthesis.models import folder_of, train_model
from experiments.inflection_synthesis.page import write
from experiments.study import part_of
from lexaug.inflection.choice import NONE, RULES

STUDY = "inflection_synthesis"
LANGUAGES = ("sme", "swa", "kaz", "fao")


def main() -> None:
    """Measure what is asked for, write docs/results/inflection_synthesis.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="", help="K/N: measure every N-th adapter from the K-th, and write no page")
    parser.add_argument("--page", action="store_true", help="train nothing: write the page from what there is")
    parser.add_argument("--only", nargs="*", default=list(LANGUAGES), choices=LANGUAGES, help="languages")
    parser.add_argument("--tasks", nargs="*", default=list(PRESETS), choices=list(PRESETS))
    options = parser.parse_args()
    torch.set_num_threads(1)
    if not options.page:
        for code in options.only:
            train_model(code)
    jobs = [job for task in options.tasks for code in options.only if has(code, task) for job in _jobs(code, task)]
    if not options.page:
        for job, seed in part_of([(job, seed) for seed in SEEDS for job in jobs], options.part):
            job.measure(seed)
    if not options.part:
        write(jobs, SEEDS)


def _jobs(code: str, task: str) -> Sequence[Job]:
    """Give the ways of a language: without an inflector, the rules (as in the table of all packs), its model if any."""
    jobs = [Job(code, task, NONE, STUDY), Job(code, task, RULES, ALL_PACKS)]
    model = folder_of(code)
    return [*jobs, Job(code, task, str(model), STUDY)] if model.is_dir() else jobs


if __name__ == "__main__":
    main()
