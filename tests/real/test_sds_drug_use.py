"""Drug use: what the file lacks is said, and nothing is made zero."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.figures import FigureRow, Parsed

Values = dict[tuple[str, str, str], FigureRow]


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> Values:
    """Rows by measure, territory and period (totals only), re-derived and equal to the committed table."""
    parsed = assert_rederives("sds_drug_use")
    return {(row.measure, row.territory_code, row.period): row for row in parsed.rows if row.disaggregation == "total"}


def test_known_values(rows: Values) -> None:
    assert rows["drug_use_cases", "07", "2015"].value == 3059
    assert rows["drug_use_cases", "08", "2024"].value == 1185
    assert sum(row.value is not None for row in rows.values()) == 185


def test_the_missing_locality_leaves_the_city_without_total(rows: Values) -> None:
    for code in ("00", "14"):
        assert rows["drug_use_cases", code, "2024"].absence == "not_published"
    assert rows["drug_use_cases", "20", "2018"].absence == "not_published"
    assert rows["drug_use_cases", "20", "2024"].value == 1
