"""DuckDB and a real Spark cluster give the same cells: keys and counts identical, sums to 1e-9."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.records import POINTS, SHAPE, synthetic
from observatory.errors import FigureError
from pipelines.engine.figures import cells_of
from pipelines.engine.on_duckdb import group_on_duckdb, write_parquet
from pipelines.engine.on_spark import group_in_session
from pipelines.engine.records import Groups, Records, Shape
from pipelines.layout import REPOSITORY
from pipelines.places import known_places
from tests.real.test_cells_of_crashes import CRASHES, FILE
from tests.real.test_cells_of_crashes import POINTS as BY_POINT

# py4j leaves its sockets to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
ROWS = 20_000_000
REFERENCE = Path(os.environ.get("OBSERVATORY_REFERENCE") or REPOSITORY.parent / "shared" / "reference").resolve()


def assert_same(one: Groups, other: Groups) -> None:
    assert [group_key(row) for row in one.rows] == [group_key(row) for row in other.rows]
    for left, right in zip(one.rows, other.rows, strict=True):
        assert left.weight == (None if right.weight is None else pytest.approx(right.weight, rel=1e-9, abs=1e-9))


def group_key(row: object) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in ("place", "month", "category", "records", "flags"))


@pytest.mark.parametrize("shape", [CRASHES, BY_POINT], ids=["by name", "by coordinates"])
def test_the_published_crashes_of_2023_give_the_same_cells(session: Any, tmp_path: Path, shape: Shape) -> None:
    published = Records(str(REFERENCE / FILE), shape)
    assert Path(published.files).is_file(), "set OBSERVATORY_REFERENCE to the folder of published files"
    records = Records(str(tmp_path / "crashes.parquet"), shape)
    assert write_parquet(published, Path(records.files)) == (14_106, [])
    places = known_places("locality")
    from_csv, on_duckdb = group_on_duckdb(published, places), group_on_duckdb(records, places)
    on_spark = group_in_session(session, records, places)
    assert on_duckdb.records == on_spark.records == 14_106
    assert_same(from_csv, on_duckdb)
    assert_same(on_duckdb, on_spark)
    assert_keys_of_cells(on_duckdb, on_spark, shape)


def assert_keys_of_cells(one: Groups, other: Groups, shape: Shape) -> None:
    left, right = (cells_of(groups, shape, "records", "year") for groups in (one, other))
    assert [row.key for row in left.rows] == [row.key for row in right.rows]
    assert left.accounts == right.accounts


def test_twenty_million_synthetic_records_give_the_same_cells(session: Any) -> None:
    records = Records(str(synthetic(ROWS, "parquet")), SHAPE)
    began = time.perf_counter()
    on_duckdb = group_on_duckdb(records)
    between = time.perf_counter()
    on_spark = group_in_session(session, records)
    done = time.perf_counter()
    print(f"\n20 M synthetic records: DuckDB {between - began:.1f} s, Spark {done - between:.1f} s")
    assert on_duckdb.records == on_spark.records == ROWS
    assert len(on_duckdb.rows) == 20 * 120 * 3
    assert_same(on_duckdb, on_spark)


def test_a_million_synthetic_points_fall_into_the_same_localities(session: Any) -> None:
    records, places = Records(str(synthetic(1_000_000, "parquet")), POINTS), known_places("locality")
    assert_same(group_on_duckdb(records, places), group_in_session(session, records, places))


def test_codes_held_as_numbers_and_decimal_weights_give_the_same_cells(session: Any, tmp_path: Path) -> None:
    path = tmp_path / "numbers.parquet"
    rows = "(DATE '2024-01-05', 8, 1, 1.25::DECIMAL(9, 2)), (DATE '2024-02-06', NULL, 2, NULL)"
    duckdb.execute(f"COPY (SELECT * FROM (VALUES {rows}) AS t(day, place, kind, people)) TO '{path}'").fetchall()
    records = Records(str(path), Shape("day", "place", category="kind", weight="people"))
    on_duckdb, on_spark = group_on_duckdb(records), group_in_session(session, records)
    assert on_duckdb == on_spark
    assert [row.place for row in on_spark.rows] == [None, "8"]


def test_spark_says_what_it_cannot_read(session: Any) -> None:
    with pytest.raises(FigureError, match="Spark reads Parquet only"):
        group_in_session(session, Records("records.csv", SHAPE))
    with pytest.raises(FigureError, match=r"no-such\.parquet"):
        group_in_session(session, Records("/no-such.parquet", SHAPE))
