"""What a city's target asks of its localities, on small cities counted by hand and on published homicides."""

from __future__ import annotations

import csv
import itertools
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.errors import TerritoryError
from observatory.progress.needed import Area, Goal, needed, reach

FIGURES = Path(__file__).parents[2] / "data" / "figures"
GOAL = Goal(rate=25, per=1000, sign=-1, years=4)
CITY = [Area("01", 60, 1000, 1000), Area("02", 30, 1000, 1000), Area("03", 10, 1000, 1000)]


def test_a_city_of_three() -> None:
    found = needed(CITY, GOAL)
    assert (found.allowed, found.expected, found.to_move, found.common_factor) == (75, 100, 25, 0.75)
    assert [(need.code, need.needed_rate, need.change, need.needed_pace) for need in found.areas] == [
        ("01", 45, -15, -3.75),
        ("02", 22.5, -7.5, -1.875),
        ("03", 7.5, -2.5, -0.625),
    ]
    assert found.smallest_set is not None
    assert [(step.code, step.events, step.covered) for step in found.smallest_set] == [("01", 35, 1.4)]


def test_the_mean_of_rates_would_mislead() -> None:
    uneven = [Area("01", 90, 1000, 1000), Area("02", 100, 9000, 9000)]
    found = needed(uneven, Goal(20, 1000, -1, 1))
    assert found.to_move == 0  # 19 per 1000, though the mean of 90 and 11 is 50
    assert found.smallest_set == ()
    assert all(need.change == 0 for need in found.areas)


def test_people_to_come_are_counted() -> None:
    growing = [Area("01", 10, 1000, 2000), Area("02", 0, 1000, 1000)]
    found = needed(growing, Goal(5, 1000, -1, 2))
    assert (found.expected, found.allowed, found.to_move) == (20, 15, 5)
    assert reach(growing[0], Goal(5, 1000, -1, 2)) == 10


def test_pace_and_how_many_times_faster() -> None:
    areas = [Area("01", 60, 1000, 1000, 66, 4), Area("02", 40, 1000, 1000, 30, 4), Area("03", 0, 1000, 1000, 0, 4)]
    first, second, third = needed(areas, GOAL).areas
    assert (first.observed_pace, first.needed_pace, first.speed_up) == (-1.5, -3.75, 2.5)
    assert (second.observed_pace, second.speed_up) == (2.5, None)
    assert (third.observed_pace, third.change, third.speed_up) == (0, 0, None)


def test_events_of_no_locality_are_held() -> None:
    found = needed(CITY, GOAL, unlocated=5)
    assert (found.to_move, found.common_factor) == (30, 0.7)


def test_floors_may_leave_the_target_out_of_reach() -> None:
    found = needed(CITY, GOAL, floors={"01": 50, "02": 28, "03": 10})
    assert found.smallest_set is None
    assert found.shortfall == 13
    enough = needed(CITY, GOAL, floors={"01": 40, "02": 20, "03": 10})
    assert enough.smallest_set is not None
    assert [step.code for step in enough.smallest_set] == ["01", "02"]


def test_more_is_better_is_the_mirror() -> None:
    covered = [Area("01", 40, 100, 100), Area("02", 80, 100, 100)]
    found = needed(covered, Goal(0.7, 1, 1, 2))
    assert (found.to_move, found.common_factor) == (pytest.approx(20), pytest.approx(140 / 120))
    assert found.smallest_set is not None
    assert [(step.code, round(step.events)) for step in found.smallest_set] == [("01", 30)]


def test_a_city_without_events_needs_nothing_of_a_factor() -> None:
    assert needed([Area("01", 0, 10, 10)], GOAL).common_factor is None
    with pytest.raises(TerritoryError, match="'01' has no population"):
        needed([Area("01", 0, 0, 10)], GOAL)


people = st.integers(100, 5000).map(float)
localities = st.lists(st.tuples(st.integers(0, 90).map(float), people, people), min_size=1, max_size=7)


@settings(deadline=None)
@given(localities, st.floats(0.5, 60), st.sampled_from([1, -1]))
def test_no_smaller_set_would_do(rows: list[tuple[float, float, float]], rate: float, sign: int) -> None:
    areas = [Area(f"{number:02d}", *row) for number, row in enumerate(rows)]
    goal = Goal(rate, 1000, 1 if sign > 0 else -1, 3)
    found = needed(areas, goal)
    assert found.smallest_set is not None  # when all come to the target, the city does
    reaches = [reach(area, goal) for area in areas]
    slack = 1e-6 * max(1.0, found.to_move)
    sums = [
        size
        for size in range(len(areas) + 1)
        if any(math.fsum(some) >= found.to_move - slack for some in itertools.combinations(reaches, size))
    ]
    assert abs(len(found.smallest_set) - min(sums)) == 0 or found.to_move < slack


@settings(deadline=None)
@given(localities, st.floats(0.5, 60))
def test_the_common_factor_meets_the_target_exactly(rows: list[tuple[float, float, float]], rate: float) -> None:
    areas = [Area(f"{number:02d}", *row) for number, row in enumerate(rows)]
    found = needed(areas, Goal(rate, 1000, -1, 3))
    if found.to_move == 0:
        return
    then = math.fsum(
        need.needed_rate / 1000 * area.denominator_then for need, area in zip(found.areas, areas, strict=True)
    )
    assert then == pytest.approx(found.allowed)


def test_homicides_of_2026_against_a_fifth_less() -> None:
    def table(source: str, measure: str, period: str) -> dict[str, float]:
        with (FIGURES / f"{source}.csv").open(encoding="utf-8") as lines:
            rows = [row for row in csv.DictReader(lines) if row["measure"] == measure and row["period"] == period]
        return {row["territory_code"]: float(row["value"]) for row in rows if row["disaggregation"] == "total"}

    events = table("scj_homicides", "homicides", "2026-01--2026-08")
    now = table("sdp_population_2025", "population", "2026")
    codes = [f"{number:02d}" for number in range(1, 21)]
    areas = [Area(code, events[code], now[code], now[code]) for code in codes]
    rate = 0.8 * 740 / math.fsum(now[code] for code in codes) * 100_000
    found = needed(areas, Goal(rate, 100_000, -1, 1), unlocated=events.get("99", 0.0))
    assert found.expected == pytest.approx(740)
    assert found.smallest_set is not None
    assert found.smallest_set[0].code == "19"  # Ciudad Bolívar: 126 of 740
    assert found.smallest_set[-1].covered >= 1
    assert sum(step.events for step in found.smallest_set[:-1]) < found.to_move == pytest.approx(148)
