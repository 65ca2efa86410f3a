"""Time axes: where a period lies and which are ticked. No dates reach the browser, so no time zone can move them."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence

from observatory.period import Period, parse_period
from observatory.wording import Words

MONTH_STEPS = (1, 2, 3, 4, 6, 12, 24, 60, 120)


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
    if {period.kind for period in periods} == {"month"}:
        shown = _months(periods, at_most)
        return [position(period.code) for period in shown], _texts(shown, words)
    first, last = position(periods[0].code), position(periods[-1].code)
    wanted = [last - (last - first) * part / (at_most - 1) for part in range(at_most)]
    near = {min(periods, key=lambda period: abs(position(period.code) - place)) for place in wanted}
    shown = _apart(sorted(near), 0.7 * (last - first) / (at_most - 1))
    return [position(period.code) for period in shown], _texts(shown, words)


def _months(periods: Sequence[Period], at_most: int) -> list[Period]:
    """Every so many months back from the last, whether or not there is a figure for them."""
    first, last = (12 * period.year + period.start.month - 1 for period in (periods[0], periods[-1]))
    step = next((one for one in MONTH_STEPS if (last - first) / one <= at_most - 1), last - first)
    return [parse_period(f"{month // 12}-{month % 12 + 1:02d}") for month in range(last, first - 1, -step)][::-1]


def _apart(periods: Sequence[Period], least: float) -> list[Period]:
    """Periods no nearer to each other than so many years, the last one kept."""
    kept: list[Period] = []
    for period in reversed(periods):
        if not kept or position(kept[-1].code) - position(period.code) >= least:
            kept.append(period)
    return kept[::-1]


def _texts(periods: Sequence[Period], words: Words) -> list[str]:
    """What stands below each tick: a year below the first period of that year alone."""
    texts, said = [], ""
    for period in periods:
        if period.kind == "year":
            texts.append(str(period.year))
            continue
        first, _, year = words.period(period.code).rpartition(" ")
        texts.append(f"{first}<br>{year}" if first and year != said else first or year)
        said = year
    return texts


def _year_ticks(periods: Sequence[Period], at_most: int) -> tuple[list[float], list[str]]:
    """Every so many years back from the last, whether or not there is a figure for them."""
    first, last = periods[0].year, periods[-1].year
    step = max(1, math.ceil((last - first) / (at_most - 1)))
    years = list(range(last, first - 1, -step))[::-1]
    end = position(periods[-1].code)
    return [round(end - (last - year), 4) for year in years], [str(year) for year in years]
