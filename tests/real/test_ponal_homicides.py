"""Homicides by year, against totals counted apart from the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.figures import FigureRow, Parsed

Values = dict[tuple[str, str, str], FigureRow]


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> Values:
    """Rows by measure, territory and period (totals only), re-derived and equal to the committed table."""
    parsed = assert_rederives("ponal_homicides")
    return {(row.measure, row.territory_code, row.period): row for row in parsed.rows if row.disaggregation == "total"}


@pytest.mark.parametrize(("year", "victims"), [("2003", 1605), ("2011", 1638), ("2019", 1052), ("2023", 1084)])
def test_known_totals(rows: Values, year: str, victims: int) -> None:
    assert rows["homicides", "00", year].value == victims
    assert rows["homicides", "00", year].flag == ""


def test_the_press_totals_say_so(rows: Values) -> None:
    for year, victims in (("2024", 1204), ("2025", 1173)):
        assert rows["homicides", "00", year].value == victims
        assert rows["homicides", "00", year].flag == "provisional secondary"


def test_the_press_totals_are_those_on_record(reference: Path) -> None:
    facts = (reference.parent / "design" / "FACTS.md").read_text(encoding="utf-8")
    (line,) = (line for line in facts.splitlines() if line.startswith("| Homicides (count) |"))
    assert "2024 **1,204**" in line
    assert "2025 1,173" in line
