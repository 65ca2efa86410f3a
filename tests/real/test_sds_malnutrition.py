"""Excess weight among the adults measured: published whole, without the year that is not over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.figures import FigureRow, Parsed

YEARS = [str(year) for year in range(2011, 2026)]
Values = dict[tuple[str, str, str], FigureRow]


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> Values:
    """Rows by measure, territory and period, re-derived and equal to the committed table."""
    parsed = assert_rederives("sds_malnutrition")
    return {(row.measure, row.territory_code, row.period): row for row in parsed.rows}


def test_known_figures(rows: Values) -> None:
    city = {year: (rows["excess_weight", "00", year].value, rows["measured", "00", year].value) for year in YEARS}
    assert city["2011"] == (3188, 4438)
    assert city["2021"] == (124661, 188178)
    assert city["2022"] == (492723, 847736)
    assert city["2025"] == (733055, 1184598)  # 61.9 % in the file
    assert rows["excess_weight", "17", "2025"].value == 4840
    assert rows["measured", "20", "2025"].value == 555
    assert rows["measured", "99", "2022"].value == 194529


def test_every_locality_has_every_year_but_the_one_that_is_not_over(rows: Values) -> None:
    codes = {f"{number:02d}" for number in range(21)} | {"99"}
    for measure in ("excess_weight", "thinness", "measured"):
        assert {(code, year) for name, code, year in rows if name == measure} == {
            (code, year) for code in codes for year in YEARS
        }


def test_the_break_of_2022_is_in_the_people_measured(rows: Values) -> None:
    measured = {year: rows["measured", "00", year].value or 0 for year in YEARS}
    growth = {year: measured[year] / measured[str(int(year) - 1)] for year in YEARS[1:]}
    assert max(growth, key=lambda year: growth[year]) == "2022"
