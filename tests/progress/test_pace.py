"""Observed against required pace, by every form, and the words each method uses."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from observatory.progress.arrival import arrival, needed_from_now
from observatory.progress.pace import PaceReason, Way, geometric, linear, projected, verdicts, without_target
from observatory.progress.path import Mark
from observatory.progress.rates import growth_rate, limit_factor


def way(base: float, now: float, target: float, sign: int = -1, *, years: tuple[float, float] = (7, 15)) -> Way:
    start = 2015.0
    marks = Mark(start, base), Mark(start + years[0], now), Mark(start + years[1], target)
    return Way(*marks, 1 if sign > 0 else -1)


def test_half_of_ten_after_seven_of_fifteen_years_is_on_track_to_zero() -> None:
    case = way(10, 5, 0)
    assert linear(case).ratio == pytest.approx(1.0714, abs=1e-4)
    assert linear(case).verdict == "on_track"
    assert geometric(case).ratio is None
    assert geometric(case).reason is PaceReason.ZERO_OR_SIGN_CHANGE


@pytest.mark.parametrize(("stand_in", "ratio"), [(0.001, 0.20), (1.0, 0.66)])
def test_a_stand_in_for_zero_would_decide_the_verdict(stand_in: float, ratio: float) -> None:
    assert geometric(way(10, 5, stand_in)).ratio == pytest.approx(ratio, abs=0.006)


@pytest.mark.parametrize(("stand_in", "ratio"), [(0.001, 0.18), (0.1, 0.23), (1.0, 0.28)])
def test_500_falling_to_250_at_half_time_is_on_path_only_in_a_straight_line(stand_in: float, ratio: float) -> None:
    years = (5.0, 10.0)
    assert linear(way(500, 250, 0, years=years)).ratio == 1
    assert projected(way(500, 250, 0, years=years)).ratio == pytest.approx(0.75)
    assert geometric(way(500, 250, stand_in, years=years)).ratio == pytest.approx(ratio, abs=0.005)


def test_geometric_ratio_is_the_quotient_of_yearly_growths() -> None:
    found = geometric(way(100, 110, 150, 1, years=(5, 10)))
    observed, required = 1.1 ** (1 / 5) - 1, 1.5 ** (1 / 10) - 1
    assert (found.observed, found.required) == pytest.approx((observed, required))
    assert found.ratio == pytest.approx(observed / required)
    assert found.verdict == "limited"


def test_projected_ratio_extends_the_growth_to_the_target() -> None:
    found = projected(way(100, 110, 150, 1, years=(5, 10)))
    assert found.ratio == pytest.approx((100 * 1.1**2 - 100) / 50)
    assert found.verdict == "faster_needed"


def test_negative_values_grow_towards_zero() -> None:
    found = geometric(way(-10, -5, -2.5, 1, years=(5, 10)))
    assert found.ratio == pytest.approx(1.0)
    assert found.verdict == "on_track"
    assert geometric(way(-10, 5, 20, 1)).reason is PaceReason.ZERO_OR_SIGN_CHANGE


@pytest.mark.parametrize(
    ("now", "verdict"),
    [(50.0, "met"), (40.0, "met"), (76.25, "on_track"), (85, "faster_needed"), (95, "limited"), (101, "deteriorating")],
)
def test_words_of_the_linear_method(now: float, verdict: str) -> None:
    assert linear(way(100, now, 50, years=(5, 10))).verdict == verdict


@pytest.mark.parametrize(
    ("now", "verdict"), [(99, "stagnant"), (110, "stagnant"), (90, "faster_needed"), (70, "on_track")]
)
def test_words_of_the_projected_method(now: float, verdict: str) -> None:
    assert projected(way(100, now, 50, years=(5, 10))).verdict == verdict


def test_moving_past_the_target_the_wrong_way_is_no_progress() -> None:
    case = way(95, 85, 90, 1)  # more is better, and the promise was to fall no lower than 90
    assert all(found.verdict in ("deteriorating", "stagnant") for found in verdicts(case))


def test_limits_shrink_the_cut_offs() -> None:
    assert limit_factor(95, 100) == pytest.approx(0.204, abs=5e-4)
    assert 0.015 * limit_factor(95, 100) == pytest.approx(0.0031, abs=5e-5)
    assert limit_factor(105, 100) == limit_factor(95, 100)
    assert limit_factor(200, 100) == 1
    assert limit_factor(100, 100) == 0
    base, now = Mark(2015, 95), Mark(2020, 97)
    assert without_target(base, now, 1).verdict == "limited"
    assert without_target(base, now, 1, limit=100).verdict == "substantial"
    assert without_target(base, Mark(2020, 94), 1, limit=100).verdict == "deteriorating"
    assert without_target(Mark(2015, 0), now, 1).reason is PaceReason.ZERO_OR_SIGN_CHANGE


def test_what_has_no_pace_says_why() -> None:
    assert linear(way(10, 5, 0, years=(0, 15))).reason is PaceReason.NOTHING_ELAPSED
    assert linear(way(10, 12, 10)).reason is PaceReason.TARGET_EQUALS_BASE
    assert linear(way(10, 12, 8, years=(3, -1))).reason is PaceReason.TARGET_BEFORE_BASE
    late = linear(way(10, 9, 8, years=(16, 15)))
    assert (late.verdict, late.reason) == (None, PaceReason.TARGET_DATE_PASSED)
    assert linear(way(10, 7, 8, years=(16, 15))).verdict == "met"
    assert linear(way(10, 9, 10)).verdict == "met"


def test_pace_from_today_and_year_of_arrival() -> None:
    case = Way(Mark(2024, 100), Mark(2026, 90), Mark(2028, 60), -1)
    assert needed_from_now(case) == -15
    assert needed_from_now(case, "geometric") == pytest.approx((60 / 90) ** 0.5 - 1)
    assert arrival(case).moment == 2032
    assert arrival(case).year == 2031  # 2032.0 is the last day of 2031
    compound = arrival(case, "geometric").moment
    assert compound is not None
    assert 90 * 0.9 ** ((compound - 2026) / 2) == pytest.approx(60)


def test_no_arrival_says_why() -> None:
    assert arrival(way(10, 10, 5)).reason is PaceReason.STANDING_STILL
    assert arrival(way(10, 10, 5), "geometric").reason is PaceReason.STANDING_STILL
    assert arrival(way(10, 11, 5)).reason is PaceReason.MOVING_AWAY
    assert arrival(way(10, 4, 5)).reason is PaceReason.ALREADY_THERE
    assert arrival(way(10, 5, 0), "geometric").reason is PaceReason.ZERO_OR_SIGN_CHANGE
    assert arrival(way(10, 5, 0, years=(0, 9))).reason is PaceReason.NOTHING_ELAPSED
    assert needed_from_now(way(10, 9, 8, years=(16, 15))) is None


amounts = st.floats(0.1, 1000)


@settings(deadline=None)
@given(amounts, amounts, amounts, st.floats(0.01, 100))
def test_ratios_do_not_depend_on_the_unit(base: float, now: float, target: float, factor: float) -> None:
    assume(abs(target - base) > 0.01)
    one, other = verdicts(way(base, now, target)), verdicts(way(base * factor, now * factor, target * factor))
    for left, right in zip(one, other, strict=True):
        assert left.ratio == pytest.approx(right.ratio, rel=1e-6, abs=1e-9)


@settings(deadline=None)
@given(amounts, amounts, st.floats(0.5, 14.5))
def test_on_the_path_every_form_of_its_own_gives_one(base: float, target: float, years: float) -> None:
    assume(abs(target - base) > 0.01)
    sign = 1 if target > base else -1
    straight = base + (target - base) * years / 15
    assert linear(way(base, straight, target, sign, years=(years, 15))).ratio == pytest.approx(1)
    bent = base * (target / base) ** (years / 15)
    assert geometric(way(base, bent, target, sign, years=(years, 15))).ratio == pytest.approx(1, rel=1e-6)
    assert projected(way(base, bent, target, sign, years=(years, 15))).ratio == pytest.approx(1, rel=1e-4)


@settings(deadline=None)
@given(amounts, amounts, st.floats(1, 50))
def test_growth_compounds_back(start: float, end: float, years: float) -> None:
    rate = growth_rate(Mark(0, start), Mark(years, end))
    assert rate is not None
    assert math.isclose(start * (1 + rate) ** years, end, rel_tol=1e-6)
