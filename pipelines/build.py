"""Build an edition. When its content was built before, nothing heavy is imported and nothing is written."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from observatory.errors import CheckError
from pipelines.content import content_hash
from pipelines.layout import Layout
from pipelines.publish import building_lock, point_at, publish, published

if TYPE_CHECKING:
    import duckdb

    from observatory.observation import CheckRow

Progress = Callable[[str, str], None]
STORAGE_VERSION = "v1.5.0"  # what both supported lines of DuckDB read


def build(layout: Layout, built_on: dt.date, progress: Progress) -> Path:
    """Build the edition of the present inputs and make it current; the path of its file.

    Raises:
        ObservatoryError: inputs break a contract or a check fails; the edition before stays current.
    """
    digest = content_hash(layout)
    path = _ready(layout, digest, progress)
    if path is not None:
        return path
    with building_lock(layout.editions, lambda words: progress("wait", words)):
        path = _ready(layout, digest, progress)
        return path or _build(layout, digest, built_on, progress)


def _ready(layout: Layout, digest: str, progress: Progress) -> Path | None:
    path = published(layout.editions, digest)
    if path is not None:
        point_at(path)
        progress("build", f"unchanged: {path.stem}")
    return path


def _build(layout: Layout, digest: str, built_on: dt.date, progress: Progress) -> Path:
    from pipelines.assemble import Identity, assemble, read_inputs
    from pipelines.check import failures

    inputs = read_inputs(layout)
    rows = sum(table.row_count for table in inputs.tables)
    progress("read", f"{len(inputs.catalogue.indicators)} indicators, {len(inputs.tables)} tables, {rows} rows")
    identity = Identity(digest, built_on)
    building = layout.editions / f".building-{os.getpid()}.duckdb"
    building.unlink(missing_ok=True)
    try:
        connection = open_for_writing(building)
        try:
            results = assemble(connection, layout, inputs, identity, progress)
            _refuse_failures(failures(results))
            close_written(connection)
        finally:
            connection.close()
        path = layout.editions / f"{identity.edition_id}.duckdb"
        publish(building, path)
    finally:
        building.unlink(missing_ok=True)
        building.with_name(building.name + ".wal").unlink(missing_ok=True)
    point_at(path)
    progress("publish", f"{path.stem}, {path.stat().st_size / 1e6:.1f} MB")
    return path


def _refuse_failures(lines: list[str]) -> None:
    if lines:
        raise CheckError(lines)


def check(layout: Layout, built_on: dt.date, progress: Progress) -> list[CheckRow]:
    """Assemble in memory and run every check.

    Raises:
        ObservatoryError: inputs break a contract before checks can run.
    """
    from pipelines.assemble import Identity, assemble, read_inputs

    inputs = read_inputs(layout)
    connection = open_for_writing(None)
    try:
        return assemble(connection, layout, inputs, Identity(content_hash(layout), built_on), progress)
    finally:
        connection.close()


def open_for_writing(path: Path | None) -> duckdb.DuckDBPyConnection:
    """A connection whose default database is a new file, or memory; it downloads no extension."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=config)
    if path is not None:
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS edition_file (STORAGE_VERSION '{STORAGE_VERSION}', BLOCK_SIZE 16384)")
        connection.execute("USE edition_file")
    return connection


def close_written(connection: duckdb.DuckDBPyConnection) -> None:
    """Flush the new file and let go of it."""
    connection.execute("CHECKPOINT edition_file")
    connection.execute("USE memory")
    connection.execute("DETACH edition_file")
