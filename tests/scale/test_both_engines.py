"""DuckDB and a real Spark cluster give the same cells: keys and counts identical, sums to 1e-9."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.records import POINTS, SHAPE, synthetic
from observatory.errors import FigureError
from pipelines.engine.on_duckdb import group_on_duckdb
from pipelines.engine.on_spark import group_in_session
from pipelines.engine.records import Records, Shape
from pipelines.places import known_places
from tests.scale.conftest import ON_SPARK, assert_same

pytestmark = ON_SPARK
ROWS = 20_000_000


def test_twenty_million_synthetic_records_give_the_same_cells(session: Any, capsys: pytest.CaptureFixture[str]) -> None:
    records = Records(str(synthetic(ROWS, "parquet")), SHAPE)
    began = time.perf_counter()
    on_duckdb = group_on_duckdb(records)
    between = time.perf_counter()
    on_spark = group_in_session(session, records)
    done = time.perf_counter()
    with capsys.disabled():
        print(f"\n20 M synthetic records: DuckDB {between - began:.1f} s, Spark {done - between:.1f} s")
    assert on_duckdb.records == on_spark.records == ROWS
    assert len(on_duckdb.rows) == 20 * 120 * 3
    assert_same(on_duckdb, on_spark)


def test_a_million_synthetic_points_fall_into_the_same_localities(session: Any) -> None:
    records, places = Records(str(synthetic(1_000_000, "parquet")), POINTS), known_places("locality")
    assert_same(group_on_duckdb(records, places), group_in_session(session, records, places))


def test_codes_held_as_numbers_and_decimal_weights_give_the_same_cells(session: Any, tmp_path: Path) -> None:
    path = tmp_path / "numbers.parquet"
    rows = """
        SELECT * FROM (VALUES
            (DATE '2024-01-05', 8, 1, 1.25::DECIMAL(9, 2)),
            (DATE '2024-02-06', NULL, 2, NULL)
        ) AS records(day, place, kind, people)
    """
    duckdb.sql(rows).write_parquet(str(path))
    records = Records(str(path), Shape("day", "place", category="kind", weight="people"))
    on_duckdb, on_spark = group_on_duckdb(records), group_in_session(session, records)
    assert on_duckdb == on_spark
    assert [row.place for row in on_spark.rows] == [None, "8"]


def test_spark_says_what_it_cannot_read(session: Any) -> None:
    with pytest.raises(FigureError, match="Spark reads Parquet only"):
        group_in_session(session, Records("records.csv", SHAPE))
    with pytest.raises(FigureError, match=r"no-such\.parquet"):
        group_in_session(session, Records("/no-such.parquet", SHAPE))
