"""The announced trips of 2023 equal the line they were copied from."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

FIGURES = Path(__file__).resolve().parents[2] / "data" / "figures"
SUSTAINABLE = ("walking", "bicycle", "public_transport")


def copied(source_id: str) -> dict[tuple[str, str], int]:
    """Values by measure and disaggregation."""
    with (FIGURES / f"{source_id}.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["measure"], row["disaggregation"]): int(row["value"]) for row in csv.DictReader(lines)}


def test_each_number_stands_in_the_facts(reference: Path) -> None:
    facts = (reference.parent / "design" / "FACTS.md").read_text(encoding="utf-8")
    line = next(text for text in facts.splitlines() if text.startswith("| Daily trips 2023 "))
    trips = {key: value for key, value in copied("sdm_mobility_survey_2023").items() if key[0] == "trips"}
    assert len(trips) == 6
    assert all(f"{value:,}" in line for value in trips.values())


def test_sustainable_trips_are_the_sum_of_three_modes() -> None:
    table = copied("sdm_mobility_survey_2023")
    total = sum(table["trips", f"mode:{mode}"] for mode in SUSTAINABLE)
    assert table["sustainable_trips", "total"] == total == 8440541
    assert total / table["trips", "total"] == pytest.approx(0.695, abs=0.0005)
