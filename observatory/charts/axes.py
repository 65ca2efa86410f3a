"""Time axes: where a period lies and which are ticked. No dates reach the browser, so no time zone can move them."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence

from observatory.period import Period, parse_period
from observatory.wording import Words


def position(code: str) -> float:
    """Where a period lies on a time axis: 2025 at 2025, August 2025 at 2024.6658 (years ended when the period ends)."""
    end = parse_period(code).end
    days = 366 if calendar.isleap(end.year) else 365
    return round(end.year - 1 + end.timetuple().tm_yday / days, 4)


def period_ticks(codes: Sequence[str], words: Words, at_most: int = 5) -> tuple[list[float], list[str]]:
    """Positions and texts of evenly spread periods, the last one among them; years alone where all share a season."""
    periods = sorted({parse_period(code) for code in codes})
    if not periods:
        return [], []
    if len({period.season for period in periods}) == 1 and periods[-1].kind != "day":
        return _year_ticks(periods, at_most)
    first, last = position(periods[0].code), position(periods[-1].code)
    wanted = [last - (last - first) * part / (at_most - 1) for part in range(at_most)]
    near = {min(periods, key=lambda period: abs(position(period.code) - place)) for place in wanted}
    return [position(period.code) for period in sorted(near)], [_tick(period, words) for period in sorted(near)]


def _year_ticks(periods: Sequence[Period], at_most: int) -> tuple[list[float], list[str]]:
    """Every so many years back from the last, whether or not there is a figure for them."""
    first, last = periods[0].year, periods[-1].year
    step = max(1, math.ceil((last - first) / (at_most - 1)))
    years = list(range(last, first - 1, -step))[::-1]
    end = position(periods[-1].code)
    return [round(end - (last - year), 4) for year in years], [str(year) for year in years]


def _tick(period: Period, words: Words) -> str:
    if period.kind == "year":
        return str(period.year)
    first, _, last = words.period(period.code).rpartition(" ")
    return f"{first}<br>{last}" if first else last
