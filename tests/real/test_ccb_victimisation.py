"""Victimisation, against the shares the Chamber of Commerce announced."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.figures import FigureRow, Parsed

Values = dict[tuple[str, str, str], FigureRow]


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> Values:
    """Rows by measure, territory and period (totals only), re-derived and equal to the committed table."""
    parsed = assert_rederives("ccb_victimisation")
    return {(row.measure, row.territory_code, row.period): row for row in parsed.rows if row.disaggregation == "total"}


@pytest.mark.parametrize(
    ("code", "year", "announced"),
    [("00", "2021", 20), ("00", "2022", 17), ("12", "2022", 22), ("04", "2022", 21), ("15", "2022", 21)],
)
def test_rounds_to_what_was_announced(rows: Values, code: str, year: str, announced: int) -> None:
    value = rows["victims", code, year].value
    assert value is not None
    assert round(100 * value) == announced


def test_every_interval_holds_its_share(rows: Values) -> None:
    estimates = [row for row in rows.values() if row.value is not None]
    assert len(estimates) == 2 * 20
    for row in estimates:
        assert row.lower is not None and row.upper is not None and row.value is not None
        assert row.lower < row.value < row.upper


def test_sumapaz_was_not_surveyed(rows: Values) -> None:
    assert rows["victims", "20", "2022"].absence == "not_published"
