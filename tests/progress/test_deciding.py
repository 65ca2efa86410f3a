"""Which method's verdict counts, and what is read beside it."""

from __future__ import annotations

import datetime as dt

import pytest

from observatory.progress.case import Case
from observatory.progress.deciding import comparable_points, decided, natural_bounds, read_target
from observatory.progress.verdict import assess_target
from observatory.registry.models import Deciding
from observatory.rows.observation import Observation
from tests.progress.series import BANDS, indicator, observation, target

DAY = dt.date(2026, 11, 23)


def case(*rows: Observation, **changes: object) -> Case:
    return Case(target(**changes), indicator(), "00", rows, DAY, BANDS)


# Baseline 14 (2023), 12 by 2025, 8 by 2027. At the end of 2025: half of the time, a third of the way.
BEHIND = case(observation("2024", 13.6), observation("2025", 12.9))


def test_the_path_decides_unless_another_is_declared() -> None:
    row = assess_target(BEHIND)
    assert decided(row, "path", read_target(BEHIND, row, "path")) == row
    assert (row.method, row.status) == ("path", "at_risk")


@pytest.mark.parametrize(("method", "status"), [("linear", "lagging"), ("geometric", "lagging")])
def test_a_declared_pace_gives_the_status(method: Deciding, status: str) -> None:
    row = assess_target(BEHIND)
    found = decided(row, method, read_target(BEHIND, row, method))
    assert (found.method, found.status) == (method, status)


def test_an_indicator_read_by_its_trend_has_no_status_against_the_target() -> None:
    row = assess_target(BEHIND)
    found = decided(row, "trend", read_target(BEHIND, row, "trend"))
    assert (found.status, found.reason) == ("not_assessed", "trend_decides")


def test_a_declared_method_that_gives_none_says_so() -> None:
    held = case(observation("2024", 13.0), observation("2025", 12.9), milestones=[{"period": "2027", "value": 0}])
    row = assess_target(held)
    found = decided(row, "geometric", read_target(held, row, "geometric"))
    assert (found.status, found.reason) == ("not_assessed", "method_gives_none")


def test_no_method_speaks_where_the_target_cannot_be_compared() -> None:
    unlike = case(observation("2024", 13.6), observation("2025", 12.9), fit="check_definition")
    row = assess_target(unlike)
    assert read_target(unlike, row, "linear") is None
    assert decided(row, "linear", None) == row


def test_methods_stand_beside_the_path_and_disagree_in_words() -> None:
    near = case(observation("2025", 12.2), milestones=[{"period": "2027", "value": 10}])
    reading = read_target(near, assess_target(near), "path")
    assert reading is not None
    assert reading.comparison is not None
    by_method = {said.method: said.verdict for said in reading.verdicts}
    # 1.8 of 2 units due: on track by the District's bands (over 75 %), too slow by the pace (under 95 %)
    assert (by_method["path"], by_method["linear"]) == ("on_track", "faster_needed")
    assert reading.comparison.agreement == "disagree"


def test_only_the_newest_value_is_tried_where_the_path_decides() -> None:
    wide = case(observation("2024", 13.6), observation("2025", 12.9, 11.9, 13.9))
    reading = read_target(wide, assess_target(wide), "path")
    assert reading is not None
    assert reading.robustness is not None
    changes = {(change.trial, change.status) for change in reading.robustness.changes}
    assert reading.robustness.trials == 3
    assert reading.robustness.state == "fragile"
    assert changes == {("left_out", "lagging"), ("at_lower_end", "on_track"), ("at_upper_end", "lagging")}


def test_a_target_that_fell_due_is_not_tried_on_the_year_before() -> None:
    due = case(
        observation("2024", 13.0),
        observation("2025", 11.0),
        baseline=None,
        milestones=[{"period": "2025", "value": 12}],
    )
    reading = read_target(due, assess_target(due), "path")
    assert reading is not None
    assert reading.robustness is not None
    assert (reading.robustness.trials, reading.robustness.state) == (0, None)


def test_without_a_dated_baseline_a_pace_is_measured_from_the_first_value() -> None:
    late = case(observation("2022", 14.0), observation("2024", 12.0), baseline=None)
    row = assess_target(late)
    assert row.reason == "no_baseline"
    reading = read_target(late, row, "path")
    assert reading is not None
    assert reading.comparison is None  # the path decides and says nothing
    assert [said.method for said in reading.verdicts] == ["linear", "geometric", "projected"]
    assert reading.way is not None
    assert reading.way.base.value == 14


def test_survey_estimates_are_not_counted_answers() -> None:
    row = observation("2025", 0.4)._replace(numerator=40.0, denominator=100.0)
    kept = comparable_points(indicator(), [row])
    lost = comparable_points(indicator(nature="survey"), [row])
    assert (kept[0].numerator, lost[0].numerator) == (40.0, None)


def test_natural_bounds_are_those_of_the_valid_range() -> None:
    assert natural_bounds(indicator()) == (0.0, None)
    assert natural_bounds(indicator(measure="share", valid_range=(0, 1))) == (0.0, 1.0)
    assert natural_bounds(indicator(measure="mean", valid_range=(-5, 40))) == (None, None)
