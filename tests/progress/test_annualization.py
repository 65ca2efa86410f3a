"""The District's four rules: every formula and worked example, and the cells its own boards get wrong."""

from __future__ import annotations

import pytest

from observatory.errors import PeriodError
from observatory.progress.annualization import (
    Assessment,
    assess,
    period_target,
    share_of,
    status_of,
    year_target,
)
from observatory.progress.commitment import Baseline, Commitment, Remark, Report, baseline_of, fictitious_baseline
from observatory.progress.reporting import Quarter
from observatory.registry.models import Bands, Text

BANDS = Bands(
    at_risk_above=0.5, on_track_above=0.75, over_executed_above=1.25, source=Text(es="herramienta", en="tool")
)
NOT_USED = Baseline(None, "not_used")


def reports(*items: tuple[int, int, float | None]) -> list[Report]:
    return [Report(Quarter(year, number), value) for year, number, value in items]


def at(commitment: Commitment, year: int, number: int, *items: tuple[int, int, float | None]) -> Assessment:
    return assess(commitment, reports(*items), Quarter(year, number))


# worked examples


def test_sum_of_50_000_in_june_after_150_000() -> None:
    promise = Commitment("sum", {2024: 70_000, 2025: 80_000, 2026: 50_000}, 500_000, periodicity="quarterly")
    result = at(promise, 2026, 2, (2026, 1, 10_000), (2026, 2, 15_000))
    assert (result.period_target, result.accumulated_target, result.accumulated) == (25_000, 175_000, 25_000)
    assert result.share == pytest.approx(25_000 / 175_000)
    assert round(100 * (result.share or 0), 1) == 14.3


def test_increasing_from_50_to_100_with_87_5_is_three_quarters() -> None:
    assert share_of(87.5, 100, Baseline(50, "declared")) == 0.75


def test_increasing_target_of_june_lies_between_40_and_100() -> None:
    assert period_target(Commitment("increasing", {2025: 40, 2026: 100}, 200, 0), 2026, 2) == 70


def test_decreasing_from_100_to_40_with_70_is_half() -> None:
    promise = Commitment("decreasing", {2025: 40}, 40, 100)
    result = at(promise, 2025, 4, (2025, 4, 70))
    assert (result.share, result.final_share) == (0.5, 0.5)


def test_increasing_from_0_to_200_lags_by_a_tenth() -> None:
    promise = Commitment("increasing", {2025: 100, 2026: 200}, 200, 0)
    result = at(promise, 2025, 4, (2025, 4, 80))
    assert (result.final_share, result.expected_share) == (0.4, 0.5)
    assert result.gap == pytest.approx(-0.1)


def test_fictitious_baseline_of_100_80_60_to_40_is_120() -> None:
    promise = Commitment("decreasing", {2020: 100, 2021: 80, 2022: 60}, 40)
    assert fictitious_baseline(promise) == 120
    assert baseline_of(promise) == Baseline(120, "fictitious")
    assert Remark.FICTITIOUS_BASELINE in at(promise, 2020, 4).remarks


# the table, cell by cell


def test_sum_adds_reports_within_the_year_and_over_the_years() -> None:
    promise = Commitment("sum", {2025: 100, 2026: 80}, 400)
    result = at(promise, 2026, 3, (2025, 2, 30), (2025, 4, 50), (2026, 1, 10), (2026, 3, 20), (2026, 4, 999))
    assert result.year_value == 30
    assert result.accumulated == 110
    assert result.period_target == 60
    assert result.accumulated_target == 160
    assert result.year_share == 0.5
    assert result.share == 110 / 160
    assert result.final_share == 110 / 400
    assert result.expected_share == 160 / 400
    assert result.gap == pytest.approx(-0.125)


def test_constant_uses_the_last_report_and_the_whole_target_in_its_first_year() -> None:
    promise = Commitment("constant", {2026: 95}, 95, 382, "quarterly")
    result = at(promise, 2026, 2, (2026, 1, 80), (2026, 2, 90))
    assert (result.year_value, result.accumulated, result.period_target) == (90, 90, 95)
    assert result.year_share == result.share == result.final_share == 90 / 95
    assert result.expected_share == 1


def test_constant_moves_between_the_targets_of_two_years() -> None:
    assert period_target(Commitment("constant", {2025: 80, 2026: 100}, 100), 2026, 2) == 90


def test_constant_is_never_measured_against_the_baseline() -> None:
    for items in ([], [(2026, 2, 0.19)]):
        with_baseline = at(Commitment("constant", {2026: 0.2}, 0.2, 382), 2026, 2, *items)
        without = at(Commitment("constant", {2026: 0.2}, 0.2, None), 2026, 2, *items)
        assert with_baseline == without
    assert at(Commitment("constant", {2026: 0.2}, 0.2, 382), 2026, 2).accumulated == 0


