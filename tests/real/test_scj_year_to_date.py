"""Counts of January to August by locality equal the published tables they were transcribed from, cell by cell."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.published import REPOSITORY

YEARS = range(2018, 2027)
Cells = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Table:
    """A table of one measure by place and year; `known` are read by hand, the first being the total the file states."""

    source: str
    measure: str
    section: str
    places: int
    known: dict[tuple[str, int], int]

    def committed(self) -> Cells:
        """The figure table."""
        path = REPOSITORY / "data" / "figures" / f"{self.source}.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert {row["measure"] for row in rows} == {self.measure}
        return {(row["territory_code"], row["period"]): int(row["value"]) for row in rows}

    def published(self, reference: Path) -> Cells:
        """The published one, as it stands beside the published files."""
        text = (reference.parent / "design" / "FACTS.md").read_text(encoding="utf-8")
        table: Cells = {}
        for line in text.split(f"### {self.section}.")[1].split("### ")[0].splitlines():
            cells = [cell.strip().strip("*") for cell in line.strip("|").split("|")]
            if len(cells) == 11 and (cells[0].isdigit() or cells[0] == "—"):
                code = cells[0] if cells[0].isdigit() else "00"
                table |= {(code, period(year)): int(cell) for year, cell in zip(YEARS, cells[2:], strict=True)}
        return table


def period(year: int) -> str:
    return f"{year}-01--{year}-08"


TABLES = [
    Table("scj_homicides", "homicides", "C3", places=21, known={("00", 2026): 740, ("19", 2025): 169, ("20", 2026): 0}),
    Table(
        "scj_bicycle_thefts",
        "bicycle_thefts",
        "C4",
        places=22,  # with those without location
        known={("00", 2026): 5140, ("99", 2025): 38, ("20", 2018): 0},
    ),
]
each = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.source)


@each
def test_equals_the_published_table(table: Table, reference: Path) -> None:
    assert len(table.committed()) == table.places * len(YEARS)
    assert table.committed() == table.published(reference)


@each
def test_places_sum_to_the_city(table: Table) -> None:
    cells = table.committed()
    for year in YEARS:
        parts = sum(count for (code, when), count in cells.items() if when == period(year) and code != "00")
        assert parts == cells["00", period(year)]


@each
def test_known_totals(table: Table) -> None:
    cells = table.committed()
    assert {(code, year): cells[code, period(year)] for code, year in table.known} == table.known
