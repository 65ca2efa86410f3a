"""Periods as stable codes.

| kind | code | example |
|---|---|---|
| year | `YYYY` | `2025` |
| semester | `YYYY-Sn` | `2025-S1` |
| quarter | `YYYY-Qn` | `2025-Q4` |
| month | `YYYY-MM` | `2025-03` |
| day | `YYYY-MM-DD` | `2019-12-30` (a stock counted on that day) |
| span | `YYYY-MM--YYYY-MM` | `2026-01--2026-08` (ISO 8601 interval; year-to-date when it starts in January) |

Codes are what tables, links and files hold; words for them are made by `observatory.wording`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import Literal

from observatory.errors import PeriodError

Kind = Literal["year", "semester", "quarter", "month", "day", "span"]

_PATTERNS: dict[Kind, re.Pattern[str]] = {
    "year": re.compile(r"(\d{4})"),
    "semester": re.compile(r"(\d{4})-S([12])"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "month": re.compile(r"(\d{4})-(0[1-9]|1[0-2])"),
    "day": re.compile(r"(\d{4})-(0[1-9]|1[0-2])-([0-3]\d)"),
    "span": re.compile(r"(\d{4})-(0[1-9]|1[0-2])--(\d{4})-(0[1-9]|1[0-2])"),
}
_MONTHS_IN: dict[Kind, int] = {"year": 12, "semester": 6, "quarter": 3, "month": 1}


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time, ordered by its end, then its start.

    `start` and `end` are the first and last day, both included.
    """

    end: dt.date
    start: dt.date
    code: str
    kind: Kind

    @property
    def year(self) -> int:
        """The calendar year in which the period ends."""
        return self.end.year

    @property
    def is_year_to_date(self) -> bool:
        """True for a span that begins in January and ends in the same year before December."""
        is_one_year = self.start.year == self.end.year
        return self.kind == "span" and is_one_year and self.start.month == 1 and self.end.month < 12

    @property
    def season(self) -> str:
        """What must be equal for two periods to be compared: kind, and the months covered within the year."""
        return f"{self.kind}:{self.start.month:02d}-{self.end.month:02d}" if self.kind != "day" else "day"

    def __str__(self) -> str:
        return self.code


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


@functools.cache
def parse_period(code: str) -> Period:
    """Read a period code.

    Raises:
        PeriodError: the text is none of the forms above.
    """
    for kind, pattern in _PATTERNS.items():
        match = pattern.fullmatch(code)
        if match is None:
            continue
        numbers = [int(group) for group in match.groups()]
        try:
            return _build(kind, code, numbers)
        except ValueError as error:
            raise PeriodError(f"{code!r} is no date of the calendar: {error}") from error
    forms = "2025, 2025-S1, 2025-Q4, 2025-03, 2025-03-31 or 2025-01--2025-08"
    raise PeriodError(f"{code!r} is no period", fix=f"use {forms}")


def _build(kind: Kind, code: str, numbers: list[int]) -> Period:
    if kind == "day":
        day = dt.date(*numbers)
        return Period(day, day, code, kind)
    if kind == "span":
        start, end = dt.date(numbers[0], numbers[1], 1), _month_end(numbers[2], numbers[3])
        if end < start:
            raise ValueError("the span ends before it starts")
        return Period(end, start, code, kind)
    length = _MONTHS_IN[kind]
    position = numbers[1] if len(numbers) > 1 else 1
    first = (position - 1) * length + 1
    return Period(_month_end(numbers[0], first + length - 1), dt.date(numbers[0], first, 1), code, kind)
