"""The page beside yoyodyne: what is measured so far, against the bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from statistics import mean
from typing import Any

from experiments.inflection_cells import outcome, shown
from experiments.inflection_yoyodyne.compared import (
    CLOSE,
    ByLanguage,
    Compared,
    compare,
    dev_by,
    dev_mean,
    inflection_rates,
    language_mean,
    mean_ratio,
    results_of,
    training_rates,
)
from experiments.inflection_yoyodyne.plan import FINALISTS, THEIR_SHORTER, TUNED_ON, Plan
from experiments.inflection_yoyodyne.runs import EXAMPLES, VERSION
from experiments.inflection_yoyodyne.settings import LIBRARY, Settings
from experiments.study import lead_with_interval, table, verdict, write_result
from lexaug.evaluation.statistics import Outcome, delta

TIMES_ACCURACY, TIMES_SOONER, TIMES_TRAINING, TIMES_INFLECTING, LEAST_FORMS = 1.1, 3.0, 2.0, 3.0, 300.0
"""What is wanted: times yoyodyne's accuracy (a stretch), its time, its rates; forms per second at least."""

TITLES = {"scratch": "From scratch", "full+hallucination": "The default: the shipped backbone and made-up examples"}
APART = {
    "full+hallucination": "The backbone has been trained before on other languages "
    "([card](../../resources/inflect_mini/README.md)); yoyodyne and lexaug from scratch have not. This section says "
    "what that is worth, not which model is better.\n"
}
"""What has to be said of a method before its figures."""


def write_page(plan: Plan) -> None:
    """Write docs/results/inflection_yoyodyne.md and its figures from what is measured."""
    tuned = {settings: score for settings in plan.tried() if (score := plan.dev(settings)) is not None}
    data: dict[str, Any] = {"tuning": [{**asdict(settings), "dev": score} for settings, score in tuned.items()]}
    text = [_head(plan)]
    for method in plan.ours.usable:
        found = compare(plan, method)
        text += [f"## {TITLES[method]}\n", *([APART[method]] if method in APART else [])]
        text += ["No seed is measured whole so far.\n"] if found is None else _comparison(found, plan.seconds)
        data |= {} if found is None else {method: _figures(found)}
    write_result("inflection_yoyodyne", "\n".join([*text, *_tuning(plan, tuned)]), data)


def _head(plan: Plan) -> str:
    return (
        "# Inflection beside yoyodyne: SIGMORPHON 2023\n\n"
        "Command: `python -m experiments.inflection_yoyodyne` (goes on where it stopped). Lexaug's inflector, from "
        f"scratch and by its default method, and the rotary pointer-generator transformer of yoyodyne {VERSION}, all "
        f"trained on the same {EXAMPLES:,} drawn examples for {plan.seconds:g} seconds of their main thread on a "
        "processor (wall time, where nothing else runs), lexaug on one thread, yoyodyne on one and two: what is "
        "better on dev counts. Lexaug's settings were chosen on dev of all five languages while it was built, "
        "yoyodyne's in the search below, its precision among them: lexaug trains in mixed precision where the "
        "processor multiplies bfloat16 numbers by itself. Both keep the weights that do best on the same 300 rows of "
        "dev; yoyodyne's checks cost it no time, lexaug's do but the last. Yoyodyne's rows lie in memory, and it "
        "writes no log, no bar and no file. Accuracy on the 1,000 test rows of each language, mean over the seeds ± "
        "their standard deviation, 95% intervals by lemma.\n"
    )


def _comparison(found: Compared, seconds: float) -> list[str]:
    training, inflecting = training_rates(found), inflection_rates(found)
    load = mean(result["load"] for result in results_of(found.best))
    dev = ", ".join(f"{dev_mean(side):.1f} on {_threads(threads)}" for threads, side in found.theirs.items())
    columns = {"lexaug": found.whole}
    columns |= {f"yoyodyne, {_threads(threads)}": side for threads, side in found.theirs.items()}
    rows = [
        [language, *(shown(outcome(side[language])) for side in columns.values())]
        + [f"{rate:,.0f}" for rate in (*training[language], *inflecting[language])]
        for language in found.whole
    ]
    rows.append(["**mean**", *(shown(language_mean(side)) for side in columns.values()), "", "", "", ""])
    rates = ("examples/s", "yoyodyne", "forms/s", "yoyodyne")
    return [
        f"Seeds: {', '.join(map(str, found.seeds))}. Yoyodyne on dev: {dev}. It is held to {_threads(found.threads)} "
        "where nothing else is said.\n",
        table(["bar", "found", "wanted", ""], _bars(found, training, inflecting)),
        table(["", *columns, *rates], rows),
        "Rates: the best run of each side, yoyodyne's on whichever number of threads, its training without its checks "
        "of dev; both inflect in batches, yoyodyne in the fastest of 32, 128 and 256. Weights: lexaug "
        f"{_values(found.whole)}, yoyodyne {_values(found.best)}.\n",
        "### Accuracy over time\n",
        "Lexaug is trained anew for each time, since its rates fall to zero at the end; of yoyodyne it is the best "
        f"check so far, and beside it what training anew gives for {' and '.join(f'{s:g}' for s in THEIR_SHORTER)} "
        f"seconds on one thread. Yoyodyne counts as having reached its own accuracy where it is within {CLOSE:g} point "
        "of it on dev, on the way or when trained anew, whichever is sooner; lexaug with the shortest training "
        "measured that gives all of it. On the way the 300 rows of dev are read that decide which weights are kept, "
        "else all 1,000.\n",
        table(["seconds", "lexaug, test", "lexaug, dev", "yoyodyne, dev so far", "anew"], _course(found)),
        f"Wall seconds of a run of {seconds:g}: lexaug {_wall(found.whole):.0f}, yoyodyne {_wall(found.best):.0f} with "
        f"its checks of dev; load before it {load:.1f}.\n",
    ]


