"""Intervals against scipy's own distributions, tests and published examples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from observatory.statistics.intervals import (
    Interval,
    effective_sample,
    normal_quantile,
    poisson_interval,
    wilson_interval,
)


@pytest.mark.parametrize("count", [*range(31), 50, 100, 740, 19_602, 1_000_000])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.998])
def test_poisson_interval_is_scipys_chi_square_form(count: int, confidence: float) -> None:
    tail = (1 - confidence) / 2
    lower = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    upper = stats.chi2.ppf(1 - tail, 2 * count + 2) / 2
    assert poisson_interval(count, confidence) == pytest.approx((lower, upper), rel=1e-9)


@pytest.mark.parametrize("count", [1, 3, 10, 58])
def test_poisson_interval_leaves_two_and_a_half_percent_on_each_side(count: int) -> None:
    lower, upper = poisson_interval(count)
    assert stats.poisson.sf(count - 1, lower) == pytest.approx(0.025)
    assert stats.poisson.cdf(count, upper) == pytest.approx(0.025)


def test_no_events_still_have_an_upper_end() -> None:
    assert poisson_interval(0) == pytest.approx((0, -math.log(0.025)))


def test_the_rate_of_sumapaz_without_homicides_reaches_109_per_100_000() -> None:
    assert poisson_interval(0).upper / 3_385 * 100_000 == pytest.approx(109.0, abs=0.05)


@given(st.integers(1, 5000).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))))
@settings(deadline=None)
def test_wilson_is_scipys(case: tuple[int, int]) -> None:
    hits, size = case
    expected = stats.binomtest(hits, size).proportion_ci(0.95, method="wilson")
    found = wilson_interval(hits / size, size)
    assert found == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_effective_sample_is_kishs() -> None:
    weights = [1.5, 0.5, 2.0, 4.0]
    assert effective_sample(weights) == pytest.approx(8**2 / (2.25 + 0.25 + 4 + 16))
    assert effective_sample([7.0] * 12) == pytest.approx(12)


def test_what_has_no_interval_is_refused() -> None:
    for wrong in (lambda: poisson_interval(-1), lambda: wilson_interval(1.2, 10)):
        with pytest.raises(ValueError, match="has no interval"):
            wrong()
    with pytest.raises(ValueError, match="all positive"):
        effective_sample([1, 0])
    with pytest.raises(ValueError, match="between 0 and 1"):
        normal_quantile(95)


def test_touching_ends_overlap() -> None:
    assert Interval(0, 1).overlaps(Interval(1, 2))
    assert not Interval(0, 1).overlaps(Interval(1.1, 2))
