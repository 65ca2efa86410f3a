import pytest

from observatory.progress.change import assess_change
from tests.progress.series import indicator, observation

BREAK_2025 = [{"period": "2025", "reason": {"es": "x", "en": "x"}}]


def status(before: float, after: float, **changes: object) -> str:
    row = assess_change(indicator(**changes), [observation("2024", before), observation("2025", after)])
    assert row is not None
    return row.status


@pytest.mark.parametrize(("changes", "expected"), [
    ({"direction": "lower_is_better"}, "worsening"),
    ({"direction": "higher_is_better"}, "improving"),
    ({"direction": "descriptive"}, "changed"),
    ({"direction": "in_range", "desired_range": (0.0, 30.0)}, "unchanged"),
    ({"direction": "in_range", "desired_range": (15.0, 30.0)}, "improving"),
    ({"direction": "in_range", "desired_range": (0.0, 11.0)}, "worsening"),
])  # fmt: skip
def test_the_direction_says_whether_a_rise_is_good(changes: dict[str, object], expected: str) -> None:
    assert status(10, 12, **changes) == expected


def test_equal_values_are_unchanged_also_zeros() -> None:
    assert status(0, 0) == "unchanged"
    assert status(0, 0, direction="descriptive") == "unchanged"


def test_overlapping_intervals_are_within_the_uncertainty() -> None:
    row = assess_change(indicator(), [observation("2024", 10, 9, 11), observation("2025", 12, 10.5, 13)])
    assert row is not None
    assert (row.status, row.robustness) == ("unchanged", "within_interval")


def test_intervals_apart_are_a_change() -> None:
    row = assess_change(indicator(), [observation("2024", 10, 9, 11), observation("2025", 12, 11.5, 13)])
    assert row is not None
    assert (row.status, row.robustness) == ("worsening", None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"measure": "count", "direction": "lower_is_better"}, "unchanged"),
        ({"measure": "count", "direction": "higher_is_better"}, "improving"),
        ({"measure": "count", "direction": "lower_is_better", "nature": "survey"}, "worsening"),
    ],
)
def test_events_of_a_register_change_when_chance_alone_would_not_do_it_and_stocks_when_they_do(
    changes: dict[str, object], expected: str
) -> None:
    """597 deaths after 600 are no fall, 46 products after 38 are more products."""
    assert status(38, 46, **changes) == expected


def test_the_same_months_of_the_year_before_are_compared() -> None:
    series = [observation("2025-01--2025-08", 5), observation("2025", 9), observation("2026-01--2026-08", 4)]
    row = assess_change(indicator(), series)
    assert row is not None
    assert (row.previous_period, row.previous_value, row.status) == ("2025-01--2025-08", 5, "improving")


def test_a_year_to_date_is_not_compared_with_a_year() -> None:
    assert assess_change(indicator(), [observation("2025", 9), observation("2026-01--2026-08", 4)]) is None


def test_a_change_across_a_break_is_not_computed() -> None:
    assert assess_change(indicator(breaks=BREAK_2025), [observation("2024", 9), observation("2025", 4)]) is None


def test_one_value_is_no_change_and_absences_are_passed_over() -> None:
    assert assess_change(indicator(), [observation("2024", None), observation("2025", 4)]) is None
    row = assess_change(indicator(), [observation("2023", 5), observation("2024", None), observation("2025", 4)])
    assert row is not None
    assert row.previous_period == "2023"
