"""What a card says of time, energy and carbon: what was measured, and an estimate with all that it assumes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lexaug.hub.card.text import plain

WATTS = (5.0, 20.0)
"""Power of one busy core, assumed: 12 W is what Green Algorithms takes for a core of which nothing is known
(Lannelongue, Grealey & Inouye 2021, Advanced Science 8, 2100707); from large servers to desktop machines."""
GRAMS_PER_KWH = 475
"""World average of 2019 (IEA, Global Energy & CO2 Status Report 2019)."""
_ASSUMED = (
    "with {low:g} to {high:g} W per busy core (an assumption, around the 12 W that Green Algorithms, Lannelongue et "
    "al. 2021, takes for an unknown core; memory, cooling and other runs are not in it)"
)


def describe_effort(metrics: Mapping[str, Any]) -> str:
    """Say how long training took and on what; energy is not metered, so it is estimated, if the cores are known."""
    seconds = metrics.get("wall_seconds", metrics.get("seconds"))
    if not isinstance(seconds, int | float):
        return "Not recorded."
    workers = metrics.get("workers")
    count = workers if isinstance(workers, int) and not isinstance(workers, bool) and workers > 0 else 0
    cores = f" on {count} core{'s' if count != 1 else ''}" if count else ""
    machine = f" of {plain(metrics['processor'])}" if metrics.get("processor") else ""
    time = f"{seconds / 60:.1f} minutes" if seconds >= 60 else f"{seconds:.1f} seconds"
    told = f"Training took {time}{cores}{machine}. Energy was not metered."
    if not count:
        return f"{told} Nor was it kept on how many cores, so none is estimated."
    return f"{told} {_estimate(seconds * count / 3600)}"


def _estimate(core_hours: float) -> str:
    low, high = WATTS
    energy = tuple(core_hours * watts for watts in WATTS)
    carbon = tuple(hours * GRAMS_PER_KWH / 1000 for hours in energy)
    return (
        f"An estimate: {_short(core_hours)} core-hours at most, {_ASSUMED.format(low=low, high=high)}, are "
        f"{_range(energy)} Wh; at {GRAMS_PER_KWH} g of CO2 equivalent per kWh, the world's average of 2019 (IEA), "
        f"{_range(carbon)} g. Where it was trained is not kept, and grids differ widely."
    )


def _range(ends: tuple[float, ...]) -> str:
    return " to ".join(map(_short, ends))


def _short(value: float) -> str:
    """Write two digits that count: more would say that more is known."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"
