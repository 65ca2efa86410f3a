"""Period codes: what each covers, how they order, which may be compared, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.errors import PeriodError
from observatory.period import parse_period


@pytest.mark.parametrize(
    ("code", "kind", "start", "end", "season"),
    [
        ("2025", "year", "2025-01-01", "2025-12-31", "year:01-12"),
        ("2025-S2", "semester", "2025-07-01", "2025-12-31", "semester:07-12"),
        ("2025-Q1", "quarter", "2025-01-01", "2025-03-31", "quarter:01-03"),
        ("2024-02", "month", "2024-02-01", "2024-02-29", "month:02-02"),
        ("2019-12-30", "day", "2019-12-30", "2019-12-30", "day"),
        ("2026-01--2026-08", "span", "2026-01-01", "2026-08-31", "span:01-08"),
        ("2025-11--2026-01", "span", "2025-11-01", "2026-01-31", "span:11-01"),
    ],
)
def test_a_code_says_what_it_covers(code: str, kind: str, start: str, end: str, season: str) -> None:
    period = parse_period(code)
    assert (period.kind, period.start.isoformat(), period.end.isoformat(), period.season) == (kind, start, end, season)
    assert str(period) == code


@pytest.mark.parametrize("code", ["", "25", "2025-13", "2025-00", "2025-Q5", "2025-S3", "2025-02-30", "2025-1", "20x5"])
def test_what_is_no_period_is_refused_with_the_forms(code: str) -> None:
    with pytest.raises(PeriodError, match=r"period|calendar"):
        parse_period(code)


def test_a_span_runs_forward() -> None:
    with pytest.raises(PeriodError, match="ends before"):
        parse_period("2026-08--2026-01")


@pytest.mark.parametrize(
    ("code", "is_to_date"),
    [("2026-01--2026-08", True), ("2026-01--2026-12", False), ("2025-08--2025-10", False), ("2026", False)],
)
def test_year_to_date_is_a_span_from_january_that_does_not_reach_december(code: str, is_to_date: bool) -> None:
    assert parse_period(code).is_year_to_date is is_to_date


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_periods_order_by_their_end(one: dt.date, other: dt.date) -> None:
    first, second = (parse_period(day.isoformat()) for day in (one, other))
    assert (first < second) == (one < other)


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_a_month_lies_within_its_quarter_semester_and_year(year: int, month: int) -> None:
    inner = parse_period(f"{year}-{month:02d}")
    for outer in (f"{year}-Q{(month - 1) // 3 + 1}", f"{year}-S{(month - 1) // 6 + 1}", f"{year}"):
        period = parse_period(outer)
        assert period.start <= inner.start <= inner.end <= period.end
