"""The default engine: DuckDB streams the files through one aggregate, within a limit of memory."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from observatory.errors import FigureError, nearest
from pipelines.engine.points import located, located_schema
from pipelines.engine.records import Groups, Records, Refusal, Shape
from pipelines.engine.statement import cells_sql, columns_of, groups_of, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.places import Places

MOST_REFUSED = 100_000
BATCH = 100_000
_MISSING = re.compile(r'(?:Referenced column|Columns with names:) "?([^"]+?)"? (?:not found|do not)')
_CSV_COLUMNS = "SELECT * FROM read_csv($files, all_varchar = true) LIMIT 0"
_PARQUET_COLUMNS = "SELECT * FROM read_parquet($files) LIMIT 0"
_CSV_OPTIONS = (
    "types",
    "store_rejects",
    "rejects_limit",
    "decimal_separator",
    "delim",
    "dateformat",
    "timestampformat",
)
REFUSED = "SELECT line, column_name, csv_line, error_type FROM reject_errors ORDER BY line"


@dataclass(frozen=True)
class Resources:
    """What DuckDB may use; what does not fit into memory goes to a temporary folder."""

    memory: str = "1GB"
    threads: int | None = None


def group_on_duckdb(records: Records, places: Places | None = None, resources: Resources | None = None) -> Groups:
    """Groups of the records.

    Args:
        records: files and their shape.
        places: areas, for records that tell their place by coordinates.
        resources: memory and threads; 1 GB and every core when left out.

    Raises:
        FigureError: the files are not there, lack a column or are no such files.
    """
    with _connection(resources or Resources()) as connection:
        try:
            rows, refused = _rows(connection, records, places)
        except duckdb.Error as error:
            raise _unreadable(error, records, connection) from error
    return Groups(groups_of(rows, records.shape), refused)


def _unreadable(error: duckdb.Error, records: Records, connection: duckdb.DuckDBPyConnection) -> FigureError:
    """DuckDB's first line, without its jargon; a column that is not there with the nearest that is."""
    first = str(error).splitlines()[0]
    said = first.partition("Error: ")[2] or first
    if "No files found" in said:
        fix = "mend the path; a pattern such as *.csv may fit none"
        return FigureError("no such file", where=records.files, fix=fix)
    missing = _MISSING.search(said)
    if missing is None:
        return FigureError(said, where=records.files, fix="check the file and the names of its columns")
    columns = _columns(connection, records)
    held = f"its columns are {', '.join(columns)}" if columns else "is it a table, in UTF-8?"
    return FigureError(f"no column {missing[1]!r}", where=records.files, fix=nearest(missing[1], columns) or held)


def _columns(connection: duckdb.DuckDBPyConnection, records: Records) -> list[str]:
    """Columns of the files, as far as they can be read."""
    question = _CSV_COLUMNS if records.format == "csv" else _PARQUET_COLUMNS
    try:
        found = connection.execute(question, {"files": records.files})
    except duckdb.Error:
        return []
    names = [str(column[0]) for column in found.description or ()]
    return names if all(name.isprintable() for name in names) else []


def write_parquet(records: Records, target: Path, resources: Resources | None = None) -> tuple[int, list[Refusal]]:
    """Write the columns of the shape as Parquet, under their own names; how many records, and lines left out.

    Raises:
        FigureError: as `group_on_duckdb`.
    """
    shape = records.shape
    named = (shape.time, shape.place, shape.x, shape.y, shape.category, *shape.flags.values(), shape.weight)
    chosen = ", ".join(quoted(name, "duckdb") for name in dict.fromkeys(named) if name is not None)
    with _connection(resources or Resources()) as connection:
        try:
            scan = _scan(connection, records)
            statement = f"COPY (SELECT {chosen} FROM {scan}) TO $target (FORMAT parquet)"  # noqa: S608  # quoted names
            written = connection.execute(statement, {"target": str(target)}).fetchall()
            return int(written[0][0]), _refused(connection, records)
        except duckdb.Error as error:
            raise _unreadable(error, records, connection) from error


