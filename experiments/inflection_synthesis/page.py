"""The page of the study: shares, accuracy on held-out lemmas, tagging and retrieval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from operator import attrgetter
from typing import Any

from experiments.all_packs.jobs import Job
from experiments.all_packs.page import SYSTEMS
from experiments.inflection_synthesis.held_out import EVERY, FORMS, held_out
from experiments.inflection_synthesis.models import ROWS, STEPS
from experiments.outcomes import Measured, join
from experiments.packs import make_pack
from experiments.study import RETRIEVAL_SENTENCES, SENTENCES, say, table, tally, write_result
from lexaug.evaluation.inflection_report import rounded
from lexaug.evaluation.statistics import Outcome, delta
from lexaug.inflection.choice import INFLECTORS, NONE
from lexaug.inflection.trust import ENOUGH_RIGHT
from lexaug.pack import load_pack
from lexaug.synthesis import ops

WAYS = (ops.CELL, ops.DERIVED, ops.NEAREST, ops.RULES, ops.MODEL)
"""Ways in which a word can come to be inflected."""


def write(jobs: Sequence[Job], seeds: Sequence[int]) -> None:
    """Write docs/results/inflection_synthesis.md: everything but the adapters is measured here."""
    ways = {_name(job): job for job in jobs}.values()  # a way is the same in every task
    shares = {job: _shares(job) for job in ways}
    accuracy = {job: _accuracy(job) for job in ways if job.inflector != NONE}
    missing = [f"{_name(job)} {job.task} ({seed})" for job in jobs for seed in seeds if not job.measured([seed])]
    text = [
        "# Inflecting what the table lacks\n",
        "Command: `python -m experiments.inflection_synthesis`. `none` leaves a lemma that the table does not have as "
        "it is, `rules` are learnt from the table (docs/synthesis.md), `model` is an adapter on the shipped backbone "
        f"({STEPS:,} steps, at most {ROWS:,} rows of three of every five lemmas of the table); the packs are those of "
        "all_packs.md.\n",
        "## Content words inflected\n",
        "Inserted content words (NOUN, VERB, ADJ, ADV) in per cent by how they came, first 2,000 sentences of UD "
        "English-EWT train, seed 1; `inflected` is the sum of all ways but the bare word.\n",
        table(["pack", "inflector", "n", "inflected", *WAYS, "bare"], [_share_row(*found) for found in shares.items()]),
        "## Held-out lemmas\n",
        f"Every {EVERY}th lemma of the table is taken out of it; the inflector and its threshold see none of them. At "
        f"most {FORMS:,} of their forms are asked for; of those that the inflector is sure enough of, so many are "
        f"right (wanted when the threshold was chosen: {ENOUGH_RIGHT:.0%}; intervals are 95% bootstraps by lemma). "
        "`bare` is how many of all forms the lemma itself is.\n",
        table(
            ["pack", "inflector", "pos", "forms", "lemmas", "believed", "right of these", "95% interval", "bare"],
            [_accuracy_row(job, figures) for job, found in accuracy.items() for figures in found],
        ),
        "## Tagging and retrieval\n",
        f"As in all_packs.md: {SENTENCES:,} sentences, per cent of words, for retrieval {RETRIEVAL_SENTENCES:,}, per "
        "cent of sentences; means over the seeds that both ways are measured with; the difference is to `none`, with "
        "its 95% paired bootstrap over sentences.\n",
        table(
            ["pack", "task", "seeds", "system", "none", "inflector", "with it", "difference"],
            _compared(jobs, seeds),
        ),
        "Not measured yet: " + (", ".join(missing) or "nothing") + ".\n",
    ]
    data: dict[str, Any] = {"shares": {_name(job): found for job, found in shares.items()}}
    data["held_out"] = {_name(job): found for job, found in accuracy.items()}
    write_result("inflection_synthesis", "\n".join(text), data)


def _name(job: Job) -> str:
    return f"{job.code} {_way(job)}"


def _way(job: Job) -> str:
    return job.inflector if job.inflector in INFLECTORS else "model"


def _shares(job: Job) -> dict[str, int]:
    """Count content words by their way."""
    say(f"words of {_name(job)}")
    by_upos = tally(job.code, job.inflector).as_json()["ops_by_upos"]
    found = [by_upos.get(upos, {}) for upos in sorted(ops.CONTENT)]
    return {op: sum(counts.get(op, 0) for counts in found) for op in (*WAYS, ops.LEXICON)}


def _share_row(job: Job, counts: Mapping[str, int]) -> list[str]:
    total = sum(counts.values())
    inflected = total - counts[ops.LEXICON]
    shares = [f"{100 * count / total:.1f}" for count in (inflected, *counts.values())]
    return [job.code, _way(job), f"{total:,}", *shares]


def _accuracy(job: Job) -> list[dict[str, Any]]:
    say(f"held-out lemmas of {_name(job)}")
    return [asdict(found) for found in held_out(load_pack(make_pack(job.code)).paradigms(), job.inflector)]


def _accuracy_row(job: Job, found: Mapping[str, Any]) -> list[str]:
    right = found["right"]
    scored = [f"{right['value']:.1f}", f"[{right['low']:.1f}, {right['high']:.1f}]"] if right else ["", ""]
    numbers = [str(found["forms"]), str(found["lemmas"]), f"{found['believed']:.1f}"]
    return [job.code, _way(job), found["pos"], *numbers, *scored, f"{found['bare_right']:.1f}"]


def _compared(jobs: Sequence[Job], seeds: Sequence[int]) -> list[list[str]]:
    rows = []
    for _, (without, *others) in groupby(jobs, attrgetter("code", "task")):
        base = _by_seed(without, seeds)
        for job in others:
            found = _by_seed(job, seeds)
            if shared := [seed for seed in base if seed in found]:
                before, after = (join([way[seed] for seed in shared]).outcomes for way in (base, found))
                rows += [[job.code, job.task, str(len(shared)), *row] for row in _differences(job, before, after)]
    return rows


def _by_seed(job: Job, seeds: Sequence[int]) -> dict[int, Measured]:
    return {seed: found for seed in seeds for found in job.measured([seed])}


def _differences(job: Job, base: Mapping[str, Outcome], found: Mapping[str, Outcome]) -> list[list[str]]:
    rows = []
    for name in SYSTEMS:
        if name in base and name in found:
            d = delta(found[name], base[name])
            values = [f"{base[name].value:.1f}", _way(job), f"{found[name].value:.1f}"]
            rows.append([name, *values, f"{rounded(d.value, 2):+.2f} [{d.low:.2f}, {d.high:.2f}]"])
    return rows
