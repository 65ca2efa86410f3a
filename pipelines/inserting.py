"""Put rows into tables and run the SQL of `pipelines/sql`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

SQL = Path(__file__).with_name("sql")


def run(connection: duckdb.DuckDBPyConnection, name: str, **values: object) -> list[tuple[Any, ...]]:
    """The answer of `sql/<name>.sql` with `values` bound."""
    return connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"), values or None).fetchall()


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Append rows, whose order of fields is the table's order of columns; types are the table's."""
    columns = list(zip(*rows, strict=True))
    if not columns:
        return
    arrays = [pa.array(column) for column in columns]
    arrow = pa.Table.from_arrays(arrays, names=[f"c{position}" for position in range(len(arrays))])
    connection.from_arrow(arrow).insert_into(table)
