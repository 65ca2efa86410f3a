"""Which values of a series may stand in one line: the refusals every method of pace and trend shares.

A line is never drawn across a declared break, between two vintages of a denominator, from modelled to measured values,
or between a part of a year and a whole one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from observatory.period import Period, parse_period
from observatory.progress.path import Mark, decimal_year
from observatory.rows.observation import Observation

MODELLED = "modelled"


class Refusal(StrEnum):
    """Why values may not stand in one line. Words stand under `pace.refusal.<code>`."""

    FEW_POINTS = "few_points"
    SERIES_BREAK = "series_break"
    MIXED_VINTAGES = "mixed_vintages"
    MIXED_SEASONS = "mixed_seasons"
    MODELLED_WITH_MEASURED = "modelled_with_measured"
    OVERLAPPING_PERIODS = "overlapping_periods"
    PART_OF_YEAR_AGAINST_YEAR = "part_of_year_against_year"


@dataclass(frozen=True)
class Point:
    """A value of a series with what decides whether it may be compared.

    Args:
        start, end: first and last day of its period.
        value: in the unit of the indicator.
        lower, upper: its 95 % interval.
        numerator, denominator: of a rate or share.
        season: kind of period and months covered (`observatory.period.Period.season`).
        vintage: the source of the denominator; None where there is none.
        is_modelled: whether it comes out of a model.
    """

    start: dt.date
    end: dt.date
    value: float
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    season: str = "year:01-12"
    vintage: str | None = None
    is_modelled: bool = False

    @property
    def moment(self) -> float:
        """The end of the period as a decimal year."""
        return decimal_year(self.end)

    @property
    def mark(self) -> Mark:
        """The value on the time axis."""
        return Mark(self.moment, self.value)


def points(observations: Iterable[Observation], *, is_modelled: bool = False) -> list[Point]:
    """The observations that carry a value, in time order; zero is a value.

    Args:
        observations: rows of one indicator, territory and disaggregation.
        is_modelled: whether the indicator itself is modelled; a row may say so too by its flag.
    """
    found = [
        Point(
            row.period_start,
            row.period_end,
            row.value,
            row.lower,
            row.upper,
            row.numerator,
            row.denominator,
            parse_period(row.period).season,
            row.denominator_source_id,
            is_modelled or MODELLED in row.flags,
        )
        for row in observations
        if row.value is not None
    ]
    return in_order(found)


def in_order(series: Iterable[Point]) -> list[Point]:
    """The points by the end, then the start of their periods."""
    return sorted(series, key=lambda point: (point.end, point.start))


def refusal(series: Sequence[Point], breaks: Iterable[dt.date] = (), minimum: int = 2) -> Refusal | None:
    """Why the whole series may not stand in one line, or None when it may.

    Args:
        series: points in time order.
        breaks: first days from which the series is not comparable with what came before.
        minimum: the fewest points the method needs.
    """
    starts = list(breaks)
    for earlier, later in pairwise(series):
        parted = parting(earlier, later, starts)
        if parted is not None:
            return parted
    return Refusal.FEW_POINTS if len(series) < minimum else None


def parting(earlier: Point, later: Point, breaks: Iterable[dt.date] = ()) -> Refusal | None:
    """What parts two points of a series, or None when they may be compared."""
    if earlier.season != later.season:
        return Refusal.MIXED_SEASONS
    if any(earlier.end < start <= later.end for start in breaks):
        return Refusal.SERIES_BREAK
    if earlier.is_modelled != later.is_modelled:
        return Refusal.MODELLED_WITH_MEASURED
    if earlier.vintage != later.vintage:
        return Refusal.MIXED_VINTAGES
    return Refusal.OVERLAPPING_PERIODS if later.start <= earlier.end else None


def against_target(point: Point, target: Period) -> Refusal | None:
    """Why a value may not be held against a target of that period: part of a year against a year."""
    is_yearly = target.kind == "year" and point.season != "day"
    months = (point.end.year - point.start.year) * 12 + point.end.month - point.start.month + 1
    return Refusal.PART_OF_YEAR_AGAINST_YEAR if is_yearly and months < 12 else None


def newest_run(series: Sequence[Point], breaks: Iterable[dt.date] = ()) -> tuple[list[Point], Refusal | None]:
    """The longest stretch that ends with the newest point and may stand in one line, and what cut it off before.

    Points of another season than the newest one (a whole year among Januaries to Augusts) are left aside first.
    """
    ordered = in_order(series)
    if not ordered:
        return [], None
    starts, run = list(breaks), [ordered[-1]]
    for point in reversed(ordered[:-1]):
        if point.season != run[-1].season:
            continue
        parted = parting(point, run[-1], starts)
        if parted is not None:
            return run[::-1], parted
        run.append(point)
    return run[::-1], None