def _bars(
    found: Compared, training: Mapping[str, tuple[float, float]], inflecting: Mapping[str, tuple[float, float]]
) -> list[list[str]]:
    ours, theirs = language_mean(found.whole), language_mean(found.best)
    times = ours.value / max(theirs.value, 1e-9)
    sooner = found.needed_seconds / found.reached_seconds if found.reached_seconds else None
    slowest = min(rate for rate, _ in inflecting.values())
    told = (
        "not reached"
        if sooner is None
        else f"{sooner:.2f} ({found.needed_seconds:.0f} s, {found.reached_seconds:.0f} s)"
    )
    return [
        *(_lead(ours, threads, side) for threads, side in found.theirs.items()),
        _bar("mean accuracy, times yoyodyne's (stretch)", times, TIMES_ACCURACY),
        [
            "yoyodyne's mean accuracy on dev sooner, times",
            told,
            f"{TIMES_SOONER:g}",
            verdict(sooner is not None and sooner >= TIMES_SOONER),
        ],
        _bar("training examples/s, times yoyodyne's", mean_ratio(training), TIMES_TRAINING),
        _bar("forms/s, times yoyodyne's", mean_ratio(inflecting), TIMES_INFLECTING),
        _bar("forms/s, slowest language", slowest, LEAST_FORMS),
    ]


def _lead(ours: Outcome, threads: int, theirs: ByLanguage) -> list[str]:
    lead = delta(ours, language_mean(theirs))
    return [
        f"mean accuracy over yoyodyne's on {_threads(threads)}, points",
        lead_with_interval(lead),
        "interval above 0",
        verdict(lead.better),
    ]


def _threads(count: int) -> str:
    return f"{count} thread{'s' * (count > 1)}"


def _bar(name: str, value: float, wanted: float) -> list[str]:
    return [name, f"{value:,.2f}" if value < 100 else f"{value:,.0f}", f"{wanted:g}", verdict(value >= wanted)]


def _course(found: Compared) -> list[list[str]]:
    ours = {60 * minutes: side for minutes, side in found.ours.items()}
    anew = {**found.shorter, max(ours): found.best}
    rows = []
    for seconds in sorted({*ours, *anew}):
        row = [f"{seconds:g}", "", "", "", ""]
        if seconds in ours:
            row[1:3] = shown(language_mean(ours[seconds])), f"{dev_mean(ours[seconds]):.1f}"
        so_far = mean(dev_by(result["history"], seconds + 1) for result in results_of(found.best))
        row[3] = f"{so_far:.1f}"
        if seconds in anew:
            row[4] = f"{dev_mean(anew[seconds]):.1f}"
        rows.append(row)
    return rows


def _values(side: Mapping[str, Any]) -> str:
    counts = [result["values"] for result in results_of(side)]
    return f"{min(counts):,} to {max(counts):,}" if min(counts) < max(counts) else f"{counts[0]:,}"


def _wall(side: Mapping[str, Any]) -> float:
    return mean(result["wall"] for result in results_of(side))


def _figures(found: Compared) -> dict[str, Any]:
    return {
        "seeds": found.seeds,
        "threads": found.threads,
        "lexaug": {f"{60 * minutes:g} s": round(language_mean(side).value, 2) for minutes, side in found.ours.items()},
        "yoyodyne": {_threads(threads): round(language_mean(side).value, 2) for threads, side in found.theirs.items()},
        "examples_per_second": training_rates(found),
        "forms_per_second": inflection_rates(found),
    }


def _tuning(plan: Plan, tuned: Mapping[Settings, float]) -> list[str]:
    search, finalists = plan.search(), plan.finalists()
    rows = [[settings.beside(LIBRARY), f"{score:.2f}"] for settings, score in tuned.items()]
    over = finalists and None not in finalists.values()
    state = f"chosen: {plan.best.beside(LIBRARY)}" if over else "not yet over"
    return [
        "## Tuning of yoyodyne\n",
        f"Mean accuracy on the 1,000 dev rows of {' and '.join(TUNED_ON)}, {EXAMPLES:,} examples drawn with a seed of "
        f"their own, {plan.seconds:g} s each, one thread; first the shapes, then one setting after the other around "
        f"the best so far, at last the best {FINALISTS} on dev of all languages. Settings that differ from the "
        f"library's defaults; {state}.\n",
        table(["settings", "dev"], rows),
        *([] if search.open else [_final(finalists)]),
    ]


def _final(finalists: Mapping[Settings, float | None]) -> str:
    rows = [
        [settings.beside(LIBRARY), "" if score is None else f"{score:.2f}"] for settings, score in finalists.items()
    ]
    return table(["the best of these", "dev of all languages"], rows)
