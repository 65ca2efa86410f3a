"""Whether figures are as new as their publisher's calendar promises."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.statistics.freshness import freshness, months_later, next_due

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2025, 12, 31), 12, dt.date(2026, 12, 31)),
        (dt.date(2025, 11, 30), 3, dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2025, 2, 28), 1, dt.date(2025, 3, 31)),
        (dt.date(2025, 1, 15), 13, dt.date(2026, 2, 15)),
    ],
)
def test_month_ends_stay_month_ends(day: dt.date, months: int, later: dt.date) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("end", "every", "lag", "state"),
    [
        (dt.date(2025, 12, 31), 12, 180, "current"),
        (dt.date(2024, 12, 31), 12, 180, "late"),
        (dt.date(2026, 8, 31), 1, 60, "current"),
        (dt.date(2026, 8, 31), 1, 30, "late"),
        (dt.date(2026, 8, 31), None, None, "ended"),
    ],
)
def test_a_source_is_current_late_or_ended(end: dt.date, every: int | None, lag: int | None, state: str) -> None:
    assert freshness(end, every, lag, TODAY) == state


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 120), st.integers(0, 1500))
def test_what_is_due_today_is_not_yet_late(end: dt.date, every: int, lag: int) -> None:
    due = next_due(end, every, lag)
    assert due > end
    assert freshness(end, every, lag, due) == "current"
    assert freshness(end, every, lag, due + dt.timedelta(days=1)) == "late"
