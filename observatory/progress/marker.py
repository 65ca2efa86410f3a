"""Trend marker: is the line through the last five values steeper than their uncertainty explains?

| test | when | statistic |
|---|---|---|
| weighted line | values with a 95 % interval | (slope / SE_slope)², weights 1 / SE², SE = (upper − lower) / 3.92 |
| proportions | shares with counted numerator and denominator | Cochran–Armitage χ² for a linear trend |

The trend is significant when the statistic is over 9.55 (χ² with one degree of freedom, two-sided p = 0.002) and the
slope keeps its sign when each of the five points is left out. No target is needed. Counts are refused: a count moves
with its population.

Source: trend marker of Fingertips (Office for Health Improvement and Disparities, England), constants as in its public
code. Fingertips numbers the points 1 to 5; here the moments of the periods are used, which gives the same for unbroken
years. Cochran (1954), Armitage (1955) for proportions.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from observatory.progress.comparability import Point, Refusal, in_order, refusal
from observatory.progress.fitting import fit_line
from observatory.registry.models import Measure

POINTS = 5
CRITICAL = 9.54953570608324
WIDTH_95 = 3.92

Trend = Literal["rising", "falling", "no_significant_change"]
Verdict = Literal["improving", "worsening", "no_significant_change", "changing"]
Test = Literal["weighted_line", "proportions"]


class MarkerReason(StrEnum):
    """Why the marker cannot be calculated, beside `Refusal`. Words stand under `marker.reason.<code>`."""

    COUNTS = "counts"
    NO_INTERVAL = "no_interval"
    INTERVAL_WITHOUT_WIDTH = "interval_without_width"
    NO_VARIATION = "no_variation"


class Slope(NamedTuple):
    """A slope in units a year and its χ²."""

    value: float
    chi_square: float


@dataclass(frozen=True)
class Marker:
    """The marker and its working; `trend` is None with a reason where it cannot be calculated.

    `slope` is in units a year, `slopes_without_each` are the slopes with one point left out, in time order.
    """

    trend: Trend | None
    verdict: Verdict | None
    reason: Refusal | MarkerReason | None
    test: Test | None = None
    slope: float | None = None
    chi_square: float | None = None
    p_value: float | None = None
    slopes_without_each: tuple[float, ...] = ()


def trend_marker(
    series: Iterable[Point], measure: Measure, sign: Literal[1, -1] | None, breaks: Iterable[dt.date] = ()
) -> Marker:
    """The trend of the last five values.

    Args:
        series: points of one territory; only the newest five are read, and they must stand in one line.
        measure: what the indicator is; a count is refused. A share is tested by its numerators and denominators where
            all are counted: never pass weighted estimates of a survey as such.
        sign: +1 when more is better, −1 when less is, None when neither.
        breaks: first days from which the series is not comparable with what came before.
    """
    last = in_order(series)[-POINTS:]
    reason: Refusal | MarkerReason | None = refusal(last, breaks, POINTS)
    if measure == "count":
        reason = MarkerReason.COUNTS
    if reason is not None:
        return Marker(None, None, reason)
    is_counted = all(
        point.numerator is not None and point.denominator is not None and point.denominator > 0 for point in last
    )
    test: Test = "proportions" if measure == "share" and is_counted else "weighted_line"
    reason = _bar(last, test)
    if reason is not None:
        return Marker(None, None, reason)
    slope_of = proportions_slope if test == "proportions" else weighted_slope
    return _marked(last, test, slope_of, sign)


def weighted_slope(series: Sequence[Point]) -> Slope:
    """Slope of the line weighted by 1 / SE², and its χ².

    Formula:
        SE_slope² = 1 / Σw(x − x̄)², so that χ² = slope² · Σw(x − x̄)².
    """
    errors = [(_known(point.upper) - _known(point.lower)) / WIDTH_95 for point in series]
    moments, values = [point.moment for point in series], [point.value for point in series]
    line = fit_line(moments, values, [1 / error**2 for error in errors])
    return Slope(line.slope, line.slope**2 * line.spread)


def proportions_slope(series: Sequence[Point]) -> Slope:
    """Slope of the shares weighted by their denominators n, and the Cochran–Armitage χ².

    Formula:
        χ² = slope² · Σn(x − x̄)² / (p̄ · (1 − p̄)), with p̄ the share of all years together.
    """
    sizes = [_known(point.denominator) for point in series]
    shares = [_known(point.numerator) / size for point, size in zip(series, sizes, strict=True)]
    line = fit_line([point.moment for point in series], shares, sizes)
    pooled = line.centre_y
    spread = pooled * (1 - pooled)
    return Slope(line.slope, line.slope**2 * line.spread / spread if spread > 0 else 0.0)


def _known(value: float | None) -> float:
    assert value is not None
    return value


def _bar(series: Sequence[Point], test: Test) -> MarkerReason | None:
    if test == "proportions":
        shares = {_known(point.numerator) / _known(point.denominator) for point in series}
        return MarkerReason.NO_VARIATION if shares in ({0.0}, {1.0}) else None
    if any(point.lower is None or point.upper is None for point in series):
        return MarkerReason.NO_INTERVAL
    is_flat = any(_known(point.upper) <= _known(point.lower) for point in series)
    return MarkerReason.INTERVAL_WITHOUT_WIDTH if is_flat else None


def _marked(
    last: Sequence[Point], test: Test, slope_of: Callable[[Sequence[Point]], Slope], sign: Literal[1, -1] | None
) -> Marker:
    slope, chi_square = slope_of(last)
    others = tuple(slope_of([*last[:out], *last[out + 1 :]]).value for out in range(len(last)))
    keeps_sign = all(other * slope > 0 for other in others)
    is_significant = chi_square > CRITICAL and keeps_sign
    trend: Trend = ("rising" if slope > 0 else "falling") if is_significant else "no_significant_change"
    from scipy.special import chdtrc  # on first use: half a second that series without a trend need not wait

    p_value = float(chdtrc(1, chi_square)) if math.isfinite(chi_square) else 0.0
    return Marker(trend, _verdict(trend, sign), None, test, slope, chi_square, p_value, others)


def _verdict(trend: Trend, sign: Literal[1, -1] | None) -> Verdict:
    if trend == "no_significant_change":
        return "no_significant_change"
    if sign is None:
        return "changing"
    return "improving" if (trend == "rising") == (sign == 1) else "worsening"
