"""Two simple models, checked against numpy and scipy, and what their backtest allows to be said."""

from __future__ import annotations

import datetime as dt
import math
import random

import numpy as np
import pytest
from scipy import stats

from observatory.progress.comparability import Point, Refusal
from observatory.progress.path import Mark
from observatory.progress.projection import (
    Backtest,
    Bounds,
    Criterion,
    ProjectionReason,
    backtest,
    forecast,
    probability,
    project,
    support,
)

VALUES = [17.3, 16.1, 15.6, 15.9, 14.2, 13.8, 13.1, 12.9, 11.8]
MARKS = [Mark(2018 + step, value) for step, value in enumerate(VALUES)]


def series(values: list[float], first: int = 2017) -> list[Point]:
    return [
        Point(dt.date(first + step, 1, 1), dt.date(first + step, 12, 31), value) for step, value in enumerate(values)
    ]


def test_the_linear_interval_is_the_textbooks() -> None:
    moments = np.array([mark.moment for mark in MARKS])
    fitted = stats.linregress(moments, VALUES)
    rest = VALUES - (fitted.intercept + fitted.slope * moments)
    deviation = math.sqrt((rest**2).sum() / 7)
    spread = ((moments - moments.mean()) ** 2).sum()
    half = stats.t.ppf(0.975, 7) * deviation * math.sqrt(1 + 1 / 9 + (2030 - moments.mean()) ** 2 / spread)
    centre = fitted.intercept + fitted.slope * 2030
    found = forecast("linear", MARKS, 2030)
    assert tuple(found) == pytest.approx((2030, centre, centre - half, centre + half), rel=1e-6)


def test_the_geometric_model_is_the_linear_one_on_logarithms() -> None:
    logs = [Mark(mark.moment, math.log(mark.value)) for mark in MARKS]
    below = forecast("linear", logs, 2030)
    found = forecast("geometric", MARKS, 2030)
    assert tuple(found)[1:] == pytest.approx([math.exp(end) for end in below[1:]])
    assert found.lower > 0


def test_the_interval_widens_with_the_years_ahead() -> None:
    widths = [said.upper - said.lower for said in project(series(VALUES), Mark(2030, 9), -1)[0].path]
    assert widths == sorted(widths)
    assert len(widths) == 4


def test_probability_is_students() -> None:
    said = forecast("linear", MARKS, 2030)
    error = (said.upper - said.value) / stats.t.ppf(0.975, 7)
    expected = stats.t.cdf((9.0 - said.value) / error, 7)
    assert probability("linear", MARKS, Mark(2030, 9.0), -1) == pytest.approx(expected)
    assert probability("linear", MARKS, Mark(2030, 9.0), 1) == pytest.approx(1 - expected)
    assert probability("linear", MARKS, Mark(2030, said.value), 1) == pytest.approx(0.5)
    assert probability("geometric", MARKS, Mark(2030, 0), -1) is None


def test_the_backtest_only_knows_what_was_known() -> None:
    tested = backtest("linear", MARKS)
    assert len(tested.hindcasts) == 4 + 3 + 2 + 1
    first = tested.hindcasts[0]
    assert first.origin == 2022
    assert first.forecast == forecast("linear", MARKS[:5], 2023)
    assert (first.naive, first.known) == (VALUES[4], VALUES[5])
    assert tested.longest == 4


def test_skill_and_coverage_are_counted() -> None:
    tested = backtest("linear", MARKS)
    errors = [abs(one.forecast.value - one.known) for one in tested.hindcasts]
    naive = [abs(one.naive - one.known) for one in tested.hindcasts]
    assert tested.skill == pytest.approx(1 - sum(errors) / sum(naive))
    hits = [one.forecast.lower <= one.known <= one.forecast.upper for one in tested.hindcasts]
    assert tested.coverage == sum(hits) / 10


def test_a_steady_fall_is_given_a_probability() -> None:
    linear, geometric = project(series(VALUES), Mark(2028, 11), -1)
    assert linear.probability is not None
    assert 0 < linear.probability < 1
    assert (linear.probability_reason, linear.reason) == (None, None)
    assert geometric.model == "geometric"


def test_no_probability_further_ahead_than_was_tested() -> None:
    found = project(series(VALUES), Mark(2036, 5), -1)[0]
    assert (found.probability, found.probability_reason) == (None, ProjectionReason.TOO_FAR_AHEAD)
    assert found.path[-1].moment == 2036


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (Backtest((), None, None, 0, None), ProjectionReason.FEW_FORECASTS),
        (Backtest(backtest("linear", MARKS).hindcasts, 0.1, 1, 4, 1), ProjectionReason.NO_SKILL),
        (Backtest(backtest("linear", MARKS).hindcasts, None, 1, 4, 1), ProjectionReason.NO_SKILL),
        (Backtest(backtest("linear", MARKS).hindcasts, 0.2, 0.7, 4, 1), ProjectionReason.LOW_COVERAGE),
        (Backtest(backtest("linear", MARKS).hindcasts, 0.2, 0.8, 1, 1), ProjectionReason.TOO_FAR_AHEAD),
        (Backtest(backtest("linear", MARKS).hindcasts, 0.2, 0.8, 4, 1), None),
    ],
)
def test_the_criterion_is_declared(result: Backtest, reason: ProjectionReason | None) -> None:
    assert support(result, 2, Criterion()) is reason


def test_what_cannot_be_projected_says_why() -> None:
    assert {found.reason for found in project(series(VALUES[:4]), Mark(2030, 9), -1)} == {Refusal.FEW_POINTS}
    broken = project(series(VALUES), Mark(2030, 9), -1, [dt.date(2020, 1, 1)])
    assert {found.reason for found in broken} == {Refusal.SERIES_BREAK}
    with_zero = project(series([3, 2, 1, 1, 0, 1]), Mark(2030, 0), -1)
    assert [found.reason for found in with_zero] == [None, ProjectionReason.NOT_ABOVE_ZERO]
    assert project(series(VALUES), Mark(2026, 9), -1)[0].reason is ProjectionReason.NOT_AHEAD
    to_zero = project(series(VALUES), Mark(2028, 0), -1)[1]
    assert to_zero.probability_reason is ProjectionReason.TARGET_OUT_OF_REACH_OF_MODEL


def test_projections_stay_within_natural_bounds() -> None:
    shares = [0.80, 0.84, 0.87, 0.90, 0.93, 0.97]
    found = project(series(shares), Mark(2040, 1.0), 1, bounds=Bounds(0, 1))[0]
    assert all(0 <= end <= 1 for said in found.path for end in said[1:])
    assert found.path[-1].value == 1


def test_a_flat_series_is_its_own_forecast() -> None:
    found = project(series([7.0] * 9), Mark(2028, 7), 1)[0]
    assert found.path[-1].value == 7
    assert found.probability_reason is ProjectionReason.NO_SKILL
    assert probability("linear", [Mark(year, 7.0) for year in range(5)], Mark(9, 7.0), 1) == 1
    assert probability("linear", [Mark(year, 7.0) for year in range(5)], Mark(9, 8.0), 1) == 0


def test_intervals_cover_as_often_as_they_say_when_the_model_is_true() -> None:
    draw, hits, asked = random.Random(7), 0, 4000
    for _ in range(asked):
        marks = [Mark(step, 20 - step + draw.gauss(0, 1)) for step in range(10)]
        said = forecast("linear", marks[:9], 11)
        hits += said.lower <= 20 - 11 + draw.gauss(0, 1) <= said.upper
    assert hits / asked == pytest.approx(0.95, abs=0.012)
