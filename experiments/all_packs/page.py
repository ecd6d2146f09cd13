"""The page of the table of all packs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from experiments.all_packs.jobs import DEV, POS_TEST, STUDY, Job
from experiments.outcomes import Measured, join
from experiments.packs import DATA
from experiments.study import (
    RETRIEVAL_SENTENCES,
    SENTENCES,
    pseudo_text,
    table,
    tally,
    verdict,
    with_interval,
    write_result,
)
from lexaug.evaluation.report import EvalReport
from lexaug.synthesis.tagged import read_tagged

LONGEST_RUN = 20
"""Minutes that the adapters of a pack may take with one seed."""


def write(jobs: Sequence[Job], seeds: Sequence[int]) -> None:
    """Write docs/results/all_packs.md from what is measured."""
    known = {job: found for job in jobs if (found := job.measured(seeds))}
    reports = {job: join(found) for job, found in known.items()}
    missing = list(_missing(jobs, seeds))
    shares = [[code, f"{100 * share:.1f}"] for code, share in inflected({job.code for job in jobs}).items()]
    head = ["pack", "task", "n", "seeds", *SYSTEMS, "verdict"]
    text = [
        "# All packs\n",
        f"Command: `python -m experiments.all_packs`. Source: the first {SENTENCES:,} sentences of UD English-EWT "
        f"train, for retrieval {RETRIEVAL_SENTENCES:,}. Settings for tagging were chosen on sentences of the "
        f"train splits of sme, {', '.join(DEV)} and then used for all, the objective of retrieval on 701 pairs of mlt "
        "(SIB-200 train); nothing was tuned on the others, and no adapter saw a tagged sentence of its language. "
        "Scores are per cent with 95% intervals over sentences, means over seeds.\n",
        table(head, [row(job, report) for job, report in reports.items()]),
        "Not measured yet: " + (", ".join(missing) or "nothing") + ".\n",
        longest(known),
        "## Content words truly inflected\n",
        "Share of the inserted content words that stand in exactly the cell asked for (nearest cells, rules, models "
        "and bare words do not count), first 2,000 sentences.\n",
        table(["pack", "per cent"], shares),
        "## What the pseudo-text knows of the tagged test words\n",
        f"Per cent of the test words that stand in the pseudo-text of {SENTENCES:,} sentences (seed 1, in any case); "
        "of these, per cent that it tags most often as the test does. Little of the first means few facts or other "
        "word boundaries (UD Amharic cuts clitics off), little of the second also another convention of tagging "
        "(MasakhaPOS Swahili tags the associative *ya*, *wa* as ADJ).\n",
        table(["pack", "known", "tagged alike"], [familiar(job.code) for job in reports if job.task == "pos"]),
    ]
    data = {f"{job.code} {job.task}": report.as_json() for job, report in reports.items()}
    write_result(STUDY, "\n".join(text), data)


def longest(known: Mapping[Job, Sequence[Measured]]) -> str:
    """Say how long the adapters of a pack took to train at most, all its tasks together."""
    if not known:
        return ""
    seconds = Counter[str]()
    for job, found in known.items():
        seconds[job.code] += max(seed.training["wall_seconds"] for seed in found)
    code, most = max(seconds.items(), key=itemgetter(1))
    return (
        f"Training the adapters of one pack and seed took {most / 60:.1f} minutes at most ({code}; wall time of one "
        f"thread beside other work), {LONGEST_RUN} wanted: {verdict(most <= 60 * LONGEST_RUN)}.\n"
    )


def _missing(jobs: Sequence[Job], seeds: Sequence[int]) -> Iterator[str]:
    for job in jobs:
        open_seeds = [str(seed) for seed in seeds if not job.measured([seed])]
        if open_seeds:
            yield f"{job.code} {job.task} ({', '.join(open_seeds)})"


SYSTEMS = (
    "zero_shot",
    "translate_train",
    "char_ngram",
    "fused_frozen",
    "adapter",
    "adapter_translate_train",
    "fused",
)


def row(job: Job, report: EvalReport) -> list[str]:
    """Give the table row of one report."""
    scores = []
    seeds = next(iter(report.systems.values())).seeds
    for name in SYSTEMS:
        found = report.systems.get(name)
        scores.append(with_interval(found) if found else "")
    return [job.code, job.task, str(report.n), str(seeds), *scores, report.verdict_line]


def inflected(codes: set[str]) -> dict[str, float]:
    """Measure the share of content words that are truly inflected, per pack."""
    return {code: tally(code).as_json()["inflected_share"] for code in sorted(codes)}


def familiar(code: str) -> list[str]:
    """Give the table row of how far the pseudo-text of a pack knows its test words."""
    tags: dict[str, Counter[str]] = {}
    for example in pseudo_text(code, SENTENCES):
        for word, tag in zip(example.target, example.upos, strict=True):
            tags.setdefault(word.lower(), Counter())[tag] += 1
    known = alike = total = 0
    for sentence in read_tagged(DATA / code / POS_TEST[code]):
        total += len(sentence.tokens)
        for word, tag in zip(sentence.tokens, sentence.upos, strict=True):
            if found := tags.get(word.lower()):
                known, alike = known + 1, alike + (found.most_common(1)[0][0] == tag)
    return [code, f"{100 * known / total:.1f}", f"{100 * alike / max(1, known):.1f}"]
