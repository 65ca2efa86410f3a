"""The trend marker against the definitions of its two tests and against scipy and numpy."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from observatory.progress.comparability import Point, Refusal
from observatory.progress.marker import CRITICAL, MarkerReason, trend_marker


def series(values: list[float], half: float | list[float] = 1.0, first: int = 2020) -> list[Point]:
    halves = half if isinstance(half, list) else [half] * len(values)
    return [
        Point(dt.date(first + step, 1, 1), dt.date(first + step, 12, 31), value, value - width, value + width)
        for step, (value, width) in enumerate(zip(values, halves, strict=True))
    ]


def counted(pairs: list[tuple[float, float]], first: int = 2020) -> list[Point]:
    return [
        Point(dt.date(first + step, 1, 1), dt.date(first + step, 12, 31), up / of, numerator=up, denominator=of)
        for step, (up, of) in enumerate(pairs)
    ]


def test_the_cut_is_chi_square_of_two_in_a_thousand() -> None:
    assert pytest.approx(stats.chi2.ppf(0.998, 1)) == CRITICAL


def test_a_clear_fall_is_significant_and_named_by_its_direction() -> None:
    falling = series([20, 18, 16, 14, 12])
    assert trend_marker(falling, "rate", -1).verdict == "improving"
    assert trend_marker(falling, "rate", 1).verdict == "worsening"
    found = trend_marker(falling, "rate", None)
    assert (found.trend, found.verdict, found.slope, found.test) == ("falling", "changing", -2, "weighted_line")
    assert len(found.slopes_without_each) == 5
    assert found.p_value == pytest.approx(stats.chi2.sf(found.chi_square, 1))


def test_the_statistic_is_written_out_by_hand() -> None:
    found = trend_marker(series([10, 12, 11, 14, 13]), "rate", 1)
    # slope 0.8, SE of each value 2/3.92, Σ(x − x̄)² = 10
    assert found.slope == pytest.approx(0.8)
    assert found.chi_square == pytest.approx((0.8 / ((2 / 3.92) / 10**0.5)) ** 2)


@settings(deadline=None)
@given(st.lists(st.floats(1, 100), min_size=5, max_size=5), st.lists(st.floats(0.5, 20), min_size=5, max_size=5))
def test_the_weighted_line_is_numpys(values: list[float], halves: list[float]) -> None:
    found = trend_marker(series(values, halves), "rate", 1)
    errors = np.array(halves) * 2 / 3.92
    coefficients, covariance = np.polyfit(np.arange(5.0), values, 1, w=1 / errors, cov="unscaled")
    assert found.slope == pytest.approx(coefficients[0], abs=1e-6)
    assert found.chi_square == pytest.approx(coefficients[0] ** 2 / covariance[0, 0], rel=1e-6, abs=1e-6)


def test_one_year_that_carries_the_trend_takes_it_away() -> None:
    found = trend_marker(series([10, 9.9, 9.8, 9.7, 20]), "rate", 1)
    assert found.chi_square is not None
    assert found.chi_square > CRITICAL
    assert found.slopes_without_each[4] < 0
    assert (found.trend, found.verdict) == ("no_significant_change", "no_significant_change")


def test_wide_intervals_hide_a_trend() -> None:
    assert trend_marker(series([20, 18, 16, 14, 12], half=15), "rate", -1).trend == "no_significant_change"


def test_only_the_newest_five_count() -> None:
    long = series([1, 90, 20, 18, 16, 14, 12], first=2018)
    assert trend_marker(long, "rate", -1) == trend_marker(long[2:], "rate", -1)


def test_proportions_are_tested_by_what_was_counted() -> None:
    pairs = [(500.0, 5000.0), (540.0, 5000.0), (560.0, 5000.0), (640.0, 5000.0), (660.0, 5000.0)]
    found = trend_marker(counted(pairs), "share", -1)
    scores = np.repeat(np.arange(5), 5000)
    outcome = np.concatenate([np.r_[np.ones(int(up)), np.zeros(int(of - up))] for up, of in pairs])
    linked = np.corrcoef(scores, outcome)[0, 1] ** 2 * len(outcome)  # Cochran–Armitage is N·r²
    assert found.test == "proportions"
    assert found.chi_square == pytest.approx(linked, rel=1e-9)
    assert (found.trend, found.verdict) == ("rising", "worsening")


def test_proportions_with_unequal_denominators() -> None:
    pairs = [(50.0, 400.0), (80.0, 900.0), (30.0, 300.0), (120.0, 1500.0), (20.0, 310.0)]
    found = trend_marker(counted(pairs), "share", 1)
    scores = np.repeat(np.arange(5), [int(of) for _, of in pairs])
    outcome = np.concatenate([np.r_[np.ones(int(up)), np.zeros(int(of - up))] for up, of in pairs])
    assert found.chi_square == pytest.approx(np.corrcoef(scores, outcome)[0, 1] ** 2 * len(outcome), rel=1e-9)


def test_the_marker_says_why_it_cannot_be_calculated() -> None:
    good = series([20, 18, 16, 14, 12])
    assert trend_marker(good[1:], "rate", -1).reason is Refusal.FEW_POINTS
    assert trend_marker(good, "count", -1).reason is MarkerReason.COUNTS
    assert trend_marker(good, "rate", -1, [dt.date(2022, 1, 1)]).reason is Refusal.SERIES_BREAK
    bare = [Point(item.start, item.end, item.value) for item in good]
    assert trend_marker(bare, "rate", -1).reason is MarkerReason.NO_INTERVAL
    assert trend_marker(series([1, 2, 3, 4, 5], half=0), "rate", 1).reason is MarkerReason.INTERVAL_WITHOUT_WIDTH
    assert trend_marker(counted([(0.0, 10.0)] * 5), "share", 1).reason is MarkerReason.NO_VARIATION
    assert trend_marker(counted([(10.0, 10.0)] * 5), "share", 1).trend is None
    mixed = [*good[:4], Point(dt.date(2024, 1, 1), dt.date(2024, 8, 31), 12, 11, 13, season="span:01-08")]
    assert trend_marker(mixed, "rate", -1).reason is Refusal.MIXED_SEASONS


def test_an_unchanging_series_has_no_significant_change() -> None:
    assert trend_marker(series([7, 7, 7, 7, 7]), "rate", 1).trend == "no_significant_change"
