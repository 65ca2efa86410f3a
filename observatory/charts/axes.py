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
    """Positions and texts of evenly spread periods, the last one included; years alone where all share a season."""
    periods = sorted({parse_period(code) for code in codes})
    step = max(1, math.ceil(len(periods) / at_most))
    chosen = periods[::-1][::step][::-1]
    only_years = len({period.season for period in periods}) == 1
    return [position(period.code) for period in chosen], [_tick(period, words, only_years) for period in chosen]


def _tick(period: Period, words: Words, only_year: bool) -> str:
    if only_year or period.kind == "year":
        return str(period.year)
    first, _, last = words.period(period.code).rpartition(" ")
    return f"{first}<br>{last}" if first else last
