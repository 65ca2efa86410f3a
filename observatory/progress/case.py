"""A target beside the series it is held against, and its milestones in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from observatory.period import Period, parse_period
from observatory.progress.path import Mark, decimal_year
from observatory.registry.models import Bands, Indicator, Target
from observatory.rows.observation import Observation

LEVEL_KINDS = {"increasing", "decreasing"}
HOLD_KINDS = {"hold", "constant"}


@dataclass(frozen=True)
class Due:
    """A milestone with a number; `period` is None when it is in force without a date."""

    period: Period | None
    value: float

    @property
    def mark(self) -> Mark:
        """The milestone on the time axis."""
        assert self.period is not None
        return Mark(decimal_year(self.period.end), self.value)


@dataclass(frozen=True)
class Case:
    """A target beside the series it is held against.

    `plan_starts` and `plan_ends` are the years its plan runs from and to, where known.
    """

    target: Target
    indicator: Indicator
    territory_code: str
    series: Sequence[Observation]
    built_on: dt.date
    bands: Bands
    plan_starts: int | None = None
    plan_ends: int | None = None

    @property
    def milestones(self) -> list[Due]:
        """Milestones with a number: undated first, then by time."""
        dues = [
            Due(parse_period(step.period) if step.period else None, step.value)
            for step in self.target.milestones
            if step.value is not None
        ]
        return sorted(dues, key=lambda due: due.period.end if due.period else dt.date.min)

    @property
    def is_final_known(self) -> bool:
        """Whether the last milestone is the plan's last word: an undated one, or one no earlier than the plan's end."""
        last = self.milestones[-1].period
        return last is None or self.plan_ends is None or last.end.year >= self.plan_ends

    @property
    def sign(self) -> int | None:
        """+1 when more is better, −1 when less, by the indicator, else by the target's kind."""
        directions = {"higher_is_better": 1, "lower_is_better": -1}
        kinds = {"increasing": 1, "decreasing": -1}
        return directions.get(self.indicator.direction) or kinds.get(self.target.kind)
