"""What the edition keeps of every method, against arithmetic done by hand."""

from __future__ import annotations

import pytest

from observatory.editions import reads
from tests.observatories import fixture_edition

RATE = 178 / 2_074_000 * 100_000  # the fixture's city in 2025


def test_each_target_is_read_by_every_method_the_path_first() -> None:
    rows = [row for row in reads.method_readings(fixture_edition()) if row.target_id == "SEG-01"]
    assert [row.method for row in rows] == ["path", "linear", "geometric", "projected"]
    linear = rows[1]
    assert linear.observed == pytest.approx((RATE - 14) / 2)
    assert linear.required == pytest.approx((8 - 14) / 4)
    assert linear.ratio == pytest.approx((14 - RATE) / 2 / 1.5)
    assert linear.verdict == "on_track"


def test_a_reading_tells_the_pace_needed_and_the_year_of_arrival() -> None:
    row = next(row for row in reads.readings(fixture_edition()) if row.target_id == "SEG-01")
    assert (row.base_value, row.base_period, row.period, row.target, row.target_period) == (
        14,
        "2023",
        "2025",
        8,
        "2027",
    )
    assert row.needed == pytest.approx((8 - RATE) / 2)
    assert row.arrival == pytest.approx(2026 + (RATE - 8) / ((14 - RATE) / 2))
    assert (row.agreement, row.robustness, row.trials) == ("agree", "solid", 3)


def test_the_leading_status_says_how_firm_it_is() -> None:
    rows = reads.progress(fixture_edition(), "homicide_rate")
    leading = next(row for row in rows if row.leads)
    assert (leading.status, leading.robustness) == ("over_executed", "solid")


def test_a_target_without_baseline_is_read_from_the_first_value_and_not_decided() -> None:
    row = next(row for row in reads.readings(fixture_edition()) if row.target_id == "SEG-02")
    assert (row.base_period, row.agreement, row.robustness) == ("2021", None, None)


def test_two_models_lead_to_the_date_of_the_target_and_give_no_probability_untested() -> None:
    edition = fixture_edition()
    models = [row for row in reads.projection_models(edition) if row.target_id == "SEG-01"]
    assert [(row.model, row.forecasts, row.probability, row.probability_reason) for row in models] == [
        ("linear", 0, None, "few_forecasts"),
        ("geometric", 0, None, "few_forecasts"),
    ]
    steps = [row for row in reads.projections(edition) if (row.target_id, row.model) == ("SEG-01", "linear")]
    assert [row.moment for row in steps] == [2027.0, 2028.0]
    assert all(row.lower < row.value < row.upper for row in steps)


def test_markers_are_kept_of_the_city_and_of_localities_with_intervals() -> None:
    codes = {row.territory_code for row in reads.trend_markers(fixture_edition(), "homicide_rate")}
    assert {"00", "01"} <= codes
    assert all(row.p_value is not None for row in reads.trend_markers(fixture_edition(), "homicide_rate"))


def test_targets_and_trends_are_never_rows_of_one_kind() -> None:
    aims = {"met", "on_track", "at_risk", "lagging", "over_executed", "not_assessed"}
    moves = {"improving", "worsening", "unchanged", "changed"}
    for row in reads.progress(fixture_edition()):
        assert row.status in (moves if row.method == "change" else aims)
        assert (row.target_id is None) == (row.method == "change")
        assert not (row.leads and row.method == "change")