def test_level_uses_the_last_report_from_the_baseline() -> None:
    promise = Commitment("increasing", {2025: 60, 2026: 80}, 100, 50)
    result = at(promise, 2026, 2, (2025, 4, 58), (2026, 1, 61), (2026, 2, 65))
    assert (result.year_value, result.accumulated, result.period_target) == (65, 65, 70)
    assert result.year_share == result.share == 15 / 20
    assert result.final_share == 15 / 50
    assert result.expected_share == 20 / 50


def test_first_year_of_a_level_starts_from_the_baseline() -> None:
    promise = Commitment("increasing", {2026: 100}, 200, 50, "quarterly")
    result = at(promise, 2026, 2, (2026, 2, 87.5))
    assert (result.previous_target, result.accumulated_target) == (50, 75)
    assert result.share == 37.5 / 25
    assert status_of(result, BANDS) == ("over_executed", None)


def test_level_without_any_report_stands_at_the_baseline() -> None:
    for promise in (Commitment("increasing", {2026: 100}, 200, 50), Commitment("decreasing", {2026: 10}, 0, 20)):
        result = at(promise, 2026, 4)
        assert result.accumulated == promise.baseline
        assert (result.share, result.final_share, result.year_share) == (0, 0, None)


# zero and absence


def test_zero_divisor_gives_no_value() -> None:
    assert share_of(10, 50, Baseline(50, "declared")) is None
    assert share_of(10, 0, NOT_USED) is None
    assert share_of(None, 10, NOT_USED) is None
    assert share_of(0, 10, NOT_USED) == 0


def test_final_target_of_zero_is_reachable_by_a_decreasing_indicator() -> None:
    promise = Commitment("decreasing", {2025: 10, 2026: 0}, 0, 20)
    result = at(promise, 2026, 4, (2025, 4, 12), (2026, 4, 4))
    assert (result.year_target, result.share, result.final_share, result.expected_share) == (0, 0.8, 0.8, 1)
    assert result.gap == pytest.approx(-0.2)
    assert at(promise, 2025, 4, (2025, 4, 12)).expected_share == 0.5


def test_yearly_zero_of_filler_is_no_target() -> None:
    promise = Commitment("increasing", {2019: 4, 2020: 5, 2021: 0, 2022: 0}, 5, 3)
    result = at(promise, 2022, 4, (2022, 4, 5))
    assert (result.year_target, result.share, result.expected_share) == (5, 1, 1)
    assert Remark.NOT_PROGRAMMED_THIS_YEAR in result.remarks
    assert year_target(Commitment("decreasing", {2024: 8, 2025: 0}, 3, 20), 2025) == 8


def test_level_without_target_that_year_is_held_to_the_last_earlier_one() -> None:
    promise = Commitment("decreasing", {2020: 0.2586, 2021: 0.25, 2022: None, 2024: 0.15}, 0.15, 0.3)
    result = at(promise, 2022, 4, (2020, 4, 0.30), (2021, 4, 0.27), (2022, 4, 0.26))
    assert (result.year_target, result.accumulated_target) == (0.25, 0.25)
    assert result.expected_share == pytest.approx(0.05 / 0.15)
    assert at(Commitment("increasing", {2021: 20, 2023: 25, 2025: 40}, 90), 2024, 4, (2024, 4, 32)).share == 32 / 25


def test_before_the_first_target_nothing_is_asked() -> None:
    level = at(Commitment("increasing", {2025: 6}, 20, 0), 2024, 4, (2024, 4, 2))
    assert (level.accumulated_target, level.expected_share, level.final_share, level.share) == (0, 0, 0.1, None)
    assert Remark.BEFORE_FIRST_TARGET in level.remarks
    constant = at(Commitment("constant", {2025: 6}, 6), 2024, 4, (2024, 4, 2))
    assert (constant.accumulated_target, constant.expected_share, constant.share) == (0, 0, None)


def test_plan_without_yearly_targets_has_no_path() -> None:
    for kind in ("sum", "constant", "increasing"):
        result = at(Commitment(kind, {2025: None}, 10, 1), 2025, 4, (2025, 4, 1))
        assert (result.accumulated_target, result.share, result.expected_share, result.gap) == (None,) * 4
        assert status_of(result, BANDS) == ("not_assessed", Remark.NO_YEARLY_TARGETS)


def test_sum_of_a_year_not_programmed_keeps_what_was_asked_before() -> None:
    result = at(Commitment("sum", {2024: 10, 2026: 10}, 20), 2025, 4, (2024, 4, 10), (2025, 4, 3))
    assert (result.period_target, result.accumulated_target, result.share, result.year_share) == (0, 10, 1.3, None)


def test_decreasing_without_baseline_or_targets_has_no_value() -> None:
    result = at(Commitment("decreasing", {}, 10), 2025, 4, (2025, 4, 12))
    assert (result.baseline.kind, result.share, result.final_share) == ("unknown", None, None)


