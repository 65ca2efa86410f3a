"""The parts of a city's change add up, on invented and on published figures."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.errors import TerritoryError
from observatory.statistics.decomposition import Moment, Published, Ratio, city_rate, decompose

FIGURES = Path(__file__).parents[2] / "data" / "figures"
ratios = st.tuples(st.integers(0, 5000), st.integers(1, 2_000_000)).map(lambda pair: Ratio(*map(float, pair)))
areas = st.fixed_dictionaries(dict.fromkeys(("01", "02", "03", "04"), ratios))
moments = st.builds(Moment, areas, st.integers(0, 99))


def parts_of(result: object) -> list[float]:
    return [getattr(result, name) for name in ("within", "shift", "unlocated", "revision", "definition")]


@settings(deadline=None)
@given(moments, moments, st.floats(0, 1e5), st.floats(0, 1e5), st.none() | st.floats(0, 1e5))
def test_the_parts_add_up_to_the_published_change(
    before: Moment, after: Moment, start: float, end: float, restated: float | None
) -> None:
    result = decompose(before, after, 100_000, Published(start, end, restated))
    scale = max(1.0, *(abs(part) for part in parts_of(result)))
    assert math.fsum(parts_of(result)) == pytest.approx(end - start, abs=1e-12 * scale)


@settings(deadline=None)
@given(moments, moments)
def test_without_published_figures_nothing_is_left_over(before: Moment, after: Moment) -> None:
    result = decompose(before, after, 1000)
    assert (result.revision, result.definition) == (0, 0)
    assert math.fsum(parts_of(result)) == pytest.approx(city_rate(after, 1000) - city_rate(before, 1000), abs=1e-7)
    assert math.fsum(area.shift for area in result.areas) == pytest.approx(result.shift)


def test_equal_rates_leave_only_population_and_none_of_it_counts() -> None:
    before = Moment({"01": Ratio(10, 1000), "02": Ratio(20, 2000)})
    after = Moment({"01": Ratio(30, 3000), "02": Ratio(20, 2000)})
    result = decompose(before, after, 1000)
    assert parts_of(result) == pytest.approx([0] * 5)


def test_moving_people_alone_is_all_shift() -> None:
    before = Moment({"01": Ratio(10, 1000), "02": Ratio(40, 1000)})
    after = Moment({"01": Ratio(5, 500), "02": Ratio(60, 1500)})
    result = decompose(before, after, 1000)
    assert (result.within, result.shift) == pytest.approx((0, 7.5))
    assert {area.code: area.shift for area in result.areas} == pytest.approx({"01": 4.6875, "02": 2.8125})


def test_a_revision_and_a_new_definition_are_told_apart() -> None:
    before, after = Moment({"01": Ratio(10, 1000)}), Moment({"01": Ratio(12, 1000)})
    result = decompose(before, after, 1000, Published(start=8, end=12, restated_start=9))
    assert parts_of(result) == pytest.approx([2, 0, 0, 1, 1])


def test_other_localities_are_refused() -> None:
    with pytest.raises(TerritoryError, match="'02' stands in one"):
        decompose(Moment({"01": Ratio(1, 1)}), Moment({"01": Ratio(1, 1), "02": Ratio(1, 1)}), 1)
    with pytest.raises(TerritoryError, match="'01' has no population"):
        decompose(Moment({"01": Ratio(0, 0)}), Moment({"01": Ratio(1, 1)}), 1)


def table(source: str, measure: str, period: str) -> dict[str, float]:
    with (FIGURES / f"{source}.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["measure"] == measure and row["period"] == period]
    return {row["territory_code"]: float(row["value"]) for row in rows if row["disaggregation"] == "total"}


def homicides(year: int) -> Moment:
    events = table("scj_homicides", "homicides", f"{year}-01--{year}-08")
    people = table("sdp_population_2025", "population", str(year))
    codes = [f"{number:02d}" for number in range(1, 21)]
    return Moment({code: Ratio(events[code], people[code]) for code in codes}, events.get("99", 0.0))


def test_homicides_of_january_to_august_2018_to_2026() -> None:
    before, after = homicides(2018), homicides(2026)
    assert sum(area.numerator for area in before.areas.values()) + before.unlocated == 684
    assert sum(area.numerator for area in after.areas.values()) + after.unlocated == 740
    result = decompose(before, after, 100_000)
    assert result.total == pytest.approx(result.within + result.shift + result.unlocated, abs=1e-12)
    assert len(result.areas) == 20
