"""Family violence: the lost locality is kept, and counted once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.figures import FigureRow, Parsed

Values = dict[tuple[str, str, str], FigureRow]


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> Values:
    """Rows by measure, territory and period (totals only), re-derived and equal to the committed table."""
    parsed = assert_rederives("sds_family_violence")
    return {(row.measure, row.territory_code, row.period): row for row in parsed.rows if row.disaggregation == "total"}


def test_known_totals(rows: Values) -> None:
    assert rows["family_violence_cases", "00", "2024"].value == 51070
    assert rows["family_violence_cases", "08", "2024"].value == 7039


def test_the_lost_rows_are_kept_and_belong_to_the_city(rows: Values) -> None:
    for year in range(2015, 2025):
        parts = [row.value for (_, code, when), row in rows.items() if when == str(year) and code != "00"]
        assert (
            sum(value for value in parts if value is not None) == rows["family_violence_cases", "00", str(year)].value
        )
        assert rows["family_violence_cases", "14", str(year)].absence == "quarantined"
    assert rows["family_violence_cases", "", "2015"].value == 495
