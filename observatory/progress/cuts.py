"""Cut-offs of ratios and yearly rates, and the verdicts they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["met", "on_track", "faster_needed", "limited", "stagnant", "deteriorating", "substantial", "moderate"]


@dataclass(frozen=True)
class Cuts:
    """Cut-offs of a ratio or yearly rate: from `high` up the first verdict, from `middle` the second, and so on.

    Below `low` the last one. A cut owns its value.
    """

    high: float
    middle: float
    low: float
    verdicts: tuple[Verdict, Verdict, Verdict, Verdict]

    def verdict(self, ratio: float) -> Verdict:
        """The verdict of a ratio."""
        steps = (self.high, self.middle, self.low)
        return next((word for cut, word in zip(steps, self.verdicts, strict=False) if ratio >= cut), self.verdicts[-1])


TARGET_CUTS = Cuts(0.95, 0.60, 0.0, ("on_track", "faster_needed", "limited", "deteriorating"))
PROJECTED_CUTS = Cuts(0.95, 0.10, 0.10, ("on_track", "faster_needed", "stagnant", "stagnant"))
RATE_CUTS = Cuts(0.015, 0.005, -0.005, ("substantial", "moderate", "limited", "deteriorating"))
