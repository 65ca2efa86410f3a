"""When a report is due: the tables of the District's follow-up, line by line."""

from __future__ import annotations

import datetime as dt

import pytest

from observatory.errors import PeriodError
from observatory.progress.reporting import (
    MONTHS,
    Periodicity,
    Quarter,
    due_quarter,
    effective_quarter,
    has_started,
    named_periodicity,
    next_due,
)

DUE: dict[Periodicity | None, list[int]] = {
    None: [1, 2, 3, 4],
    "monthly": [1, 2, 3, 4],
    "bimonthly": [1, 2, 3, 4],
    "quarterly": [1, 2, 3, 4],
    "four_monthly": [0, 2, 3, 4],
    "semiannual": [0, 2, 2, 4],
    "annual": [0, 0, 0, 4],
    "biennial": [0, 0, 0, 4],
    "triennial": [0, 0, 0, 4],
    "quadrennial": [0, 0, 0, 4],
    "quinquennial": [0, 0, 0, 4],
}


@pytest.mark.parametrize("periodicity", DUE)
def test_the_last_quarter_due_at_each_cut(periodicity: Periodicity | None) -> None:
    assert [due_quarter(Quarter(2026, number), periodicity) for number in (1, 2, 3, 4)] == DUE[periodicity]


def test_every_periodicity_has_its_spanish_name() -> None:
    short = ["mensual", "bimestral", "trimestral", "cuatrimestral", "semestral"]
    names = [*short, "anual", "bienal", "trienal", "cuatrienal", "quinquenal"]
    assert [named_periodicity(name.upper()) for name in names] == list(MONTHS)
    assert named_periodicity("cada tanto") is None


@pytest.mark.parametrize(
    ("cut", "periodicity", "reported", "expected"),
    [
        (2, "annual", [], 0),  # not due in June
        (2, "annual", [2], 2),  # reported early: counts
        (2, "quarterly", [1], 2),  # owed a report in June
        (1, "quarterly", [2], 1),  # a later report is not read
        (2, "semiannual", [], 2),
        (1, "semiannual", [], 0),
        (4, "annual", [], 4),
        (2, None, [], 2),
    ],
)
def test_the_effective_quarter_is_the_later_of_reported_and_due(
    cut: int, periodicity: Periodicity | None, reported: list[int], expected: int
) -> None:
    quarters = [Quarter(2026, number) for number in reported]
    assert effective_quarter(Quarter(2026, cut), periodicity, quarters) == expected


def test_reports_of_another_year_do_not_move_the_effective_quarter() -> None:
    assert effective_quarter(Quarter(2026, 1), "annual", [Quarter(2025, 4)]) == 0


@pytest.mark.parametrize(
    ("starts", "periodicity", "cut", "is_reported", "expected"),
    [
        (Quarter(2026, 1), "annual", 2, False, False),
        (Quarter(2026, 1), "annual", 4, False, True),
        (Quarter(2026, 1), "annual", 2, True, True),
        (Quarter(2026, 1), "quarterly", 1, False, True),
        (Quarter(2026, 2), "semiannual", 2, False, True),
        (Quarter(2026, 3), "semiannual", 2, False, False),
        (Quarter(2025, 1), "annual", 2, False, True),
        (None, "annual", 2, False, True),
    ],
)
def test_an_indicator_enters_with_its_first_due_report(
    starts: Quarter | None, periodicity: Periodicity, cut: int, is_reported: bool, expected: bool
) -> None:
    assert has_started(Quarter(2026, cut), periodicity, starts, is_reported=is_reported) is expected


def test_the_next_due_quarter_skips_those_that_owe_nothing() -> None:
    assert next_due(Quarter(2026, 4), "annual") == Quarter(2027, 4)
    assert next_due(Quarter(2026, 1), "semiannual") == Quarter(2026, 2)
    assert next_due(Quarter(2026, 4), "monthly") == Quarter(2027, 1)


def test_a_fifth_quarter_is_refused() -> None:
    with pytest.raises(PeriodError, match="1 to 4"):
        Quarter(2026, 5)
    assert Quarter.of(dt.date(2026, 8, 31)) == Quarter(2026, 3)
