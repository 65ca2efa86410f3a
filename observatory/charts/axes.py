"""Axes: where a period lies, what is ticked. No dates reach the browser, so no time zone can move them."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterable, Sequence

from observatory.observation import IndicatorRow
from observatory.period import Period, parse_period
from observatory.wording import NARROW_BLANK, Words

Range = tuple[float, float]


def position(code: str) -> float:
    """Where a period lies on a time axis: 2025 at 2025, August 2025 at 2024.6658 (years ended when the period ends)."""
    end = parse_period(code).end
    days = 366 if calendar.isleap(end.year) else 365
    return round(end.year - 1 + end.timetuple().tm_yday / days, 4)


def value_ticks(low: float, high: float, count: int = 4) -> list[float]:
    """About `count` round steps that cover low to high; the first and last are the ends of the axis."""
    if high <= low:
        pad = abs(high) * 0.1 or 1.0
        low, high = low - (pad if low else 0), high + pad
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def lined_up(values: Iterable[float], *, from_zero: bool = False) -> list[float]:
    """Ticks for lines and dots: from zero when asked, or when zero is near enough not to flatten the series."""
    known = list(values) or [0.0]
    low, high = min(known), max(known)
    if from_zero or 0 <= low <= 0.6 * high:
        low = 0.0
    return value_ticks(low, high)


def tick_text(value: float, step: float, indicator: IndicatorRow, words: Words) -> str:
    """A tick in display units, with as few decimals as its step needs; percent carry their sign."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step else 0
    while decimals < 4 and abs(round(step, decimals) - step) > 1e-9:
        decimals += 1
    sign = f"{NARROW_BLANK}%" if indicator.symbol(words.lang) == "%" else ""
    return words.number(value, decimals) + sign


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


def covered(values: Iterable[float], ticks: Sequence[float]) -> Range:
    """The ends of an axis that shows its ticks and every value."""
    known = [*values, *ticks]
    return min(known), max(known)