def test_no_report_is_not_red() -> None:
    promise = Commitment("sum", {2026: 10}, 10, periodicity="quarterly")
    assert at(promise, 2026, 2).share == 0
    assert status_of(at(promise, 2026, 2), BANDS) == ("not_assessed", Remark.NO_REPORT)
    assert status_of(at(promise, 2026, 2, (2026, 2, 0)), BANDS) == ("lagging", None)


# periodicity


def annual_sum() -> Commitment:
    return Commitment("sum", dict.fromkeys(range(2019, 2027), 2000), 32_000, periodicity="annual")


def test_annual_indicator_is_not_behind_in_june() -> None:
    result = at(annual_sum(), 2026, 2, (2024, 4, 15_628), (2025, 4, 2479))
    assert (result.effective_quarter, result.accumulated_target, result.expected_share) == (0, 14_000, 0.4375)
    assert result.final_share == 18_107 / 32_000
    assert Remark.NO_REPORT_THIS_YEAR in result.remarks


def test_annual_indicator_that_reports_in_june_is_held_to_june() -> None:
    result = at(annual_sum(), 2026, 2, (2025, 4, 18_107), (2026, 2, 900))
    assert (result.effective_quarter, result.accumulated_target) == (2, 15_000)


def test_annual_level_in_june_keeps_the_target_of_last_year() -> None:
    promise = Commitment("increasing", {2025: 0.4, 2026: 0.5}, 1.0, 0.0, "annual")
    result = at(promise, 2026, 2, (2025, 4, 0.45))
    assert (result.period_target, result.expected_share) == (0.4, 0.4)


def test_indicator_waits_for_its_first_due_report() -> None:
    promise = Commitment("sum", {2026: 2}, 18, periodicity="annual", starts=Quarter(2026, 1))
    assert status_of(at(promise, 2026, 2), BANDS) == ("not_assessed", Remark.NOT_STARTED)
    assert at(promise, 2026, 4).has_started
    early = at(promise, 2026, 2, (2026, 1, 1))
    assert early.has_started
    assert early.effective_quarter == 1


# statuses


@pytest.mark.parametrize(
    ("value", "status"),
    [(30, "lagging"), (50, "lagging"), (60, "at_risk"), (90, "on_track"), (125, "on_track"), (140, "over_executed")],
)
def test_bands_of_the_district(value: float, status: str) -> None:
    result = at(Commitment("constant", {2026: 100}, 100), 2026, 4, (2026, 4, value))
    assert status_of(result, BANDS) == (status, None)


# the traps of the published boards


def test_worsening_of_a_decreasing_indicator_is_not_success() -> None:
    violence = Commitment("decreasing", {2023: 223, 2024: 223, 2025: 218}, 218, 270, "annual")
    result = at(violence, 2025, 4, (2024, 4, 84), (2025, 4, 331))
    assert result.share == -61 / 52  # the youth policy's board shows 151.8 %
    assert status_of(result, BANDS) == ("lagging", None)
    road = Commitment("decreasing", {2024: 6.61, 2025: 6.28}, 6.28, 8.552681094469495, "annual")
    assert at(road, 2025, 4, (2025, 4, 9.2)).share == pytest.approx(-0.2848, abs=5e-5)  # the board: 146.5 %


def test_missing_years_are_not_zero_reports() -> None:
    promise = Commitment("increasing", {2020: 0.951, 2021: 0.955}, 0.99, 0.948)
    result = at(promise, 2021, 4, (2020, 4, None), (2021, 4, None))
    assert result.share == 0
    assert status_of(result, BANDS) == ("not_assessed", Remark.NO_REPORT)


def test_target_on_the_wrong_side_of_the_baseline_is_told() -> None:
    assert Remark.DIRECTION_CONTRADICTED in at(Commitment("increasing", {2025: 4}, 4, 9), 2025, 4).remarks
    assert Remark.DIRECTION_CONTRADICTED in at(Commitment("decreasing", {2025: 9}, 9, 4), 2025, 4).remarks
    assert Remark.DIRECTION_CONTRADICTED not in at(Commitment("decreasing", {2025: 4}, 4, 9), 2025, 4).remarks


def test_target_equal_to_the_baseline_leaves_no_way_to_cover() -> None:
    result = at(Commitment("increasing", {2025: 5}, 5, 5), 2025, 4, (2025, 4, 5))
    assert status_of(result, BANDS) == ("not_assessed", Remark.TARGET_EQUALS_BASELINE)


def test_missing_final_target_leaves_the_share_to_date() -> None:
    result = at(Commitment("sum", {2025: 4}, None), 2025, 4, (2025, 4, 3))
    assert (result.share, result.final_share, result.expected_share, result.gap) == (0.75, None, None, None)
    assert Remark.NO_FINAL_TARGET in result.remarks


def test_the_same_quarter_twice_is_refused() -> None:
    with pytest.raises(PeriodError, match="2025-Q4 is reported twice"):
        at(Commitment("sum", {2025: 4}, 4), 2025, 4, (2025, 4, 3), (2025, 4, 1))
