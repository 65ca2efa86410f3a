from __future__ import annotations

import datetime as dt

import pytest

from pipelines.capturing.calendar import Calendar, expected, is_due

MONTHLY = Calendar(every="month", after_days=14, again_days=3)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("every", "after", "today", "last"),
    [
        ("day", 0, "2026-11-23", "2026-11-23"),
        ("week", 0, "2026-11-25", "2026-11-23"),
        ("month", 14, "2026-11-15", "2026-11-15"),
        ("month", 14, "2026-11-14", "2026-10-15"),
        ("quarter", 0, "2026-11-23", "2026-10-01"),
        ("quarter", 60, "2026-11-23", "2026-08-30"),
        ("year", 30, "2026-01-30", "2025-01-31"),
        ("year", 30, "2026-01-31", "2026-01-31"),
    ],
)
def test_the_day_on_which_figures_were_last_expected(every: str, after: int, today: str, last: str) -> None:
    calendar = Calendar(every=every, after_days=after, again_days=1)  # type: ignore[arg-type]
    assert expected(calendar, day(today)) == day(last)


@pytest.mark.parametrize(
    ("today", "retrieved", "checked", "due"),
    [
        ("2026-11-23", None, None, True),
        ("2026-11-23", "2026-11-16", "2026-11-16", False),  # this month's figures are here
        ("2026-11-23", "2026-10-20", "2026-10-20", True),  # expected on the 15th, not asked since
        ("2026-11-23", "2026-10-20", "2026-11-21", False),  # asked two days ago, not there yet
        ("2026-11-24", "2026-10-20", "2026-11-21", True),  # three days later
        ("2026-11-10", "2026-10-20", "2026-10-20", False),  # not expected before the 15th
        ("2026-11-23", "2026-10-20", "2027-01-01", True),  # the clock was set back
    ],
)
def test_what_is_due(today: str, retrieved: str | None, checked: str | None, due: bool) -> None:
    days = [day(text) if text else None for text in (retrieved, checked)]
    assert is_due(MONTHLY, day(today), days[0], days[1]) is due
