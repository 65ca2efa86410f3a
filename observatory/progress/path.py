"""Level targets on a path: straight from the baseline to each milestone in turn.

With `b` the baseline, `v` the value, `e` the path at the value's period and `f` the final milestone:

| quantity | formula |
|---|---|
| share of the way due that was covered | (v − b) / (e − b) |
| expected share of the whole way | (e − b) / (f − b) |
| final share, of the whole way | (v − b) / (f − b) |
| gap | final share − expected share |

The formulas hold in both directions, and for a target of zero; only a target equal to the baseline divides by nothing.
Time is the end of a period as a decimal year, so that the end of 2025 lies midway between the ends of 2023 and 2027.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple


class Mark(NamedTuple):
    """A value at a moment, in decimal years."""

    moment: float
    value: float


class Standing(NamedTuple):
    """Where a value stands on the path; a quantity is None where its divisor is zero."""

    expected: float
    share: float | None
    expected_share: float | None
    final_share: float | None
    gap: float | None


def decimal_year(day: dt.date) -> float:
    """The end of a day as a decimal year: 31 December 2025 is 2026.0."""
    days = 366 if calendar.isleap(day.year) else 365
    return day.year + day.timetuple().tm_yday / days


def expected_at(moment: float, baseline: Mark, milestones: Sequence[Mark]) -> float:
    """The path at `moment`: straight between marks, level after the last.

    Args:
        moment: decimal year, not before the baseline's.
        baseline: where the path starts.
        milestones: at least one, ordered by moment, all after the baseline.
    """
    before = baseline
    for mark in milestones:
        if moment <= mark.moment:
            way = (moment - before.moment) / (mark.moment - before.moment)
            return before.value * (1 - way) + mark.value * way
        before = mark
    return before.value


def standing(value: Mark, baseline: Mark, milestones: Sequence[Mark]) -> Standing:
    """Where `value` stands on the path from `baseline` through `milestones`; see the module's formulas.

    Example:
        >>> now, base, steps = Mark(2026, 12.0), Mark(2024, 13.6), [Mark(2026, 11.0), Mark(2028, 8.0)]
        >>> found = standing(now, base, steps)
        >>> found.expected, round(found.share, 2), round(found.expected_share, 2), round(found.gap, 2)
        (11.0, 0.62, 0.46, -0.18)
    """
    expected, final = expected_at(value.moment, baseline, milestones), milestones[-1].value
    share = _ratio(value.value - baseline.value, expected - baseline.value)
    expected_share = _ratio(expected - baseline.value, final - baseline.value)
    final_share = _ratio(value.value - baseline.value, final - baseline.value)
    gap = None if final_share is None or expected_share is None else final_share - expected_share
    return Standing(expected, share, expected_share, final_share, gap)


def _ratio(part: float, whole: float) -> float | None:
    return None if whole == 0 else part / whole


def is_reached(value: float, target: float, sign: int) -> bool:
    """Whether `value` is at `target` or beyond it the good way; `sign` is +1 when more is better, −1 when less."""
    return (value - target) * sign >= 0
