"""Put rows into tables and run the SQL of `pipelines/sql`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

SQL = Path(__file__).with_name("sql")


def run(connection: duckdb.DuckDBPyConnection, name: str, **values: object) -> list[tuple[Any, ...]]:
    """The answer of `sql/<name>.sql` with `values` bound."""
    return connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"), values or None).fetchall()


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Append rows, whose order of fields is the table's order of columns; types are the table's.

    They go in column by column as JSON, which DuckDB reads itself: `pyarrow` would load pandas, a second of each build.
    """
    columns = list(zip(*rows, strict=True))
    if not columns:
        return
    told = connection.table(table)
    types = [_json_type(str(kind)) for kind in told.types]
    assert len(columns) == len(types), f"{table} has {len(types)} columns, the rows have {len(columns)}"
    structure = json.dumps({f"c{at}": [kind] for at, kind in enumerate(types)})
    text = json.dumps({f"c{at}": column for at, column in enumerate(columns)}, default=str)
    values = {"text": text, "structure": structure}
    given = connection.sql("SELECT from_json_strict($text, $structure) AS given", params=values)
    given.project(", ".join(f"unnest(given.c{at})" for at in range(len(types)))).insert_into(table)


def _json_type(kind: str) -> Any:
    return [_json_type(kind.removesuffix("[]"))] if kind.endswith("[]") else kind
