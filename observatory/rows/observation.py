"""Values and their absences, and what is read from them at once: periods, newest values, silences."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

TOTAL = "total"


class Observation(NamedTuple):
    """A value of an indicator, or its absence with a reason."""

    indicator_id: str
    territory_code: str
    period: str
    disaggregation: str
    period_start: dt.date
    period_end: dt.date
    season: str
    value: float | None
    numerator: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    sample: int | None
    flag: str
    absence: str | None
    source_id: str
    capture_hash: str
    denominator_source_id: str | None

    @property
    def flags(self) -> list[str]:
        """The flags one by one."""
        return self.flag.split()


class PeriodRow(NamedTuple):
    """A period an indicator has rows for at a level (totals), and how many territories have a value."""

    period: str
    period_start: dt.date
    period_end: dt.date
    season: str
    with_value: int
    without_value: int


class LatestRow(NamedTuple):
    """The total of an indicator in a territory at the newest period its level has values for.

    The period is common to the level: a locality without a value at it shows its absence, not an older value.
    `above`, `below`, `equal` count territories of the level with a greater, smaller, equal value (itself included in
    `equal`), so a place with ties can be read in either direction; null when the territory has no value.
    City columns are the city's for the same period, null when the city has none.
    """

    indicator_id: str
    territory_code: str
    level: str
    period: str
    period_start: dt.date
    period_end: dt.date
    season: str
    value: float | None
    numerator: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    sample: int | None
    flag: str
    absence: str | None
    source_id: str
    city_value: float | None
    city_lower: float | None
    city_upper: float | None
    above: int | None
    below: int | None
    equal: int | None


class SilenceRow(NamedTuple):
    """How many values an indicator has for a locality in a year, and when none, why.

    Years run from the first the indicator has at that level to the last it has or should have by the edition's day.
    """

    indicator_id: str
    territory_code: str
    year: int
    with_value: int
    absence: str | None
