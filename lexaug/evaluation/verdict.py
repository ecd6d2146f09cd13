"""Does the adapter help? Only if it beats everything that does without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lexaug.evaluation.statistics import Delta, Outcome, delta

WITHOUT = ("zero_shot", "translate_train", "char_ngram", "fused_frozen")
"""Systems without an adapter, of all tasks."""
WITH = ("fused", "adapter_translate_train", "adapter")
"""Systems with the adapter; where no dev set says which is best, the first that there is stands for the adapter."""
COUNTERPARTS = {"adapter": "zero_shot", "adapter_translate_train": "translate_train"}
"""What each system would be without the adapter: it must not fall behind that."""

Verdict = Literal["helps", "no_effect", "harms"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, and the two systems that decided it: one with the adapter, one without.

    `judged` is the system that stood for the adapter; `best` is another where that one does not help and `best` harms.
    """

    verdict: Verdict
    best: str
    against: str
    judged: str


def differences(outcomes: Mapping[str, Outcome]) -> dict[str, Delta]:
    """Give `A-B` for every system A with the adapter and every B without one."""
    return {
        f"{with_it}-{without}": delta(outcomes[with_it], outcomes[without])
        for with_it in WITH
        for without in WITHOUT
        if with_it in outcomes and without in outcomes
    }


def judge(outcomes: Mapping[str, Outcome], deltas: Mapping[str, Delta], best: str | None = None) -> Judgement:
    """Judge the adapter.

    `helps`: its best system beats every system without an adapter, each by an interval above zero. `harms`: it does
    not help, and one of its systems lies below the same system without the adapter by an interval below zero. Else
    `no_effect`. `against` is the rival with the smallest lead, or the one it falls farthest behind.

    Args:
        outcomes: of all systems.
        deltas: as `differences` gives them.
        best: the adapter's best system, chosen on dev; the first of `WITH` that there is, if not given.

    """
    best = best or next(name for name in WITH if name in outcomes)
    leads = {rival: deltas[f"{best}-{rival}"] for rival in WITHOUT if rival in outcomes}
    nearest = min(leads, key=lambda rival: leads[rival].value)
    if all(lead.better for lead in leads.values()):
        return Judgement("helps", best, nearest, best)
    fallen = {pair: deltas["-".join(pair)] for pair in COUNTERPARTS.items() if "-".join(pair) in deltas}
    fallen = {pair: found for pair, found in fallen.items() if found.worse}
    if fallen:
        return Judgement("harms", *min(fallen, key=lambda pair: fallen[pair].value), best)
    return Judgement("no_effect", best, nearest, best)
