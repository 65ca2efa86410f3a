"""The crash figures of 2016 come out of the published pivot and agree with the daily table."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from pipelines.figures import Parsed


def test_rederives_with_the_known_totals(assert_rederives: Callable[[str], Parsed]) -> None:
    rows = {row.key: row for row in assert_rederives("sdm_crashes_2016").rows}
    assert rows["crashes", "00", "2016", "total"].value == 34931
    assert rows["crashes", "08", "2016", "total"].value == 4009
    assert rows["crashes", "20", "2016", "total"].absence == "not_published"


def test_months_equal_the_daily_table(reference: Path, assert_rederives: Callable[[str], Parsed]) -> None:
    daily: dict[str, int] = defaultdict(int)
    with (reference / "mobility/accidentes_diarios_2016.csv").open(encoding="utf-8", newline="") as lines:
        for record in csv.DictReader(lines):
            _, month, year = record["Fecha"].split("-")
            daily[f"{year}-{month}"] += int(record["Total"])
    parsed = assert_rederives("sdm_crashes_2016")
    assert {row.period: row.value for row in parsed.rows if row.measure == "crashes_by_month"} == daily
