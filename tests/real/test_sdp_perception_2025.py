"""The perception survey: known shares and its places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.figures import FigureRow, Parsed

Values = dict[tuple[str, str, str], FigureRow]


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> Values:
    """Rows by measure, territory and period (totals only), re-derived and equal to the committed table."""
    parsed = assert_rederives("sdp_perception_2025")
    return {(row.measure, row.territory_code, row.period): row for row in parsed.rows if row.disaggregation == "total"}


def test_subjective_poverty_is_the_known_share(rows: Values) -> None:
    value = rows["subjective_poverty", "00", "2025"].value
    assert value is not None
    assert round(100 * value, 1) == 16.2
    assert rows["subjective_poverty", "00", "2025"].sample == 13082


def test_those_who_never_go_out_leave_the_base_of_safety_at_night(rows: Values) -> None:
    assert rows["safe_at_night", "00", "2025"].sample == 13082 - 2827
    assert rows["safe_by_day", "00", "2025"].sample == 13082 - 196
    assert rows["never_out_at_night", "00", "2025"].sample == 13082


def test_nineteen_localities_and_thirty_units_have_a_value(rows: Values) -> None:
    codes = [code for (measure, code, _), row in rows.items() if measure == "safe_at_night" and row.value is not None]
    assert sum(code.startswith("UPL") for code in codes) == 30
    assert sum(not code.startswith("UPL") and code != "00" for code in codes) == 19


def test_the_smallest_unit_is_flagged(rows: Values) -> None:
    assert rows["safe_at_night", "UPL07", "2025"].sample == 23
    assert rows["safe_at_night", "UPL07", "2025"].flag == "low_reliability"
    assert rows["safe_at_night", "17", "2025"].flag == ""
