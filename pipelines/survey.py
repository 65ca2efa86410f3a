"""Weighted shares of a survey with their 95 % interval.

The interval is Wilson's, on Kish's effective sample n_eff = (Σw)² / Σw². It answers for unequal weights; it does not
know strata or clusters, whose design files are not published, so true intervals may be somewhat wider.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from observatory.errors import SourceError
from observatory.statistics.intervals import effective_sample, wilson_interval
from pipelines.figures import FigureRow

SMALLEST_EFFECTIVE_SAMPLE = 30
WIDEST_HALF_WIDTH = 0.15


@dataclass(frozen=True)
class Share:
    """A weighted share 0–1 with its interval; `sample` counts respondents, `effective` is Kish's n_eff."""

    value: float
    lower: float
    upper: float
    sample: int
    effective: float

    @property
    def is_reliable(self) -> bool:
        """False when the effective sample is under 30 or the half-width is over 15 points."""
        return self.effective >= SMALLEST_EFFECTIVE_SAMPLE and (self.upper - self.lower) / 2 <= WIDEST_HALF_WIDTH

    def row(self, measure: str, territory_code: str, period: str, disaggregation: str = "total") -> FigureRow:
        """The share as a row of a figure table, flagged `low_reliability` where it is."""
        flag = "" if self.is_reliable else "low_reliability"
        return FigureRow(
            measure, territory_code, period, disaggregation, self.value, self.lower, self.upper, self.sample, flag
        )


def weighted_share(holds: ArrayLike, weights: ArrayLike) -> Share:
    """Share of the population for whom something holds.

    Args:
        holds: one truth value per respondent who answered.
        weights: expansion factor of each, positive.

    Raises:
        SourceError: nobody answered, or a weight is missing or not positive.
    """
    answers, factors = np.asarray(holds, dtype=bool), np.asarray(weights, dtype=float)
    if answers.size == 0 or answers.shape != factors.shape:
        raise SourceError(f"{answers.size} answers with {factors.size} weights give no share")
    if not (np.isfinite(factors).all() and (factors > 0).all()):
        raise SourceError("an expansion factor is missing or not positive", fix="exclude those respondents by name")
    value = float(factors[answers].sum() / factors.sum())
    effective = effective_sample(factors.tolist())
    lower, upper = wilson_interval(value, effective)
    return Share(value, lower, upper, int(answers.size), effective)