def _scan(connection: duckdb.DuckDBPyConnection, records: Records) -> str:
    """What reads the files; every value it needs is a variable of the connection."""
    values, scan = {"files": records.files, "yes": records.shape.yes}, "read_parquet(getvariable('files'))"
    if records.format == "csv":
        options = _csv_options(records.shape)
        values |= {name: value for name, value in options.items() if value is not None}
        given = [f"{name} = getvariable('{name}')" for name in _CSV_OPTIONS if options.get(name) is not None]
        scan = f"read_csv(getvariable('files'), header = true, all_varchar = true, {', '.join(given)})"
    for name, value in values.items():
        connection.execute(f"SET VARIABLE {name} = $value", {"value": value})
    return scan


def _csv_options(shape: Shape) -> dict[str, Any]:
    """Options of `read_csv` by name; None is left out."""
    types = {shape.time: "DATE" if shape.time_format and "%H" not in shape.time_format else "TIMESTAMP"}
    types |= {column: "DOUBLE" for column in (shape.weight, shape.x, shape.y) if column is not None}
    types |= {column: "BOOLEAN" for column in shape.flags.values() if shape.yes is None}
    return {
        "types": types,
        "store_rejects": True,
        "rejects_limit": MOST_REFUSED,
        "decimal_separator": shape.decimal,
        "delim": shape.delimiter,
        "dateformat": shape.time_format if types[shape.time] == "DATE" else None,
        "timestampformat": shape.time_format if types[shape.time] == "TIMESTAMP" else None,
    }


def _rows(
    connection: duckdb.DuckDBPyConnection, records: Records, places: Places | None
) -> tuple[list[tuple[Any, ...]], list[Refusal]]:
    statement = cells_sql(records.shape, "duckdb")
    if not records.shape.has_points:
        connection.execute(f"CREATE TEMP VIEW record AS {_source(connection, records)}")
        return connection.execute(statement).fetchall(), _refused(connection, records)
    if places is None:
        raise FigureError("coordinates without areas", where=records.files, fix="give the outlines of the localities")
    with connection.cursor() as reading:
        reader = reading.sql(_source(reading, records)).to_arrow_reader(BATCH)
        stream = pa.RecordBatchReader.from_batches(located_schema(reader.schema), located(reader, places))
        connection.register("record", stream)
        return connection.execute(statement).fetchall(), _refused(reading, records)


def _source(connection: duckdb.DuckDBPyConnection, records: Records) -> str:
    """`SELECT … FROM` the files, with the names that `cells.sql` knows."""
    shape, scan = records.shape, _scan(connection, records)
    is_text = records.format == "csv" or _flags_are_text(connection, records)
    columns = columns_of(shape, "duckdb", "getvariable('yes')" if is_text and shape.yes is not None else None)
    chosen = ", ".join(f"{column} AS {quoted(name, 'duckdb')}" for name, column in columns.items())
    return f"SELECT {chosen} FROM {scan}"  # noqa: S608  # names are quoted


def _flags_are_text(connection: duckdb.DuckDBPyConnection, records: Records) -> bool:
    found = connection.execute(_PARQUET_COLUMNS, {"files": records.files}).description or ()
    types = {str(name): str(kind) for name, kind, *_ in found}
    return any(types.get(column) == "VARCHAR" for column in records.shape.flags.values())


def _refused(connection: duckdb.DuckDBPyConnection, records: Records) -> list[Refusal]:
    if records.format != "csv":
        return []
    rows = connection.execute(REFUSED).fetchall()
    if len(rows) >= MOST_REFUSED:
        fix = "check --time-format, --decimal, --delimiter and the columns' names"
        raise FigureError(f"{MOST_REFUSED} values and more cannot be read", where=records.files, fix=fix)
    return [Refusal(int(line), str(column), str(text), str(kind).lower()) for line, column, text, kind in rows]


@contextlib.contextmanager
def _connection(resources: Resources) -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory(prefix="observatory-engine-") as overflow:
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": resources.memory,
            "temp_directory": overflow,
            "preserve_insertion_order": False,
        }
        if resources.threads is not None:
            config["threads"] = resources.threads
        connection = duckdb.connect(":memory:", config=config)
        try:
            connection.execute("SET enable_progress_bar = false")
            yield connection
        finally:
            connection.close()
