"""When a source is due: its publisher's rhythm, the days it takes to publish, and how often to ask again."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from observatory.registry.models import Record

MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Calendar(Record):
    """New figures are expected `after_days` days into every period; until they come, ask each `again_days` days."""

    every: Literal["day", "week", "month", "quarter", "year"]
    after_days: int = Field(ge=0, le=366)
    again_days: int = Field(ge=1, le=366)


def expected(calendar: Calendar, today: dt.date) -> dt.date:
    """The last day on which new figures were expected."""
    start = _period_start(calendar.every, today - dt.timedelta(days=calendar.after_days))
    return start + dt.timedelta(days=calendar.after_days)


def _period_start(every: str, day: dt.date) -> dt.date:
    if every == "day":
        return day
    if every == "week":
        return day - dt.timedelta(days=day.weekday())
    length = MONTHS[every]
    return day.replace(month=(day.month - 1) // length * length + 1, day=1)


def is_due(calendar: Calendar, today: dt.date, retrieved: dt.date | None, checked: dt.date | None) -> bool:
    """Whether to ask today.

    Args:
        calendar: the publisher's rhythm.
        today: the day in Bogotá.
        retrieved: when bytes last were new; None when there is no capture.
        checked: when the publisher last was asked with success.
    """
    if retrieved is None or checked is None:
        return True
    if retrieved >= expected(calendar, today):
        return False
    return (today - checked).days >= calendar.again_days or checked > today
