"""Pace: is a level moving fast enough to reach its target in time?

With b the value at the base moment t0, v the value at t, y the target at T, d = +1 when more is better, −1 when less:

| quantity | linear | geometric |
|---|---|---|
| observed pace | o = (v − b) / (t − t0), units a year | o = (v / b)^(1 / (t − t0)) − 1, a fraction a year |
| required pace | r = (y − b) / (T − t0) | r = (y / b)^(1 / (T − t0)) − 1 |
| ratio R | d · o / abs(r) | s · d · o / abs(r), s = −1 when b is negative |
| pace needed from today | (y − v) / (T − t) | (y / v)^(1 / (T − t)) − 1 |
| arrival at the pace observed | t + (y − v) / o | t + ln(y / v) / ln(1 + o) |

The projected ratio extends the geometric pace to T: p = b · (1 + o)^(T − t0), ratio (p − b) / (y − b).

A growth rate is not defined from, to or across zero: nothing stands in for zero, the geometric form then has no value
and says why; the linear form always has one, except for a target equal to the base.

Source: Open SDG's progress measure after Statistics Canada (geometric form, cut-offs, natural limits; there a target of
0 is replaced by 0.001, here it is not); the United Nations' progress chart as restated by the Basque statistics office
(projected ratio).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from observatory.progress.cuts import PROJECTED_CUTS, RATE_CUTS, TARGET_CUTS, Cuts, Verdict
from observatory.progress.path import Mark, is_reached
from observatory.progress.rates import growth_rate, limit_factor, linear_rate

Method = Literal["path", "linear", "geometric", "projected", "no_target"]
SHORTEST_YEARS = 0.07  # a pace over less than a month is none


class PaceReason(StrEnum):
    """Why a method gives no verdict, or why there is no arrival. Words stand under `pace.reason.<code>`."""

    NOTHING_ELAPSED = "nothing_elapsed"
    TARGET_BEFORE_BASE = "target_before_base"
    TARGET_EQUALS_BASE = "target_equals_base"
    TARGET_DATE_PASSED = "target_date_passed"
    ZERO_OR_SIGN_CHANGE = "zero_or_sign_change"
    STANDING_STILL = "standing_still"
    MOVING_AWAY = "moving_away"
    ALREADY_THERE = "already_there"
    AT_LIMIT = "at_limit"


@dataclass(frozen=True)
class Way:
    """What is compared: base, newest value and target on the time axis, and which way is good.

    Args:
        base: value the promise starts from.
        now: newest value.
        target: promised value at its moment.
        sign: +1 when more is better, −1 when less is.
    """

    base: Mark
    now: Mark
    target: Mark
    sign: Literal[1, -1]


class MethodVerdict(NamedTuple):
    """What one method says; without a verdict it gives the reason. Paces in units (linear) or fractions a year."""

    method: Method
    observed: float | None
    required: float | None
    ratio: float | None
    verdict: Verdict | None
    reason: PaceReason | None


def linear(way: Way) -> MethodVerdict:
    """Observed against required linear pace; the only form for targets of zero or of the other sign.

    Example:
        >>> found = linear(Way(Mark(2015, 10), Mark(2022, 5), Mark(2030, 0), -1))
        >>> round(found.ratio, 2), found.verdict
        (1.07, 'on_track')
    """
    reason = _bar(way)
    if reason is not None:
        return MethodVerdict("linear", None, None, None, _met(way), reason)
    observed, required = linear_rate(way.base, way.now), linear_rate(way.base, way.target)
    return _judged("linear", way, observed, required, way.sign * observed / abs(required), TARGET_CUTS)


def geometric(way: Way) -> MethodVerdict:
    """Observed against required growth; needs base, value and target of one sign, none of them zero.

    Example:
        >>> geometric(Way(Mark(2015, 10), Mark(2022, 5), Mark(2030, 0), -1)).reason.value
        'zero_or_sign_change'
    """
    reason = _bar(way)
    if reason is not None:
        return MethodVerdict("geometric", None, None, None, _met(way), reason)
    observed, required = growth_rate(way.base, way.now), growth_rate(way.base, way.target)
    if observed is None or required is None:
        return MethodVerdict("geometric", observed, required, None, _met(way), PaceReason.ZERO_OR_SIGN_CHANGE)
    ratio = _side(way.base.value) * way.sign * observed / abs(required)
    return _judged("geometric", way, observed, required, ratio, TARGET_CUTS)


def projected(way: Way) -> MethodVerdict:
    """Where the observed growth leads by the target's moment, as a share of the way; a target of 0 is possible.

    Example:
        >>> found = projected(Way(Mark(2015, 10), Mark(2022, 5), Mark(2030, 0), -1))
        >>> round(found.ratio, 2), found.verdict
        (0.77, 'faster_needed')
    """
    reason = _bar(way)
    observed = None if reason is not None else growth_rate(way.base, way.now)
    if observed is None:
        return MethodVerdict("projected", None, None, None, _met(way), reason or PaceReason.ZERO_OR_SIGN_CHANGE)
    reached = _grown(way.base.value, observed, way.target.moment - way.base.moment)
    distance = abs(way.target.value - way.base.value)
    ratio = way.sign * (reached - way.base.value) / distance
    return _judged("projected", way, observed, None, ratio, PROJECTED_CUTS)


def without_target(base: Mark, now: Mark, sign: Literal[1, -1], limit: float | None = None) -> MethodVerdict:
    """Growth alone, against 1.5 %, 0.5 % and −0.5 % a year, shrunk near a natural limit.

    Source:
        Statistics Canada's method, as published with Open SDG; there any loss deteriorates, here one of less than
        0.5 % a year is hardly a change, as in the United Nations' progress chart.
    """
    if now.moment - base.moment < SHORTEST_YEARS:
        return MethodVerdict("no_target", None, None, None, None, PaceReason.NOTHING_ELAPSED)
    observed = growth_rate(base, now)
    if observed is None:
        return MethodVerdict("no_target", None, None, None, None, PaceReason.ZERO_OR_SIGN_CHANGE)
    factor = 1.0 if limit is None or limit == 0 else limit_factor(base.value, limit)
    if factor == 0:
        return MethodVerdict("no_target", observed, None, None, None, PaceReason.AT_LIMIT)
    ratio = _side(base.value) * sign * observed
    cuts = Cuts(RATE_CUTS.high * factor, RATE_CUTS.middle * factor, RATE_CUTS.low * factor, RATE_CUTS.verdicts)
    return MethodVerdict("no_target", observed, None, ratio, cuts.verdict(ratio), None)


def verdicts(way: Way) -> tuple[MethodVerdict, ...]:
    """What each method with a target says."""
    return linear(way), geometric(way), projected(way)


def _side(value: float) -> Literal[1, -1]:
    return -1 if value < 0 else 1


def _met(way: Way) -> Verdict | None:
    return "met" if is_reached(way.now.value, way.target.value, way.sign) else None


def _grown(value: float, rate: float, years: float) -> float:
    try:
        return float(value * (1 + rate) ** years)
    except OverflowError:
        return math.copysign(math.inf, value)


def _bar(way: Way) -> PaceReason | None:
    if way.now.moment - way.base.moment < SHORTEST_YEARS:
        return PaceReason.NOTHING_ELAPSED
    if way.target.moment <= way.base.moment:
        return PaceReason.TARGET_BEFORE_BASE
    return PaceReason.TARGET_EQUALS_BASE if way.target.value == way.base.value else None


def _judged(
    method: Method, way: Way, observed: float, required: float | None, ratio: float, cuts: Cuts
) -> MethodVerdict:
    """The verdict of a ratio; a target that is reached is met, one whose moment passed unreached has no verdict."""
    met = _met(way)
    if met is None and way.now.moment >= way.target.moment:
        return MethodVerdict(method, observed, required, ratio, None, PaceReason.TARGET_DATE_PASSED)
    return MethodVerdict(method, observed, required, ratio, met or cuts.verdict(ratio), None)
