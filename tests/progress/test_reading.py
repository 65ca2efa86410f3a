"""One series, every method side by side, and the refusals that come before all of them."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from observatory.period import parse_period
from observatory.progress.comparability import Point, Refusal
from observatory.progress.path import Mark
from observatory.progress.reading import Promise, read

# Homicides in Bogotá, January to August, 2018–2026 (Secretariat of Security): counts, held against the same months.
HOMICIDES = [684, 656, 654, 763, 658, 712, 747, 799, 740]


def months(year: int, value: float, half: float | None = None) -> Point:
    ends = (None, None) if half is None else (value - half, value + half)
    return Point(dt.date(year, 1, 1), dt.date(year, 8, 31), value, *ends, season="span:01-08")


def homicides() -> list[Point]:
    return [months(2018 + step, count, 2 * math.sqrt(count)) for step, count in enumerate(HOMICIDES)]


def years(*values: float, first: int = 2018) -> list[Point]:
    return [
        Point(dt.date(first + step, 1, 1), dt.date(first + step, 12, 31), value, value - 1, value + 1)
        for step, value in enumerate(values)
    ]


def test_year_to_date_is_not_held_against_a_year() -> None:
    found = read(homicides(), Promise(600, parse_period("2027"), -1), "count")
    assert found.refusal is Refusal.PART_OF_YEAR_AGAINST_YEAR
    assert (found.way, found.comparison, found.projections) == (None, None, ())


def test_the_same_months_are() -> None:
    found = read(homicides(), Promise(600, parse_period("2027-01--2027-08"), -1), "count")
    assert found.refusal is None
    assert found.comparison is not None
    assert found.comparison.decides.verdict == "deteriorating"
    assert found.needed == pytest.approx(-140)
    assert found.arrival is not None
    assert found.arrival.moment is None
    assert found.robustness is not None
    assert found.robustness.state == "solid"  # risen since 2018 and since 2019, at both ends of every interval
    assert found.robustness.trials == 27
    assert found.marker.trend is None  # counts
    assert len(found.projections) == 2


def test_a_declared_base_is_not_left_out() -> None:
    promise = Promise(50, parse_period("2029"), -1, base=Mark(2019, 100))
    found = read(years(85, 80, 76, 70, 60, first=2021), promise, "rate")
    assert found.comparison is not None
    assert found.comparison.decides.method == "linear"
    assert found.robustness is not None
    assert (found.robustness.state, found.robustness.status) == ("solid", "on_track")
    assert found.marker.verdict == "improving"
    assert found.way is not None
    assert found.way.base == Mark(2019, 100)


def test_a_break_after_the_base_is_not_crossed() -> None:
    promise = Promise(50, parse_period("2029"), -1, base=Mark(2019, 100))
    found = read(years(85, 80, first=2021), promise, "rate", breaks=[dt.date(2020, 1, 1)])
    assert found.refusal is Refusal.SERIES_BREAK
    assert read(years(85, 80, first=2021), promise, "rate", breaks=[dt.date(2018, 1, 1)]).refusal is None


def test_the_indicator_says_which_method_decides() -> None:
    promise = Promise(0, parse_period("2030"), -1, decides="projected")
    found = read(years(10, 9, 8, 7, 6, 5), promise, "rate")
    assert found.comparison is not None
    assert found.comparison.decides.method == "projected"
    assert found.comparison.agreement == "disagree"
    assert found.robustness is not None
    assert found.robustness.state == "methods_disagree"


def test_one_point_without_a_base_is_too_few() -> None:
    assert read(years(10), Promise(5, parse_period("2030"), -1), "rate").refusal is Refusal.FEW_POINTS
    assert read([], Promise(5, parse_period("2030"), -1), "rate").refusal is Refusal.FEW_POINTS
