"""Proportional symbols: counts are never drawn as fill, and their circles keep one scale over all years."""

from __future__ import annotations

import math

from observatory.maps.classes import Classes
from observatory.rows.catalogue import IndicatorRow

LARGEST = 34.0  # radius of the largest value of all years, in units of the SVG map
COUNTED = frozenset({"count"})


def is_count(indicator: IndicatorRow) -> bool:
    """Whether an indicator is drawn with circles."""
    return indicator.measure in COUNTED


def radius(value: float, classes: Classes, largest: float) -> float:
    """Radius whose circle's area is proportional to the value; the largest of all years has the `largest`."""
    top = classes.edges[-1] if classes.edges else 0.0
    return largest * math.sqrt(max(value, 0.0) / top) if top > 0 else 0.0


def legend_values(classes: Classes) -> list[float]:
    """Three round values for the legend of circles, the first near the largest."""
    top = classes.edges[-1] if classes.edges else 0.0
    if top <= 0:
        return []
    found = [_round_below(top * part) for part in (1, 0.4, 0.1)]
    return list(dict.fromkeys(value for value in found if value >= 1))


def _round_below(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (5, 2, 1) if step * power <= value)
