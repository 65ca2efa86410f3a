"""Whether two values of a series differ by more than chance: the intervals of both share no value.

A count of events from a register (deaths, thefts: less is better) is given the exact interval of its count, so that a
count and its rate never say different things. A stock (products of a plan, street vendors on a list) has none.
"""

from __future__ import annotations

from typing import Protocol

from observatory.rows.observation import Observation
from observatory.statistics.intervals import Interval, poisson_interval


class Measured(Protocol):
    """What is known of an indicator, in the catalogue or in an edition."""

    @property
    def measure(self) -> str:
        """Count, rate, share or mean."""

    @property
    def nature(self) -> str:
        """Where its figures come from."""

    @property
    def direction(self) -> str:
        """Which way is good."""


def interval_of(indicator: Measured, row: Observation) -> Interval | None:
    """The 95 % interval of a value; None where it has none."""
    if row.lower is not None and row.upper is not None:
        return Interval(row.lower, row.upper)
    is_events = (indicator.measure, indicator.nature, indicator.direction) == (
        "count",
        "administrative",
        "lower_is_better",
    )
    if not is_events or row.value is None or row.value < 0 or row.value % 1:
        return None
    return poisson_interval(row.value)


def is_within_margin(indicator: Measured, one: Observation, other: Observation) -> bool:
    """Whether the intervals of two values overlap: then neither is said to be higher."""
    first, second = interval_of(indicator, one), interval_of(indicator, other)
    return first is not None and second is not None and first.overlaps(second)
