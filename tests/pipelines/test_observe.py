"""Observations of the fixture, against arithmetic done by hand."""

import pytest

from observatory.editions import reads
from pipelines.observe import poisson_intervals
from tests.observatories import fixture_edition


def test_a_rate_is_cases_over_the_population_of_the_year() -> None:
    row = reads.series(fixture_edition(), "homicide_rate", ["01"])[-1]
    assert (row.period, row.numerator, row.denominator) == ("2025", 2, 100_000)
    assert row.value == 2.0
    assert (row.source_id, row.denominator_source_id) == ("deaths", "sdp_population_2025")


def test_zero_cases_are_a_rate_of_zero_with_an_interval() -> None:
    row = reads.series(fixture_edition(), "homicide_rate", ["20"])[-1]
    assert (row.value, row.lower, row.absence) == (0, 0, None)
    assert row.upper == pytest.approx(3.688879 / 3000 * 100_000, rel=1e-6)


def test_the_city_counts_unlocated_and_lost_records() -> None:
    row = reads.series(fixture_edition(), "homicide_rate", ["00"])[-1]
    localities = reads.snapshot(fixture_edition(), "homicide_rate", "2025", "locality")
    assert len(localities) == 20
    assert row.numerator == sum(place.numerator or 0 for place in localities) + 2 + 1


def test_exact_poisson_intervals_are_those_of_the_tables() -> None:
    intervals = {count: (low, high) for count, low, high in poisson_intervals([0, 1, 10, 100])}
    assert intervals[0] == pytest.approx((0, 3.6889), abs=1e-4)
    assert intervals[1] == pytest.approx((0.0253, 5.5716), abs=1e-4)
    assert intervals[10] == pytest.approx((4.7954, 18.3904), abs=1e-4)
    assert intervals[100] == pytest.approx((81.3640, 121.6268), abs=1e-4)


def test_a_published_interval_and_sample_are_carried() -> None:
    row = reads.series(fixture_edition(), "feels_safe", ["00"])[1]
    assert (row.value, row.lower, row.upper, row.sample) == (0.42, 0.38, 0.46, 1000)


def test_a_secondary_source_says_so_at_every_value() -> None:
    assert [row.flag for row in reads.series(fixture_edition(), "feels_safe", ["00"])] == ["secondary", "secondary", ""]


def test_an_absence_is_carried_with_its_reason() -> None:
    rows = reads.series(fixture_edition(), "feels_safe", ["00"])
    assert [(row.value, row.absence) for row in rows] == [(0.4, None), (0.42, None), (None, "suppressed")]


def test_the_first_value_after_a_break_is_flagged_and_only_it() -> None:
    rows = reads.series(fixture_edition(), "pm25", ["00", "20"])
    assert [row.flag for row in rows if row.territory_code == "00"] == ["modelled", "modelled", "break modelled"]
    assert [row.flag for row in rows if row.territory_code == "20"] == ["", "", ""]


def test_a_declared_dimension_is_kept_and_found_by_it() -> None:
    rows = reads.breakdown(fixture_edition(), "feels_safe", "00", "sex")
    assert [(row.disaggregation, row.value) for row in rows] == [("sex:men", 0.49), ("sex:women", 0.35)]


def test_every_figure_row_has_one_outcome() -> None:
    accounts = [row for row in reads.accounts(fixture_edition()) if row.stage == "figures"]
    captures = {row.source_id: row.rows for row in reads.captures(fixture_edition())}
    assert {source: sum(row.rows for row in accounts if row.source_id == source) for source in captures} == captures
    assert {(row.outcome, row.rule): row.rows for row in accounts if row.source_id == "deaths"} == {
        ("observed", "used"): 105,
        ("excluded", "unlocated"): 5,
        ("excluded", "not_used_by_an_indicator"): 2,
        ("quarantined", "territory_missing"): 1,
    }


def test_a_row_that_lost_its_place_is_held_back_and_named() -> None:
    rejected = reads.rejected(fixture_edition(), "deaths")
    assert [(row.row_number, row.column_name, row.rule) for row in rejected] == [
        (2, "territory_code", "territory_missing")
    ]


def test_places_with_ties_can_be_read_in_either_direction() -> None:
    rows = {row.territory_code: row for row in reads.latest(fixture_edition(), "homicide_rate", "locality")}
    assert (rows["20"].above, rows["20"].below, rows["20"].equal) == (19, 0, 1)
    assert all((row.above or 0) + (row.below or 0) + (row.equal or 0) == 20 for row in rows.values())
    absent = {row.territory_code: row for row in reads.latest(fixture_edition(), "pm25", "locality")}["20"]
    assert (absent.value, absent.absence, absent.above, absent.below, absent.equal) == (
        None,
        "not_applicable",
        None,
        None,
        None,
    )


def test_the_city_stands_beside_each_locality_for_the_same_period() -> None:
    rows = reads.territory_sheet(fixture_edition(), "01")
    city = {row.indicator_id: row for row in reads.latest_city(fixture_edition())}
    assert [row.indicator_id for row in rows] == ["homicide_rate", "pm25"]
    assert all(row.city_value == city[row.indicator_id].value for row in rows)


def test_the_newest_total_is_of_the_newest_period_with_a_value() -> None:
    latest = {row.indicator_id: row.period for row in reads.latest_city(fixture_edition())}
    assert latest == {"homicide_rate": "2025", "feels_safe": "2024", "pm25": "2025"}


def test_silence_has_a_row_for_each_locality_and_year_and_says_why() -> None:
    rows = reads.silence(fixture_edition(), "pm25")
    assert len(rows) == 20 * 3
    assert {row.absence for row in rows if row.territory_code == "20"} == {"not_applicable"}
    assert {row.with_value for row in rows if row.territory_code == "01"} == {1}


def test_progress_of_the_fixture_is_that_of_the_worked_example() -> None:
    rows = {row.target_id: row for row in reads.progress(fixture_edition(), "homicide_rate") if row.target_id}
    assert (rows["SEG-01"].status, rows["SEG-01"].leads) == ("over_executed", True)
    assert (rows["SEG-02"].reason, rows["SEG-02"].leads) == ("no_baseline", False)
    assert reads.progress(fixture_edition(), "pm25") == []  # its only earlier value lies before a break


def test_population_is_the_newest_not_of_a_year_to_come() -> None:
    city = reads.territories(fixture_edition())[0]
    assert (city.population, city.population_period) == (2_074_000, "2026")
