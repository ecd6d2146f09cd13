"""Gains drawn with their intervals, all on one scale, so that rows can be compared by eye."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from lexaug.hub.index.page_text import points
from lexaug.hub.index.schema import Gain

WIDTH = 144
STEP = 5
"""The scale ends at whole multiples of so many points."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of all gains, in points; zero lies on it."""

    low: float
    high: float

    @classmethod
    def of(cls, gains: Iterable[Gain]) -> Scale:
        """Give the scale that holds all intervals."""
        ends = [end for gain in gains for end in (gain.low, gain.high)]
        low = STEP * math.floor(min(ends, default=0) / STEP)
        high = STEP * math.ceil(max(ends, default=0) / STEP)
        return cls(min(low, 0), max(high, 0) if high > 0 or low < 0 else STEP)

    @property
    def caption(self) -> str:
        """Say how the bars are to be read."""
        return (
            f"Scores in per cent with 95% intervals. Bars: the gain with its interval, all on one scale from "
            f"{points(self.low)} to {points(self.high)} points; the dashed line is zero."
        )

    def bar(self, gain: Gain) -> str:
        """Draw a gain: the zero line, its interval, the value."""
        zero, low, value, high = map(self._at, (0, gain.low, gain.value, gain.high))
        return (
            f'<svg viewBox="0 0 {WIDTH} 16" aria-hidden="true" focusable="false">'
            f'<line class="zero" x1="{zero}" x2="{zero}" y1="0" y2="16"/>'
            f'<line class="span" x1="{low}" x2="{high}" y1="8" y2="8"/>'
            f'<circle class="spot" cx="{value}" cy="8" r="3.5"/></svg>'
        )

    def _at(self, value: float) -> str:
        return f"{4 + (WIDTH - 8) * (value - self.low) / (self.high - self.low):.1f}"
