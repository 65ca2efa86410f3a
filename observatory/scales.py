"""Scales of values: round ticks, where an axis begins, how a tick is written."""

from __future__ import annotations

import math
from collections.abc import Iterable

from observatory.rows.catalogue import IndicatorRow
from observatory.wording import NARROW_BLANK, Words

LEAST_SPAN = 0.05  # of the largest value: an axis never blows a smaller wiggle up to the whole height


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
    if high > 0:
        low = min(low, high * (1 - LEAST_SPAN))
    return value_ticks(low, high)


def tick_text(value: float, step: float, indicator: IndicatorRow, words: Words) -> str:
    """A tick in display units, with as few decimals as its step needs; percent carry their sign."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step else 0
    while decimals < 4 and abs(round(step, decimals) - step) > 1e-9:
        decimals += 1
    sign = f"{NARROW_BLANK}%" if indicator.symbol(words.lang) == "%" else ""
    return words.number(value, decimals) + sign
