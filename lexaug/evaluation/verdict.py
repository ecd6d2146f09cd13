"""Does the adapter help? Only if it beats everything that does without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lexaug.evaluation.statistics import Delta, Outcome, delta

WITHOUT = ("zero_shot", "translate_train", "char_ngram", "fused_frozen")
"""Systems without an adapter, of all tasks."""
SINGLE = ("adapter", "adapter_translate_train")
WITH = (*SINGLE, "fused")
"""Systems with the adapter."""
BARE = ("zero_shot", "translate_train")
"""What an adapter must not fall behind."""

Verdict = Literal["helps", "no_effect", "harms"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, the adapter's system that was judged, and the one it was decided against."""

    verdict: Verdict
    best: str
    against: str


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
    not help, and the best of its systems that are not fused lies below `zero_shot` or `translate_train` by an interval
    below zero. Else `no_effect`. `against` is the rival with the smallest lead, or the one it falls farthest behind.

    Args:
        outcomes: of all systems.
        deltas: as `differences` gives them.
        best: the adapter's best system, chosen on dev; the best on test if not given.

    """
    best = best or _best(outcomes, WITH)
    leads = {rival: deltas[f"{best}-{rival}"] for rival in WITHOUT if rival in outcomes}
    nearest = min(leads, key=lambda rival: leads[rival].value)
    if all(lead.better for lead in leads.values()):
        return Judgement("helps", best, nearest)
    single = _best(outcomes, SINGLE)
    behind = {rival: deltas[f"{single}-{rival}"] for rival in BARE if rival in outcomes}
    worst = min(behind, key=lambda rival: behind[rival].value)
    if behind[worst].worse:
        return Judgement("harms", single, worst)
    return Judgement("no_effect", best, nearest)


def _best(outcomes: Mapping[str, Outcome], names: Sequence[str]) -> str:
    return max((name for name in names if name in outcomes), key=lambda name: outcomes[name].value)
