"""Whether the figures loaded are as new as their publisher's calendar lets expect; not whether it published them."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal

Freshness = Literal["current", "late", "ended"]


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a shorter month; month ends stay month ends."""
    position = day.year * 12 + day.month - 1 + months
    year, month = divmod(position, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_month_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month + 1, last if is_month_end else min(day.day, last))


def next_due(period_end: dt.date, every_months: int, lag_days: int) -> dt.date:
    """Day by which the period after the one that ended on `period_end` should be published."""
    return months_later(period_end, every_months) + dt.timedelta(days=lag_days)


def freshness(period_end: dt.date, every_months: int | None, lag_days: int | None, today: dt.date) -> Freshness:
    """`ended` when the source will not be published again, `late` when the next was due before `today`."""
    if every_months is None or lag_days is None:
        return "ended"
    return "late" if next_due(period_end, every_months, lag_days) < today else "current"
