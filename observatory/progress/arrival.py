"""From today on: the pace still needed, and when the pace observed arrives."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from observatory.progress.pace import SHORTEST_YEARS, PaceReason, Way
from observatory.progress.path import is_reached
from observatory.progress.rates import growth_rate, linear_rate


class Arrival(NamedTuple):
    """When the target is reached at the pace observed, as a decimal year; None and the reason when it never is."""

    moment: float | None
    reason: PaceReason | None

    @property
    def year(self) -> int | None:
        """The calendar year of the arrival: moment 2031.0 is the last day of 2030."""
        return None if self.moment is None else math.ceil(self.moment) - 1


def needed_from_now(way: Way, form: Literal["linear", "geometric"] = "linear") -> float | None:
    """The yearly pace needed from the newest value on; None once the target's moment has passed or without a rate.

    Example:
        >>> from observatory.progress.path import Mark
        >>> needed_from_now(Way(Mark(2024, 100), Mark(2026, 90), Mark(2028, 60), -1))
        -15.0
    """
    if way.target.moment <= way.now.moment:
        return None
    return linear_rate(way.now, way.target) if form == "linear" else growth_rate(way.now, way.target)


def arrival(way: Way, form: Literal["linear", "geometric"] = "linear") -> Arrival:
    """When the target is reached if the observed pace goes on.

    Example:
        >>> from observatory.progress.path import Mark
        >>> arrival(Way(Mark(2024, 100), Mark(2026, 90), Mark(2028, 60), -1)).moment
        2032.0
    """
    if is_reached(way.now.value, way.target.value, way.sign):
        return Arrival(None, PaceReason.ALREADY_THERE)
    if way.now.moment - way.base.moment < SHORTEST_YEARS:
        return Arrival(None, PaceReason.NOTHING_ELAPSED)
    rate = linear_rate(way.base, way.now) if form == "linear" else growth_rate(way.base, way.now)
    if rate == 0:
        return Arrival(None, PaceReason.STANDING_STILL)
    if (way.now.value - way.base.value) * way.sign < 0:
        return Arrival(None, PaceReason.MOVING_AWAY)
    if form == "linear":
        assert rate is not None
        return Arrival(way.now.moment + (way.target.value - way.now.value) / rate, None)
    if rate is None or way.target.value / way.now.value <= 0:
        return Arrival(None, PaceReason.ZERO_OR_SIGN_CHANGE)
    return Arrival(way.now.moment + math.log(way.target.value / way.now.value) / math.log1p(rate), None)
