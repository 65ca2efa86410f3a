"""The copied figures of the crash-victims layer equal the table they were copied from."""

from __future__ import annotations

import csv
from pathlib import Path

FIGURES = Path(__file__).resolve().parents[2] / "data" / "figures"


def copied() -> dict[tuple[str, str, str, str], int]:
    with (FIGURES / "sdm_victims_city.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (row["measure"], row["territory_code"], row["period"], row["disaggregation"]): int(row["value"])
            for row in csv.DictReader(lines)
        }


def test_injured_by_locality_equal_the_facts(reference: Path) -> None:
    facts = (reference.parent / "design" / "FACTS.md").read_text(encoding="utf-8")
    table = facts.split("### C5.")[1].split("### C6.")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    published = {cells[0]: int(cells[6]) for cells in lines if len(cells) == 8 and cells[0].isdigit()}
    assert len(published) == 20
    assert {code: copied()["injured", code, "2025", "total"] for code in published} == published


def test_localities_add_up_to_the_city() -> None:
    table = copied()
    localities = [table["injured", f"{number:02d}", "2025", "total"] for number in range(1, 21)]
    assert sum(localities) == table["injured", "00", "2025", "total"] == 19602


def test_road_users_add_up_to_the_deaths() -> None:
    table = copied()
    users = [value for (measure, _, _, group), value in table.items() if measure == "deaths" and group != "total"]
    assert sum(users) == table["deaths", "00", "2024", "total"] == 600


def test_deaths_by_year() -> None:
    table = copied()
    deaths = [table["deaths", "00", str(year), "total"] for year in range(2021, 2026)]
    assert deaths == [470, 560, 564, 600, 597]
