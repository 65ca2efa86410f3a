"""The parking places equal the line they were copied from."""

from __future__ import annotations

import csv
from pathlib import Path

FIGURES = Path(__file__).resolve().parents[2] / "data" / "figures"


def test_parking_places_are_the_announced_minimum(reference: Path) -> None:
    targets = (reference.parent / "design" / "TARGETS.md").read_text(encoding="utf-8")
    line = next(text for text in targets.splitlines() if text.startswith("| MOV-07 "))
    with (FIGURES / "sdm_policy_figures.csv").open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert f"more than {int(row['value']):,} ({row['period']})" in line
    assert row["flag"] == "estimated"
