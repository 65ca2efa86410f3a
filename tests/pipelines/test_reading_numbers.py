"""Numbers, hours and months as publishers write them."""

from __future__ import annotations

import pytest

from observatory.errors import SourceError
from pipelines.reading.numbers import decimal_mark, moment, number, whole_number, year_month


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["39,3", "27,7"], ","),
        (["2.5", "10571"], "."),
        (["1.234,5", "3"], ","),
        (["1,234.5"], "."),
        (["45170645,863322"], ","),
        (["0,285", "0,133"], ","),
        (["1.234.567", "12"], ","),
        (["12", ""], "."),
        (["1.234", "985", "2.345", "12.001"], ","),
        (["1,234", "985", "2,345", "12,001"], "."),
        (["1.234", "9", "2.345", "12.001"], "."),
        (["2.5"] * 40 + ["45,3 %", "N.D."], "."),
    ],
)
def test_a_column_has_one_decimal_mark(cells: list[str], mark: str) -> None:
    assert decimal_mark(cells) == mark


def test_two_marks_in_one_column_are_refused() -> None:
    with pytest.raises(SourceError, match="1 cells write a decimal comma and 1 a point"):
        decimal_mark(["2,5", "2.5"])


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1.234,5", ",", 1234.5),
        ("0,285", ",", 0.285),
        (" 12 ", ".", 12.0),
        ("-3.5", ".", -3.5),
        ("1,234", ".", 1234.0),
        ("12 %", ".", None),
        ("2.5", ",", None),
        ("NaN", ".", None),
        ("", ".", None),
    ],
)
def test_numbers(text: str, mark: str, value: float | None) -> None:
    assert number(text, mark) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", 25),
        ("25.0", 25),
        ("1.234", 1234),
        ("1,234,567", 1234567),
        ("-3", -3),
        ("2.5", None),
        ("x", None),
        ("1 234", 1234),
        ("10 4", None),
    ],
)
def test_whole_numbers(text: str, value: int | None) -> None:
    assert whole_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("31-12-2021 24:00", "2022-01-01T00:00:00"),
        ("2025-03-01 00:02:33", "2025-03-01T00:02:33"),
        ("01/03/2020", "2020-03-01T00:00:00"),
        ("2011/11/30", "2011-11-30T00:00:00"),
        ("2025-06-30T00:00:00", "2025-06-30T00:00:00"),
        ("31/12/2021 11:30:00 p. m.", "2021-12-31T23:30:00"),
        ("31/12/2021 12:05 a.m.", "2021-12-31T00:05:00"),
        ("31-dic-2025", "2025-12-31T00:00:00"),
        ("31 de diciembre de 2025", "2025-12-31T00:00:00"),
        ("20251231", "2025-12-31T00:00:00"),
        ("2025-12-31T00:00:00.000Z", "2025-12-31T00:00:00"),
        ("46022", "2025-12-31T00:00:00"),
        ("46022.5", "2025-12-31T12:00:00"),
        ("31/12/25", ""),
        ("12/31/2025", ""),
        ("31/12/2025 (p)", ""),
        ("30-02-2020", ""),
        ("31-12-2021 24:30", ""),
        ("12", ""),
    ],
)
def test_moments(text: str, value: str) -> None:
    found = moment(text)
    assert (found.isoformat() if found else "") == value


@pytest.mark.parametrize(
    "text", ["2025-03", "mar-2025", "2025 marzo", "202503", "03 2025", "3/2025", "marzo de 2025", "2025-03-31"]
)
def test_months(text: str) -> None:
    assert year_month(text) == "2025-03"


@pytest.mark.parametrize("text", ["13 2025", "marzo", "2025", "abc 2025"])
def test_what_is_no_month(text: str) -> None:
    assert year_month(text) is None
