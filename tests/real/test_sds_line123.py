"""Line 123: the committed table follows from the four published months."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Parsed
from pipelines.reading.tables import read_table

RECORDS = {"2025-03": 11626, "2025-06": 9766, "2025-09": 11433, "2025-12": 10400}
DAMAGED = "raw/sds_llamadas123_2025-09_reguardado_utf8_fffd.csv"
REPEATS = {"2025-03": 39, "2025-06": 10, "2025-09": 132, "2025-12": 26}


@pytest.fixture
def parsed(assert_rederives: Callable[[str], Parsed]) -> Parsed:
    return assert_rederives("sds_line123")


def values(parsed: Parsed, month: str, category: str = "total") -> dict[str, float | None]:
    return {
        row.territory_code: row.value for row in parsed.rows if (row.period, row.disaggregation) == (month, category)
    }


def test_every_record_is_accounted_for(parsed: Parsed) -> None:
    records: Counter[str] = Counter()
    repeats: Counter[str] = Counter()
    for line in parsed.accounts:
        if line.rule == "letters_destroyed":
            assert (line.file, line.rows) == (DAMAGED, RECORDS["2025-09"])
            continue
        month = line.file.split("llamadas123_")[1][:7]
        records[month] += line.rows
        repeats[month] += line.rows if line.rule == "whole_row_repeat" else 0
    assert records == RECORDS
    assert repeats == REPEATS


def test_known_counts(parsed: Parsed) -> None:
    march = values(parsed, "2025-03")
    assert (march["00"], march["06"], march["13"], march["20"]) == (10601, 303, 275, 1)
    assert [values(parsed, month)["00"] for month in RECORDS] == [10601, 8977, 10180, 9615]


def test_localities_and_unlocated_sum_to_the_city_and_priorities_to_the_total(parsed: Parsed) -> None:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in parsed.rows:
        if row.territory_code == "00":
            sums["city", f"{row.period} {row.disaggregation}"] = row.value or 0
        else:
            sums["parts", f"{row.period} {row.disaggregation}"] += row.value or 0
    for (kind, key), value in list(sums.items()):
        assert kind == "city" or value == sums["city", key]
    for month in RECORDS:
        priorities = sum(
            values(parsed, month, f"priority:{name}")["00"] or 0 for name in ("critical", "high", "medium", "low")
        )
        assert priorities == values(parsed, month)["00"]


def test_mixed_names_of_june_are_quarantined(parsed: Parsed) -> None:
    june = [row for row in parsed.rows if row.period == "2025-06" and row.territory_code in ("06", "13")]
    assert len(june) == 2 * 5
    assert {(row.value, row.absence) for row in june} == {(None, "quarantined")}


def test_the_resaved_file_with_destroyed_letters_is_refused(reference: Path) -> None:
    with pytest.raises(SourceError, match="15205 letters"):
        read_table(reference / DAMAGED)
