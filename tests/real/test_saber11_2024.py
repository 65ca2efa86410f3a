"""Saber 11: means weigh schools by those tested."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.figures import FigureRow, Parsed

Values = dict[tuple[str, str, str], FigureRow]


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> Values:
    """Rows by measure, territory and period (totals only), re-derived and equal to the committed table."""
    parsed = assert_rederives("saber11_2024")
    return {(row.measure, row.territory_code, row.period): row for row in parsed.rows if row.disaggregation == "total"}


def test_known_values(rows: Values) -> None:
    assert rows["students_tested", "00", "2024"].value == 73206
    assert rows["global_score", "00", "2024"].value == pytest.approx(279.504187)
    assert rows["global_score", "02", "2024"].value == pytest.approx(317.253085)
    assert rows["global_score", "20", "2024"].sample == 39


def test_localities_add_up(rows: Values) -> None:
    parts = [row.value for (name, code, _), row in rows.items() if name == "students_tested" and code != "00"]
    assert len(parts) == 20
    assert sum(value for value in parts if value is not None) == 73206
