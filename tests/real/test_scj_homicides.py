"""The homicides of January to August equal the table they were transcribed from, cell by cell."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

TABLE = Path(__file__).resolve().parents[2] / "data" / "figures" / "scj_homicides.csv"
YEARS = range(2018, 2027)
Cells = dict[tuple[str, str], int]


@pytest.fixture
def committed() -> Cells:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["measure"] for row in rows} == {"homicides"}
    return {(row["territory_code"], row["period"]): int(row["value"]) for row in rows}


@pytest.fixture
def published(reference: Path) -> Cells:
    text = (reference.parent / "design" / "FACTS.md").read_text(encoding="utf-8")
    table: Cells = {}
    for line in text.split("### C3.")[1].split("### C4.")[0].splitlines():
        cells = [cell.strip().strip("*") for cell in line.strip("|").split("|")]
        if len(cells) == 11 and (cells[0].isdigit() or cells[0] == "—"):
            code = cells[0] if cells[0].isdigit() else "00"
            table |= {(code, f"{year}-01--{year}-08"): int(cell) for year, cell in zip(YEARS, cells[2:], strict=True)}
    return table


def test_equals_the_published_table(committed: Cells, published: Cells) -> None:
    assert len(committed) == 21 * len(YEARS)
    assert committed == published


def test_localities_sum_to_the_city(committed: Cells) -> None:
    for year in YEARS:
        period = f"{year}-01--{year}-08"
        parts = sum(count for (code, when), count in committed.items() if when == period and code != "00")
        assert parts == committed["00", period]


def test_known_totals(committed: Cells) -> None:
    assert committed["00", "2026-01--2026-08"] == 740  # the total the file itself states
    assert committed["19", "2025-01--2025-08"] == 169
    assert committed["20", "2026-01--2026-08"] == 0
