"""The population table equals the table of the August 2025 projections, cell by cell, and adds up to the city."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
REFERENCE = Path(os.environ.get("OBSERVATORY_REFERENCE") or REPOSITORY.parent / "shared" / "reference")
FACTS = REFERENCE.parent / "design" / "FACTS.md"
YEARS = range(2018, 2027)


def committed() -> dict[tuple[str, str], int]:
    """Population by (territory code, year) as committed."""
    with (REPOSITORY / "data/figures/sdp_population_2025.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["territory_code"], row["period"]): int(row["value"]) for row in csv.DictReader(lines)}


def published() -> dict[tuple[str, str], int]:
    """Population by (territory code, year) as in the facts' section C2."""
    section = FACTS.read_text(encoding="utf-8").split("### C2.")[1].split("### C3.")[0]
    table: dict[tuple[str, str], int] = {}
    for line in section.splitlines():
        cells = [cell.strip().strip("*") for cell in line.strip("|").split("|")]
        if len(cells) == 11 and (cells[0].isdigit() or cells[0] == "—"):
            code = cells[0] if cells[0].isdigit() else "00"
            table |= {(code, str(year)): int(cell) for year, cell in zip(YEARS, cells[2:], strict=True)}
    return table


def test_equals_the_published_table() -> None:
    assert len(committed()) == 21 * len(YEARS)
    assert committed() == published()


def test_localities_sum_to_the_city() -> None:
    sums: dict[str, int] = defaultdict(int)
    for (code, year), value in committed().items():
        sums[year] += value if code != "00" else 0
    assert all(sums[year] == committed()["00", year] for year in sums)


def test_known_cells() -> None:
    table = committed()
    assert (table["00", "2025"], table["08", "2025"], table["20", "2018"]) == (7942867, 1103801, 3172)
