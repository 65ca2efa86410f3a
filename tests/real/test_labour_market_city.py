"""The transcribed labour figures are those of the facts' section C1."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FACTS = Path(os.environ.get("OBSERVATORY_REFERENCE", REPOSITORY / "../shared/reference")).parent / "design" / "FACTS.md"
WORDS = {
    ("unemployment_annual", "2023"): "2023 10.4",
    ("unemployment_annual", "2024"): "2024 9.7 (Jan–Dec)",
    ("unemployment_rolling", "2024-08--2024-10"): "(9.3 a year before)",
    ("unemployment_rolling", "2024-10--2024-12"): "Q4 2024 8.8",
    ("unemployment_rolling", "2025-06--2025-08"): "Jun–Aug 2025 8.2",
    ("unemployment_rolling", "2025-08--2025-10"): "Aug–Oct 2025 7.7",
    ("unemployment_rolling", "2025-10--2025-12"): "Q4 2025 6.5",
    ("informality_rolling", "2024-08--2024-10"): "Aug–Oct 2024 36.0",
    ("informality_rolling", "2025-06--2025-08"): "Jun–Aug 2025 34.0",
    ("informality_rolling", "2025-08--2025-10"): "Aug–Oct 2025 34.8",
    ("informality_rolling", "2025-10--2025-12"): "Q4 2025 35",
    ("unemployed_persons", "2025-10--2025-12"): "unemployed Q4 2025 305,719",
}


def committed() -> dict[tuple[str, str], float]:
    with (REPOSITORY / "data/figures/labour_market_city.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["measure"], row["period"]): float(row["value"]) for row in csv.DictReader(lines)}


def test_every_figure_stands_in_the_facts() -> None:
    section = FACTS.read_text(encoding="utf-8").split("### C1.")[1].split("### C2.")[0]
    assert set(WORDS) == set(committed())
    for key, words in WORDS.items():
        assert words in section
        scale = 1 if key[0] == "unemployed_persons" else 0.01
        number = words.strip("()").split(" (")[0].replace(" a year before", "").split()[-1].replace(",", "")
        assert committed()[key] == pytest.approx(float(number) * scale)
