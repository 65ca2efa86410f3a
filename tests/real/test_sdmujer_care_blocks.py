"""The care blocks in operation are those on record for target EDU-15."""

import csv
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "data" / "figures" / "sdmujer_care_blocks.csv"


def test_equals_the_dated_reports(reference: Path) -> None:
    targets = (reference.parent / "design" / "TARGETS.md").read_text(encoding="utf-8")
    (line,) = (line for line in targets.splitlines() if line.startswith("| EDU-15 |"))
    assert "25 in operation in November 2025" in line
    assert "25 also in elespectador.com, 29 Sep 2025" in line
    with TABLE.open(encoding="utf-8", newline="") as lines:
        values = {row["period"]: row["value"] for row in csv.DictReader(lines)}
    assert values == {"2025-09-29": "25", "2025-11-24": "25"}
