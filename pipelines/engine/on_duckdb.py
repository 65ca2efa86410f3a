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
from pyarrow.parquet import read_metadata

from observatory.errors import FigureError, nearest
from pipelines.engine.points import located, located_schema
from pipelines.engine.records import Groups, Records, Refusal, Shape
from pipelines.engine.statement import cells_sql, columns_of, groups_of, literal, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.places import Places

MOST_REFUSED = 100_000
BATCH = 100_000
_MISSING = re.compile(r'(?:Referenced column|Columns with names:) "?([^"]+?)"? (?:not found|do not)')
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
    try:
        names = _files(connection, records, is_typed=False).columns
    except duckdb.Error:
        return []
    return names if all(name.isprintable() for name in names) else []


def write_parquet(records: Records, target: Path, resources: Resources | None = None) -> tuple[int, list[Refusal]]:
    """Write the columns of the shape as Parquet, under their own names; how many records, and lines left out.

    Raises:
        FigureError: as `group_on_duckdb`.
    """
    shape = records.shape
    named = (shape.time, shape.place, shape.x, shape.y, shape.category, *shape.flags.values(), shape.weight)
    chosen = [quoted(name, "duckdb") for name in dict.fromkeys(named) if name is not None]
    with _connection(resources or Resources()) as connection:
        try:
            _files(connection, records).project(", ".join(chosen)).write_parquet(str(target))
            return read_metadata(target).num_rows, _refused(connection, records)
        except duckdb.Error as error:
            raise _unreadable(error, records, connection) from error


def _files(
    connection: duckdb.DuckDBPyConnection, records: Records, *, is_typed: bool = True
) -> duckdb.DuckDBPyRelation:
    """What reads the files; untyped, every column of a CSV is text and none need be there."""
    if records.format == "parquet":
        return connection.read_parquet(records.files)
    options = _csv_options(records.shape) if is_typed else {}
    return connection.read_csv(records.files, header=True, all_varchar=True, **options)


def _csv_options(shape: Shape) -> dict[str, Any]:
    """Options of `read_csv`; what the shape leaves out is found out."""
    time = "DATE" if shape.time_format and "%H" not in shape.time_format else "TIMESTAMP"
    types = {shape.time: time}
    types |= {column: "DOUBLE" for column in (shape.weight, shape.x, shape.y) if column is not None}
    types |= {column: "BOOLEAN" for column in shape.flags.values() if shape.yes is None}
    options = {
        "dtype": types,
        "store_rejects": True,
        "rejects_limit": MOST_REFUSED,
        "decimal": shape.decimal,
        "delimiter": shape.delimiter,
        "date_format" if time == "DATE" else "timestamp_format": shape.time_format,
    }
    return {name: value for name, value in options.items() if value is not None}


def _rows(
    connection: duckdb.DuckDBPyConnection, records: Records, places: Places | None
) -> tuple[list[tuple[Any, ...]], list[Refusal]]:
    statement = cells_sql(records.shape, "duckdb")
    if not records.shape.has_points:
        _record(connection, records).create_view("record")
        return connection.execute(statement).fetchall(), _refused(connection, records)
    if places is None:
        raise FigureError("coordinates without areas", where=records.files, fix="give the outlines of the localities")
    with connection.cursor() as reading:
        reader = _record(reading, records).to_arrow_reader(BATCH)
        stream = pa.RecordBatchReader.from_batches(located_schema(reader.schema), located(reader, places))
        connection.register("record", stream)
        return connection.execute(statement).fetchall(), _refused(reading, records)


def _record(connection: duckdb.DuckDBPyConnection, records: Records) -> duckdb.DuckDBPyRelation:
    """The records with the names that `cells.sql` knows."""
    shape, files = records.shape, _files(connection, records)
    types = dict(zip(files.columns, map(str, files.types), strict=True))
    is_text = records.format == "csv" or any(types.get(column) == "VARCHAR" for column in shape.flags.values())
    yes = literal(shape.yes, "duckdb") if is_text and shape.yes is not None else None
    return files.project(", ".join(columns_of(shape, "duckdb", yes)))


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
