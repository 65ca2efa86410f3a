"""DuckDB and a real Spark cluster give the same cells of published records, by the place's name and by its point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.engine.figures import cells_of
from pipelines.engine.on_duckdb import group_on_duckdb, write_parquet
from pipelines.engine.on_spark import group_in_session
from pipelines.engine.records import Groups, Records, Shape
from pipelines.places import known_places
from tests.published import REFERENCE
from tests.real.test_cells_of_crashes import CRASHES, FILE, POINTS
from tests.scale.conftest import ON_SPARK, assert_same

pytestmark = ON_SPARK


@pytest.mark.parametrize("shape", [CRASHES, POINTS], ids=["by name", "by coordinates"])
def test_the_published_crashes_of_2023_give_the_same_cells(session: Any, tmp_path: Path, shape: Shape) -> None:
    published = Records(str(REFERENCE / FILE), shape)
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
